{#- Sums over printed cells of one report that make editions comparable. -#}
with

-- The cells of the report's own edition: a single row is a sum of one.
members as (

    select
        cells.*,
        members.harmonised,
        cells.status = 'reported' as is_reported,
        cells.status in ('blank', 'not_applicable')
        and coalesce(cells.blank_kind, 'open') <> 'total_of_nonzero' as is_empty
    from {{ ref('cell_values') }} as cells
    inner join {{ ref('harmonised_members') }} as members
        on cells.form_table = members.form_table and cells.indicator = members.member

),

summed as (

    select
        report_id,
        form_table,
        harmonised as indicator,
        breakdown,
        any_value(unit) as unit,
        sum(value) as total,
        count(*) as count_members,
        bool_and(is_reported or is_empty) as is_known,
        bool_or(is_reported) as has_figure,
        bool_and(is_reported) as is_complete,
        bool_or(resolution is not null) as is_inferred,
        min(raw_text) as raw_text,
        min(resolution) as resolution,
        min(confidence) as confidence,
        min(page) as page,
        min(status) filter (where not is_reported and not is_empty) as unknown_status,
        max(status) filter (where is_empty) as empty_status
    from members
    group by all

),

final as (

    select
        report_id,
        form_table,
        indicator,
        breakdown,
        unit,
        case when is_known and has_figure then total end as value,
        case
            when not is_known then unknown_status
            when has_figure then 'reported'
            else empty_status
        end as status,
        case when count_members = 1 then raw_text end as raw_text,
        case
            when count_members = 1 then resolution
            when not (is_known and has_figure) then null
            when is_inferred then 'sum_of_inferred'
            when is_complete then 'sum'
            else 'sum_blank_as_zero'
        end as resolution,
        confidence,
        page
    from summed

)

select * from final
