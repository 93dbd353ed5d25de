
            
            
    

    create  table
      "unmodelled-200000"."intermediate"."int_placements"
  
    
    as (
      with

candidates as (

    select * from "unmodelled-200000"."intermediate"."int_placement_candidates"

),

members as (

    select * from "unmodelled-200000"."intermediate"."int_relation_members"

),

results as (

    select distinct
        form_table,
        indicator,
        breakdown
    from members
    where is_result

),

read_cells as (

    select
        document_id,
        form_table,
        indicator,
        breakdown,
        status,
        value
    from "unmodelled-200000"."staging"."stg_trial_2019"
    where document_id in (select document_id from candidates)
    union all
    select
        document_id,
        form_table,
        indicator,
        breakdown,
        status,
        value
    from "unmodelled-200000"."staging"."stg_trial_2019_hubei"
    where document_id in (select document_id from candidates)
    union all
    select
        document_id,
        form_table,
        indicator,
        breakdown,
        status,
        value
    from "unmodelled-200000"."staging"."stg_standard_2021"
    where document_id in (select document_id from candidates)
    union all
    select
        document_id,
        form_table,
        indicator,
        breakdown,
        status,
        value
    from "unmodelled-200000"."staging"."stg_decimal_2021"
    where document_id in (select document_id from candidates)
    
    

),

printed as (

    select * from "unmodelled-200000"."staging"."stg_row_values"
    where is_filled

),

touched as (

    select distinct
        candidates.document_id,
        candidates.form_table,
        candidates.row_key,
        candidates.way,
        members.rule,
        members.subject
    from candidates
    inner join members using (form_table, indicator, breakdown)

),

-- A blank counts as 0 unless it is a total: then its relation is not judged.
judged as (

    select
        touched.document_id,
        touched.form_table,
        touched.row_key,
        touched.way,
        touched.rule,
        touched.subject,
        bool_and(
            case
                when candidates.way is not null then candidates.value is not null or results.form_table is null
                when read_cells.status in ('blank', 'not_applicable') then results.form_table is null
                else read_cells.status = 'reported'
            end
        ) as is_judged,
        sum(
            case when members.side = 'left' then members.sign else -members.sign end
            * coalesce(case when candidates.way is not null then candidates.value else read_cells.value end, 0)
        ) as difference
    from touched
    inner join members using (form_table, rule, subject)
    inner join read_cells using (document_id, form_table, indicator, breakdown)
    left join candidates using (document_id, form_table, row_key, way, indicator, breakdown)
    left join results using (form_table, indicator, breakdown)
    group by all

),

fitting as (

    select
        document_id,
        form_table,
        row_key,
        way
    from judged
    group by document_id, form_table, row_key, way
    having bool_or(is_judged) and bool_and(difference = 0 or not is_judged)
    qualify count(*) over (partition by document_id, form_table, row_key) = 1

),

final as (

    select
        candidates.document_id,
        candidates.form_table,
        candidates.row_key,
        candidates.indicator,
        candidates.breakdown,
        case when candidates.filled_no is null then 'blank' else 'reported' end as status,
        candidates.value,
        printed.raw_text,
        printed.confidence,
        printed.col_no,
        printed.x0,
        printed.top,
        printed.x1,
        printed.bottom
    from candidates
    inner join fitting using (document_id, form_table, row_key, way)
    left join printed using (document_id, form_table, row_key, row_id, filled_no)

)

select * from final
    );
    
  
            