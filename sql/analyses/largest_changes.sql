-- title_zh: 与上年相比变化最大的件数
-- title_en: Largest changes from one year to the next
-- question: 同一机关、同一口径，哪些件数与上一年相差最大？列出前50个。
-- caveat: 变化大不等于错，多因业务增减或口径变化，宜先核对原件；金额不参加比较；上年不足20件不算倍数；没有读到数的格不比较。
-- example: gouji sql --name largest_changes
with

reports as (

    select * from marts.reports
    where is_current and agency_id is not null and scope <> 'unknown' and report_year is not null

),

cells as (

    select * from marts.cell_values
    where is_judged and status = 'reported' and value_kind = 'count'

),

labels as (

    select * from form.indicators

),

-- Of table 3 only the column of totals: its parts would tell the same change again.
counts as (

    select
        reports.agency_id,
        reports.agency,
        reports.scope,
        reports.report_year,
        cells.form_table,
        cells.indicator,
        cells.breakdown,
        cells.value,
        cells.page,
        count(*) over (
            partition by
                reports.agency_id, reports.scope, reports.report_year,
                cells.form_table, cells.indicator, cells.breakdown
        ) as count_versions
    from cells
    inner join reports on cells.report_id = reports.report_id
    where cells.form_table <> 'applications' or cells.breakdown = 'total'

),

changes as (

    select
        this_year.agency,
        this_year.scope,
        this_year.report_year,
        labels.label_zh as cell,
        last_year.value as value_last_year,
        this_year.value,
        this_year.value - last_year.value as change,
        case when last_year.value >= 20 then round(1.0 * this_year.value / last_year.value, 2) end as times,
        this_year.page
    from counts as this_year
    inner join counts as last_year
        on
            this_year.agency_id = last_year.agency_id
            and this_year.scope = last_year.scope
            and this_year.report_year = last_year.report_year + 1
            and this_year.form_table = last_year.form_table
            and this_year.indicator = last_year.indicator
            and this_year.breakdown = last_year.breakdown
    inner join labels
        on
            this_year.form_table = labels.form_table
            and this_year.indicator = labels.indicator
            and this_year.breakdown = labels.breakdown
    where this_year.count_versions = 1 and last_year.count_versions = 1

)

select * from changes
where change <> 0
order by
    abs(change) desc,
    agency asc,
    report_year asc,
    cell asc
limit 50
