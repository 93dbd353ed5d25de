
            
            
    

    create  table
      "unmodelled-200000"."staging"."stg_labels"
  
    
    as (
      with

source as (

    select * from "unmodelled-200000"."raw"."label_matches"

),

accepted as (

    select *
    from source
    where
        method in ('exact', 'alias')
        or (
            method = 'similar'
            and score >= 75
            and score - runner_up >= 10
        )

),

-- `3.其他` is a row of table 3 and, less exactly, a header of it: the better kind wins.
ranked as (

    select
        *,
        count(*) over (partition by text) as count_readings,
        min(form_table) over (partition by text) = max(form_table) over (partition by text) as is_of_one_table,
        row_number() over (partition by text, form_table order by score desc, kind desc) = 1 as is_best_of_table
    from accepted

),

final as (

    select
        text as raw_text,
        form_table,
        kind,
        code,
        method,
        score,
        is_of_one_table,
        is_best_of_table
    from ranked

)

select * from final
    );
    
  
            