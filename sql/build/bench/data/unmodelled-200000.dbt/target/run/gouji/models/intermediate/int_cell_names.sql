
            
            
    

    create  table
      "unmodelled-200000"."intermediate"."int_cell_names"
  
    
    as (
      with

indicators as (

    select * from "unmodelled-200000"."form"."indicators"

),

final as (

    select
        form_table,
        indicator,
        breakdown,
        case form_table when 'proactive' then '二、' when 'applications' then '三、' when 'disputes' then '四、' end || regexp_replace(row_zh, '^[一二三四]、', '') || '·' || column_zh as name_zh,
        case form_table when 'proactive' then 'table 2' when 'applications' then 'table 3' when 'disputes' then 'table 4' end || ', ' || label_en as name_en,
        case form_table when 'proactive' then '二、' when 'applications' then '三、' when 'disputes' then '四、' end || regexp_replace(row_zh, '^[一二三四]、', '') as row_name_zh,
        case form_table when 'proactive' then 'table 2' when 'applications' then 'table 3' when 'disputes' then 'table 4' end || ', ' || row_en as row_name_en
    from indicators

)

select * from final
    );
    
  
            