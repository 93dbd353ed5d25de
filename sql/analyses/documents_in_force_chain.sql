-- title_zh: 现行有效件数是否衔接
-- title_en: Documents in force against last year's, issued and repealed
-- question: 规章、行政规范性文件的现行有效件数是否等于上年现行有效＋本年制发－本年废止？
-- caveat: 只比较现行表式（2021年度起）的相邻年度；修订计为制发、自然失效、清理和汇总范围变化都会造成不等，宜作为口径待复核。
-- example: gouji sql --name documents_in_force_chain
with

reports as (

    select * from marts.reports
    where is_current and agency_id is not null and scope <> 'unknown' and report_year is not null

),

proactive_disclosure as (

    select * from marts.proactive_disclosure
    where indicator in ('regulations', 'normative_documents')

),

-- Of a year with two undecided reports neither is a link of the chain.
counted as (

    select
        *,
        count(*) over (partition by agency_id, scope, report_year) as count_versions
    from reports

),

documents as (

    select
        counted.agency_id,
        counted.agency,
        counted.scope,
        counted.report_year,
        proactive_disclosure.indicator,
        max(case when proactive_disclosure.breakdown = 'issued' then proactive_disclosure.value end) as issued,
        max(case when proactive_disclosure.breakdown = 'repealed' then proactive_disclosure.value end) as repealed,
        max(case when proactive_disclosure.breakdown = 'in_force' then proactive_disclosure.value end) as in_force
    from counted
    inner join proactive_disclosure on counted.report_id = proactive_disclosure.report_id
    where counted.count_versions = 1 and proactive_disclosure.breakdown in ('issued', 'repealed', 'in_force')
    group by
        counted.agency_id,
        counted.agency,
        counted.scope,
        counted.report_year,
        proactive_disclosure.indicator

),

final as (

    select
        this_year.agency,
        this_year.scope,
        this_year.report_year,
        this_year.indicator,
        last_year.in_force as in_force_last_year,
        this_year.issued,
        this_year.repealed,
        last_year.in_force + this_year.issued - this_year.repealed as in_force_expected,
        this_year.in_force,
        this_year.in_force - (last_year.in_force + this_year.issued - this_year.repealed) as difference,
        case
            when this_year.in_force = last_year.in_force + this_year.issued - this_year.repealed then 'holds'
            when this_year.in_force <> last_year.in_force + this_year.issued - this_year.repealed then 'differs'
            else 'not_judged'
        end as state
    from documents as this_year
    inner join documents as last_year
        on
            this_year.agency_id = last_year.agency_id
            and this_year.scope = last_year.scope
            and this_year.indicator = last_year.indicator
            and this_year.report_year = last_year.report_year + 1

)

select * from final
order by
    agency,
    scope,
    indicator,
    report_year
