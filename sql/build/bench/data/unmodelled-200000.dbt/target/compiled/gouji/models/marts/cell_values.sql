with

cells as (

    select * from "unmodelled-200000"."intermediate"."int_cells"

),

reports as (

    select * from "unmodelled-200000"."marts"."reports"

),

blank_kinds as (

    select * from "unmodelled-200000"."intermediate"."int_blank_kinds"

),

results as (

    select distinct
        form_table,
        indicator,
        breakdown
    from "unmodelled-200000"."intermediate"."int_relation_members"
    where is_result

),

final as (

    select
        reports.report_id,
        reports.agency,
        reports.report_year,
        cells.form_table,
        cells.indicator,
        cells.breakdown,
        cells.value,
        cells.unit,
        cells.status,
        cells.raw_text,
        cells.read_value,
        cells.resolution,
        cells.label_match,
        cells.confidence,
        cells.page,
        cells.block_no,
        cells.row_no,
        cells.col_no,
        cells.x0,
        cells.top,
        cells.x1,
        cells.bottom,
        cells.value_kind,
        cells.printed_unit,
        cells.printed_decimals,
        results.form_table is not null as is_result,
        blank_kinds.blank_kind,
        reports.is_current and cells.presence = 'present' as is_judged,
        cells.ordinal
    from cells
    inner join reports on cells.document_id = reports.report_id
    left join results using (form_table, indicator, breakdown)
    left join blank_kinds using (document_id, form_table, indicator, breakdown)

)

select * from final