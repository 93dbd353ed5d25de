-- title_zh: 各机关的问题数
-- title_en: Agencies with findings
-- question: 哪些机关的报告问题最多，各级别几处，分布在几份报告？
-- caveat: 一处为一个原因，可含多格；读取存疑的单列，先对照原件再下结论；没有识别出机关的报告各自成行。
-- example: gouji sql --name agencies_with_findings
with

reports as (

    select * from marts.reports
    where is_current

),

finding_groups as (

    select * from marts.finding_groups
    where not waived

),

groups_by_report as (

    select
        report_id,
        count(case when severity = 'error' then 1 end) as count_errors,
        count(case when severity = 'warning' then 1 end) as count_warnings,
        count(case when severity = 'info' then 1 end) as count_infos,
        count(case when origin <> 'source' then 1 end) as count_doubtful,
        sum(count_findings) as count_instances
    from finding_groups
    group by report_id

),

final as (

    select
        max(reports.agency) as agency,
        max(reports.region) as region,
        count(*) as count_reports,
        count(groups_by_report.report_id) as count_reports_with_findings,
        cast(coalesce(sum(groups_by_report.count_errors), 0) as bigint) as count_errors,
        cast(coalesce(sum(groups_by_report.count_warnings), 0) as bigint) as count_warnings,
        cast(coalesce(sum(groups_by_report.count_infos), 0) as bigint) as count_infos,
        cast(coalesce(sum(groups_by_report.count_doubtful), 0) as bigint) as count_doubtful,
        cast(coalesce(sum(groups_by_report.count_instances), 0) as bigint) as count_instances
    from reports
    left join groups_by_report on reports.report_id = groups_by_report.report_id
    group by coalesce(reports.agency_id, reports.report_id)

)

select * from final
order by
    count_errors desc,
    count_warnings desc,
    count_infos desc,
    agency asc
