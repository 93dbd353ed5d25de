{#- Findings about rows: their shape, and items that a change takes below 0. -#}
with

table_rows as (

    select * from {{ ref('table_rows') }}
    where count_values <> count_expected

),

reports as (

    select * from {{ ref('reports') }}

),

cells as (

    select * from {{ ref('cell_values') }}

),

shapes as (

    select
        table_rows.report_id,
        'completeness.row_shape' as rule,
        case when reports.format in ('text', 'html') then 'unsure' else 'source' end as origin,
        table_rows.form_table,
        table_rows.indicator,
        cast(table_rows.count_expected as decimal(38, 8)) as expected,
        cast(table_rows.count_values as decimal(38, 8)) as actual,
        '该行有' || table_rows.count_values || '个数，表式为' || table_rows.count_expected || '个' as detail_zh,
        'the row has ' || table_rows.count_values || ' values, the form ' || table_rows.count_expected as detail_en,
        table_rows.page,
        table_rows.row_no
    from table_rows
    inner join reports using (report_id)

),

items as (

    select
        report_id,
        form_table,
        indicator,
        max(value) filter (where breakdown = 'prior_items') as prior_items,
        max(value) filter (where breakdown = 'change') as items_change,
        max(page) as page,
        max(row_no) as row_no
    from cells
    where is_judged and breakdown in ('prior_items', 'change')
    group by all

),

items_left as (

    select
        report_id,
        'non_negativity.items_left' as rule,
        'source' as origin,
        form_table,
        indicator,
        cast(0 as decimal(38, 8)) as expected,
        cast(prior_items + items_change as decimal(38, 8)) as actual,
        '上一年项目数量' || {{ plain_number('prior_items') }} || '，本年增/减' || {{ plain_number('items_change') }}
        || '，合计为' || {{ plain_number('prior_items + items_change') }} as detail_zh,
        {{ plain_number('prior_items') }} || ' items last year and a change of ' || {{ plain_number('items_change') }}
        || ' leave ' || {{ plain_number('prior_items + items_change') }} as detail_en,
        page,
        row_no
    from items
    where prior_items + items_change < 0

),

rows_found as (

    select * from shapes
    union all
    select * from items_left

),

-- A row may be called differently in different editions.
names as (

    select
        cells.report_id,
        cells.form_table,
        case when cells.form_table = 'disputes' then 'disputes' else cells.indicator end as row_key,
        min(case cells.form_table when 'disputes' then '四、行政复议、行政诉讼' else names.row_name_zh end) as row_name_zh,
        min(case cells.form_table when 'disputes' then 'table 4' else names.row_name_en end) as row_name_en
    from cells
    inner join {{ ref('int_cell_names') }} as names using (form_table, indicator, breakdown)
    where cells.report_id in (select rows_found.report_id from rows_found)
    group by all

),

final as (

    select
        rows_found.report_id,
        cast(null as varchar) as related_report_id,
        rows_found.rule,
        cast(null as varchar) as severity,
        rows_found.origin,
        rows_found.form_table || '.' || rows_found.indicator as subject,
        cast(null as varchar) as group_subject,
        rows_found.form_table,
        rows_found.indicator,
        cast(null as varchar) as breakdown,
        rows_found.expected,
        rows_found.actual,
        names.row_name_zh as where_zh,
        names.row_name_en as where_en,
        rows_found.detail_zh,
        rows_found.detail_en,
        rows_found.page,
        rows_found.row_no,
        cast(null as float) as x0,
        cast(null as float) as top,
        cast(null as float) as x1,
        cast(null as float) as bottom
    from rows_found
    inner join names
        on
            rows_found.report_id = names.report_id
            and rows_found.form_table = names.form_table
            and rows_found.indicator = names.row_key

)

select * from final
