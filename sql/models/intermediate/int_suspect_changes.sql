{#- The changes that localisation proposes, in words. -#}
with

suspects as (

    select * from {{ ref('suspects') }}
    where solution_no is not null

),

names as (

    select * from {{ ref('int_cell_names') }}

),

form_cells as (

    select * from {{ ref('indicators') }}

),

changes as (

    select
        suspects.report_id,
        suspects.form_table,
        suspects.solution_no,
        suspects.change_no,
        suspects.kind,
        suspects.is_certain,
        suspects.count_solutions,
        suspects.has_more,
        string_agg(names.name_zh, '、' order by form_cells.ordinal) as cells_zh,
        string_agg(names.name_en, '; ' order by form_cells.ordinal) as cells_en,
        string_agg(coalesce({{ plain_number('suspects.value') }}, '空白'), '、' order by form_cells.ordinal)
            as values_zh,
        string_agg(coalesce({{ plain_number('suspects.value') }}, 'blank'), ', ' order by form_cells.ordinal)
            as values_en,
        string_agg({{ plain_number('suspects.suggested_value') }}, '、' order by form_cells.ordinal) as suggested_zh,
        string_agg({{ plain_number('suspects.suggested_value') }}, ', ' order by form_cells.ordinal) as suggested_en,
        list({'indicator': suspects.indicator, 'breakdown': suspects.breakdown} order by form_cells.ordinal) as cells
    from suspects
    inner join names using (form_table, indicator, breakdown)
    inner join form_cells using (form_table, indicator, breakdown)
    group by all

),

final as (

    select
        report_id,
        form_table,
        solution_no,
        change_no,
        max(change_no) over (partition by report_id, form_table, solution_no) as count_changes,
        count_solutions,
        has_more,
        is_certain,
        cells,
        form_table || '.' || cells[1].indicator || '.' || cells[1].breakdown as first_cell,
        cells_zh
        || case kind when 'swap' then '（是否互换）' when 'shift' then '（是否错位一格）' else '' end
        || '（现为' || values_zh || '，若为' || suggested_zh || '）' as change_zh,
        cells_en
        || case kind when 'swap' then ' (swapped?)' when 'shift' then ' (one place off?)' else '' end
        || ' (now ' || values_en || '; if ' || suggested_en || ')' as change_en
    from changes

)

select * from final
