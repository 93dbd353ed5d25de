
            
            
    

    create  table
      "unmodelled-200000"."intermediate"."int_applications_operands"
  
    
    as (
      
with

cells as (

    select
        *,
        case
            when status = 'reported' then value
            when status in ('blank', 'not_applicable') and blank_kind <> 'total_of_nonzero' then 0
        end as operand
    from "unmodelled-200000"."marts"."cell_values"
    where form_table = 'applications' and is_judged

),

wide as (

    select
        report_id,
        agency,
        report_year,
        indicator as indicator,
        max(operand) filter (where breakdown = 'natural_person') as natural_person,
        max(operand) filter (where breakdown = 'business') as business,
        max(operand) filter (where breakdown = 'research') as research,
        max(operand) filter (where breakdown = 'social') as social,
        max(operand) filter (where breakdown = 'legal') as legal,
        max(operand) filter (where breakdown = 'other_org') as other_org,
        max(operand) filter (where breakdown = 'total') as total
        
    from cells
    group by all

),

-- A row whose values were placed by inference, or read with doubt, makes its relations uncertain.
doubts as (

    select
        report_id,
        indicator as indicator,
        coalesce(bool_or(resolution in ('all_equal', 'all_zero', 'by_relations')), false) as is_unsure,
        coalesce(bool_or(confidence < 0.8), false) as is_low,
        max(page) as page
    from cells
    group by all

),

final as (

    select
        wide.*,
        doubts.is_unsure,
        doubts.is_low,
        doubts.page
    from wide
    inner join doubts using (report_id, indicator)

)

select * from final

    );
    
  
            