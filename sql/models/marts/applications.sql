with

cells as (

    select * from {{ ref('cell_values') }}
    where form_table = 'applications' and is_judged

),

final as (

    {{ wide_table('applications', 'value', 'indicator') }}

)

select * from final
