with

found as (

    select * from {{ ref('int_findings_cells') }}
    union all
    select * from {{ ref('int_findings_rows') }}
    union all
    select * from {{ ref('int_findings_relations') }}
    union all
    select * from {{ ref('int_findings_reports') }}
    union all by name
    select * from {{ ref('int_findings_narrative') }}

),

rules as (

    select * from {{ ref('rules') }}

),

reports as (

    select * from {{ ref('reports') }}

),

versions as (

    select * from {{ ref('int_versions') }}

),

-- What may have been misread is never called an error of the report.
graded as (

    select
        found.*,
        rules.suite,
        rules.advice_zh,
        rules.advice_en,
        rules.group_zh is not null as is_grouped,
        reports.agency,
        reports.report_year,
        case
            when versions.is_undecided then versions.version_key || '|' || found.report_id else versions.version_key
        end
            as report_key,
        case
            when found.origin <> 'source' and coalesce(found.severity, rules.severity) = 'error' then 'warning'
            else coalesce(found.severity, rules.severity)
        end as final_severity
    from found
    inner join rules using (rule)
    inner join reports using (report_id)
    inner join versions on found.report_id = versions.document_id

),

worded as (

    select
        *,
        case final_severity when 'error' then '【须更正】' when 'warning' then '【请核对】' else '【提示】' end as prefix_zh,
        case final_severity when 'error' then '[error] ' when 'warning' then '[warning] ' else '[info] ' end
            as prefix_en,
        case when origin <> 'source' then '读取存疑，请先对照原件。' else '' end as doubt_zh,
        case when origin <> 'source' then 'Possibly misread: compare with the original first. ' else '' end as doubt_en,
        case when page is not null then '（第' || page || '页）' else '' end as page_zh,
        case when page is not null then ' (page ' || page || ')' else '' end as page_en
    from graded

),

final as (

    select
        md5(concat_ws('|', report_key, rule, subject)) as finding_id,
        report_id,
        related_report_id,
        agency,
        report_year,
        suite,
        rule,
        final_severity as severity,
        origin,
        md5(
            concat_ws(
                '|',
                report_key,
                rule,
                case when is_grouped then coalesce(group_subject, '') else subject end,
                final_severity
            )
        )
            as group_id,
        form_table,
        indicator,
        breakdown,
        expected,
        actual,
        actual - expected as difference,
        sentence,
        prefix_zh || where_zh || '：' || detail_zh || '。' || doubt_zh || advice_zh || '。' || page_zh as message_zh,
        prefix_en
        || where_en
        || ': '
        || detail_en
        || '. '
        || doubt_en
        || upper(advice_en[1])
        || advice_en[2:]
        || '.'
        || page_en as message_en,
        page,
        row_no,
        x0,
        top,
        x1,
        bottom,
        false as waived,
        subject,
        where_zh,
        where_en
    from worded

)

select * from final
order by report_id, rule, finding_id
