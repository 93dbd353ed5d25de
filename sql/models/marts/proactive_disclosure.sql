with

cells as (

    select * from {{ ref('cell_values') }}
    where form_table = 'proactive' and is_judged

),

final as (

    select
        report_id,
        agency,
        report_year,
        indicator,
        breakdown,
        value,
        unit
    from cells

)

select * from final
