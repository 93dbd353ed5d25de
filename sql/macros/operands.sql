{#- What each cell of a wide table counts for in a relation: NULL where it keeps the relation from being judged. -#}
{% macro operands(form_table, row_name) %}
with

cells as (

    select
        *,
        case
            when status = 'reported' then value
            when status in ('blank', 'not_applicable') and blank_kind <> 'total_of_nonzero' then 0
        end as operand
    from {{ ref('cell_values') }}
    where form_table = '{{ form_table }}' and is_judged

),

wide as (

    {{ wide_table(form_table, 'operand', row_name) }}

),

-- A row whose values were placed by inference, or read with doubt, makes its relations uncertain.
doubts as (

    select
        report_id,
        {{ wide_row(form_table) }} as {{ row_name }},
        coalesce(bool_or(resolution in ('all_equal', 'all_zero', 'by_relations')), false) as is_unsure,
        coalesce(bool_or(confidence < {{ var('least_sure') }}), false) as is_low,
        max(page) as page
    from cells
    group by all

),

final as (

    select
        wide.*,
        doubts.is_unsure,
        doubts.is_low,
        doubts.page
    from wide
    inner join doubts using (report_id, {{ row_name }})

)

select * from final
{% endmacro %}
