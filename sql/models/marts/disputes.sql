with

cells as (

    select * from {{ ref('cell_values') }}
    where form_table = 'disputes' and is_judged

),

final as (

    {{ wide_table('disputes', 'value', 'channel') }}

)

select * from final
