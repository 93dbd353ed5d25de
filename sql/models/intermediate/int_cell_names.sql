{#- What people call each statutory cell. -#}
with

indicators as (

    select * from {{ ref('indicators') }}

),

final as (

    select
        form_table,
        indicator,
        breakdown,
        {{ section_zh('form_table') }} || regexp_replace(row_zh, '^[一二三四]、', '') || '·' || column_zh as name_zh,
        {{ table_en('form_table') }} || ', ' || label_en as name_en,
        {{ section_zh('form_table') }} || regexp_replace(row_zh, '^[一二三四]、', '') as row_name_zh,
        {{ table_en('form_table') }} || ', ' || row_en as row_name_en
    from indicators

)

select * from final
