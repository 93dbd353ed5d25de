with

lines as (

    select * from "unmodelled-200000"."raw"."corrections"

),

names as (

    select * from "unmodelled-200000"."intermediate"."int_cell_names"

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
            (
    lines.cell = names.form_table || '.' || names.indicator || '.' || names.breakdown
    or starts_with(lines.cell, names.form_table || '.' || names.indicator || '.' || names.breakdown || ' ')
    or translate(regexp_replace(lines.cell, '[\s\x{00a0}\x{3000}]+', '', 'g'), '（）．•・‧', '().···') = translate(regexp_replace(names.name_zh, '[\s\x{00a0}\x{3000}]+', '', 'g'), '（）．•・‧', '().···')
)

)

select * from final