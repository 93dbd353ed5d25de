{#- Lines of corrections.csv with the cell they name; of several for one cell the last decides. -#}
with

lines as (

    select * from {{ source('raw', 'corrections') }}

),

names as (

    select * from {{ ref('int_cell_names') }}

),

final as (

    select
        lines.document as document_id,
        names.form_table,
        names.indicator,
        names.breakdown,
        lines.cell,
        coalesce(lines.read_value, '') as read_value,
        coalesce(lines.right_value, '') as right_value,
        try_cast(lines.right_value as decimal(24, 8)) as right_number,
        case
            when lines.right_value is null then 'blank'
            when try_cast(lines.right_value as decimal(24, 8)) is null then 'not_applicable'
            else 'reported'
        end as right_status,
        lines.reason,
        lines.who,
        lines.corrected_on,
        lines.listed_in,
        lines.line_no,
        row_number() over (
            partition by lines.document, names.form_table, names.indicator, names.breakdown
            order by lines.corrected_on desc nulls last, lines.listed_in desc, lines.line_no desc
        ) = 1 as is_last
    from lines
    left join names
        on
            {{ names_place(
                'lines.cell', "names.form_table || '.' || names.indicator || '.' || names.breakdown", 'names.name_zh'
            ) }}

)

select * from final
