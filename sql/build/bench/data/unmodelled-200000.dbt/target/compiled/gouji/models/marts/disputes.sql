with

cells as (

    select * from "unmodelled-200000"."marts"."cell_values"
    where form_table = 'disputes' and is_judged

),

final as (

    select
        report_id,
        agency,
        report_year,
        breakdown as channel,
        max(value) filter (where indicator = 'upheld') as upheld,
        max(value) filter (where indicator = 'corrected') as corrected,
        max(value) filter (where indicator = 'other') as other,
        max(value) filter (where indicator = 'pending') as pending,
        max(value) filter (where indicator = 'total') as total
        
    from cells
    group by all

)

select * from final