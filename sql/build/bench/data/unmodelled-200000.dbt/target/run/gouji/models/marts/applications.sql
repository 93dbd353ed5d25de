
            
            
    

    create  table
      "unmodelled-200000"."marts"."applications"
  
    
    as (
      with

cells as (

    select * from "unmodelled-200000"."marts"."cell_values"
    where form_table = 'applications' and is_judged

),

final as (

    select
        report_id,
        agency,
        report_year,
        indicator as indicator,
        max(value) filter (where breakdown = 'natural_person') as natural_person,
        max(value) filter (where breakdown = 'business') as business,
        max(value) filter (where breakdown = 'research') as research,
        max(value) filter (where breakdown = 'social') as social,
        max(value) filter (where breakdown = 'legal') as legal,
        max(value) filter (where breakdown = 'other_org') as other_org,
        max(value) filter (where breakdown = 'total') as total
        
    from cells
    group by all

)

select * from final
    );
    
  
            