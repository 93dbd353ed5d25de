-- title_zh: 结转是否衔接：上年的四与本年的二
-- title_en: Carried out last year against carried in this year
-- question: 同一机关、同一口径，上一年“四、结转下年度继续办理”与本年“二、上年结转”各列是否相等？
-- caveat: 不等不一定是错，可能因机构调整、补报或统计口径变化；中间缺年度的（gap）、口径不明的不比较；没有比较不等于衔接。
-- example: gouji sql --name carry_over_chain
with

reports as (

    select * from marts.reports
    where is_current and agency_id is not null and scope <> 'unknown' and report_year is not null

),

cells as (

    select * from marts.cell_values
    where form_table = 'applications' and is_judged

),

-- Of a year with two undecided reports neither is a link of the chain.
counted as (

    select
        *,
        count(*) over (partition by agency_id, scope, report_year) as count_versions
    from reports

),

links as (

    select
        report_id,
        agency,
        scope,
        report_year,
        lag(report_id) over (partition by agency_id, scope order by report_year) as prior_report_id,
        lag(report_year) over (partition by agency_id, scope order by report_year) as prior_year
    from counted
    where count_versions = 1

),

columns_compared as (

    select
        links.report_id,
        max(case when arriving.breakdown = 'total' then leaving.value end) as carried_out_last_year,
        max(case when arriving.breakdown = 'total' then arriving.value end) as carried_in,
        count(case when leaving.value = arriving.value then 1 end) as count_columns_equal,
        count(case when leaving.value <> arriving.value then 1 end) as count_columns_differing
    from links
    inner join cells as arriving
        on links.report_id = arriving.report_id and arriving.indicator = 'carried_in'
    inner join cells as leaving
        on
            links.prior_report_id = leaving.report_id
            and leaving.indicator = 'carried_out'
            and arriving.breakdown = leaving.breakdown
    where links.report_year = links.prior_year + 1
    group by links.report_id

),

final as (

    select
        links.agency,
        links.scope,
        links.prior_year,
        links.report_year,
        columns_compared.carried_out_last_year,
        columns_compared.carried_in,
        columns_compared.carried_in - columns_compared.carried_out_last_year as difference,
        columns_compared.count_columns_equal,
        columns_compared.count_columns_differing,
        case
            when links.report_year > links.prior_year + 1 then 'gap'
            when columns_compared.count_columns_differing > 0 then 'differs'
            when columns_compared.count_columns_equal = 7 then 'holds'
            when columns_compared.count_columns_equal > 0 then 'holds_in_part'
            else 'not_judged'
        end as state
    from links
    left join columns_compared on links.report_id = columns_compared.report_id
    where links.prior_report_id is not null

)

select * from final
order by
    agency,
    scope,
    report_year
