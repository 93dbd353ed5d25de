{#- How many cells each report has, and how many different ones: as many, unless a model is wrong. -#}
with

cells as (

    select
        report_id,
        ordinal,
        count(*) as times
    from {{ ref('cell_values') }}
    group by report_id, ordinal

),

final as (

    select
        report_id,
        cast(sum(times) as bigint) as cells,
        count(*) as different_cells
    from cells
    group by report_id

)

select * from final
