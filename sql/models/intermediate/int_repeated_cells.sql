{#- Cells that a report has more than once: there are none unless a model is wrong. -#}
with

cells as (

    select * from {{ ref('cell_values') }}

),

final as (

    select
        report_id,
        ordinal,
        count(*) as times
    from cells
    group by report_id, ordinal
    having count(*) > 1

)

select * from final
