{#- Findings about single cells: completeness of the cell, and signs and shape of its number. -#}
with

-- Where a seal or a blot left values in doubt, it may have hidden the label of a row as well.
cells as (

    select
        *,
        coalesce(bool_or(confidence > 0 and confidence < {{ var('least_sure') }}) over (partition by report_id), false)
            as is_blotted
    from {{ ref('cell_values') }}
    where is_judged

),

names as (

    select * from {{ ref('int_cell_names') }}

),

judged as (

    select
        *,
        status in ('blank', 'not_applicable') as is_blank,
        case
            when resolution = 'corrected' then coalesce({{ plain_number('value') }}, '/') else trim(raw_text)
        end as shown,
        unnest([
            case when status in ('missing', 'ambiguous') then 'completeness.cells_present' end,
            case when status = 'unreadable' then 'completeness.values_readable' end,
            case when blank_kind = 'total_of_nonzero' then 'completeness.totals_filled' end,
            case when blank_kind <> 'total_of_nonzero' then 'completeness.cells_filled' end,
            case when value_kind = 'count' and value < 0 then 'non_negativity.counts' end,
            case
                when value_kind in ('count', 'change') and value <> trunc(value) then 'non_negativity.whole_counts'
            end,
            case when value_kind = 'amount' and value < 0 then 'non_negativity.amounts' end,
            case when printed_unit = '万元' and printed_decimals > 4 then 'non_negativity.amount_precision' end
        ]) as rule
    from cells

),

final as (

    select
        judged.report_id,
        cast(null as varchar) as related_report_id,
        judged.rule,
        case
            when judged.status = 'ambiguous' then 'warning'
            when judged.rule <> 'completeness.cells_filled' then null
            when judged.blank_kind = 'forced_zero' then 'info'
            when judged.status = 'not_applicable' and judged.indicator in ('regulations', 'coercion') then 'info'
        end as severity,
        case
            when judged.status = 'ambiguous' or judged.confidence < {{ var('least_sure') }} then 'reading'
            when judged.status = 'missing' and judged.is_blotted then 'reading'
            when judged.resolution in ('all_equal', 'all_zero', 'by_relations') then 'unsure'
            else 'source'
        end as origin,
        judged.form_table || '.' || judged.indicator || '.' || judged.breakdown as subject,
        concat_ws('.', judged.form_table, case when judged.is_blank then judged.blank_kind else judged.status end)
            as group_subject,
        judged.form_table,
        judged.indicator,
        judged.breakdown,
        cast(case when judged.blank_kind = 'forced_zero' then 0 end as decimal(38, 8)) as expected,
        cast(judged.value as decimal(38, 8)) as actual,
        names.name_zh as where_zh,
        names.name_en as where_en,
        case
            when judged.status = 'missing' then '报告中没有这一格'
            when judged.status = 'ambiguous' then '该行数据与表式对不上，无法确定这一格的值'
            when judged.status = 'unreadable' then '印为“' || left(trim(judged.raw_text), 40) || '”，不是数字'
            when judged.blank_kind = 'total_of_nonzero' then '有关各项不全为0，总计却留空'
            when judged.blank_kind = 'forced_zero' then '留空，按勾稽关系应为0'
            when judged.status = 'not_applicable' then '印为“' || judged.shown || '”'
            when judged.is_blank then '留空'
            else '印为' || judged.shown
        end as detail_zh,
        case
            when judged.status = 'missing' then 'the cell is not in the report'
            when judged.status = 'ambiguous' then 'the row does not fit the form, the value cannot be assigned'
            when judged.status = 'unreadable'
                then 'shows "' || left(trim(judged.raw_text), 40) || '", which is no number'
            when judged.blank_kind = 'total_of_nonzero' then 'the total is blank though not all its items are 0'
            when judged.blank_kind = 'forced_zero' then 'blank; the relations make it 0'
            when judged.status = 'not_applicable' then 'shows "' || judged.shown || '"'
            when judged.is_blank then 'blank'
            else 'shows ' || judged.shown
        end as detail_en,
        judged.page,
        judged.row_no,
        judged.x0,
        judged.top,
        judged.x1,
        judged.bottom
    from judged
    inner join names using (form_table, indicator, breakdown)
    where judged.rule is not null

)

select * from final
