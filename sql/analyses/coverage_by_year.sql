-- title_zh: 各年度、各表式的报告份数与可用程度
-- title_en: Coverage by year and edition
-- question: 各年度用哪种表式的报告有多少份，其中多少格读到了数、多少份没有须更正的问题？
-- caveat: 只计现行版本；表式按表三判定，表二、表四可能另有所用；没有读到的格不等于0。
-- example: gouji sql --name coverage_by_year
with

reports as (

    select * from marts.reports
    where is_current

),

cells as (

    select * from marts.cell_values

),

findings as (

    select * from marts.findings
    where not waived

),

cells_by_report as (

    select
        report_id,
        count(*) as count_cells,
        count(case when status = 'reported' then 1 end) as count_cells_reported
    from cells
    group by report_id

),

errors_by_report as (

    select
        report_id,
        count(*) as count_errors
    from findings
    where severity = 'error'
    group by report_id

),

final as (

    select
        reports.report_year,
        reports.applications_edition,
        count(*) as count_reports,
        count(distinct coalesce(reports.agency_id, reports.report_id)) as count_agencies,
        count(case when errors_by_report.count_errors is null then 1 end) as count_reports_without_error,
        cast(sum(cells_by_report.count_cells) as bigint) as count_cells,
        cast(sum(cells_by_report.count_cells_reported) as bigint) as count_cells_reported,
        round(
            100.0 * sum(cells_by_report.count_cells_reported) / sum(cells_by_report.count_cells), 1
        ) as cells_reported_percent
    from reports
    left join cells_by_report on reports.report_id = cells_by_report.report_id
    left join errors_by_report on reports.report_id = errors_by_report.report_id
    group by
        reports.report_year,
        reports.applications_edition

)

select * from final
order by
    report_year,
    applications_edition
