-- title_zh: 各表留空、打斜杠和读不出的格
-- title_en: Cells without a number, by table
-- question: 各年度每张表有多少格没有数，是留空、填“/”“无”、写了别的，还是根本没有这一格？
-- caveat: 没有数不等于0；缺整张表时该表各格计为missing；无法归位（ambiguous）多半是读取问题，不是漏填。
-- example: gouji sql --name blanks_by_table
with

reports as (

    select * from marts.reports
    where is_current

),

cells as (

    select * from marts.cell_values

),

current_cells as (

    select
        reports.report_year,
        cells.report_id,
        cells.form_table,
        cells.status
    from cells
    inner join reports on cells.report_id = reports.report_id

),

final as (

    select
        report_year,
        form_table,
        count(distinct report_id) as count_reports,
        count(distinct case when status <> 'reported' then report_id end) as count_reports_with_gaps,
        count(*) as count_cells,
        count(case when status = 'blank' then 1 end) as count_blank,
        count(case when status = 'not_applicable' then 1 end) as count_not_applicable,
        count(case when status = 'unreadable' then 1 end) as count_unreadable,
        count(case when status = 'missing' then 1 end) as count_missing,
        count(case when status = 'ambiguous' then 1 end) as count_ambiguous
    from current_cells
    group by
        report_year,
        form_table

)

select * from final
order by
    report_year,
    form_table
