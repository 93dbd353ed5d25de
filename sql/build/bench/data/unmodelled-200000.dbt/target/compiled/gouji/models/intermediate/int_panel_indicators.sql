with

printed as (

    select
        form_table,
        indicator,
        breakdown,
        ordinal,
        label_zh,
        label_en,
        unit,
        value_kind,
        editions,
        false as is_harmonised
    from "unmodelled-200000"."form"."indicators"

),

columns as (

    select
        *,
        row_number() over (partition by form_table, indicator order by ordinal) as column_no
    from "unmodelled-200000"."form"."indicators"

),

harmonised as (

    select
        harmonised.form_table,
        harmonised.indicator,
        printed.breakdown,
        harmonised.row_zh || '·' || any_value(printed.column_zh) as label_zh,
        harmonised.row_en || ': ' || any_value(printed.column_en) as label_en,
        harmonised.unit,
        harmonised.ordinal * 100 + max(printed.column_no) as ordinal
    from "unmodelled-200000"."form"."harmonised" as harmonised
    inner join "unmodelled-200000"."form"."harmonised_members" as members
        on harmonised.form_table = members.form_table and harmonised.indicator = members.harmonised
    inner join columns as printed
        on members.form_table = printed.form_table and members.member = printed.indicator
    group by
        harmonised.form_table,
        harmonised.indicator,
        harmonised.ordinal,
        harmonised.row_zh,
        harmonised.row_en,
        harmonised.unit,
        printed.breakdown

),

cells as (

    select * from printed
    union all by name
    select
        *,
        'count' as value_kind,
        true as is_harmonised
    from harmonised

),

comparability as (

    select * from "unmodelled-200000"."form"."comparability"

),

-- The row of the seed that says more goes first.
final as (

    select
        cells.*,
        comparability.comparable_from,
        comparability.reason_zh,
        comparability.reason_en
    from cells
    left join comparability
        on
            cells.form_table = comparability.form_table
            and cells.indicator = coalesce(comparability.indicator, cells.indicator)
            and cells.breakdown = coalesce(comparability.breakdown, cells.breakdown)
    qualify
        row_number() over (
            partition by cells.form_table, cells.indicator, cells.breakdown
            order by comparability.indicator is null, comparability.breakdown is null
        ) = 1

)

select * from final