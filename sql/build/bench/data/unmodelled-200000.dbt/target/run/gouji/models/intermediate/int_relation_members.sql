
            
            
    

    create  table
      "unmodelled-200000"."intermediate"."int_relation_members"
  
    
    as (
      with

relations as (

    select * from "unmodelled-200000"."form"."relations"

),

-- A wide row is an indicator of table 3, and a channel (breakdown) of table 4.
indicators as (

    select
        *,
        case when form_table = 'disputes' then breakdown else indicator end as wide_row,
        case when form_table = 'disputes' then indicator else breakdown end as wide_column
    from "unmodelled-200000"."form"."indicators"

),

final as (

    select
        relations.rule,
        relations.form_table,
        case when relations.members_in = 'columns' then indicators.wide_row else indicators.wide_column end as subject,
        relations.side,
        relations.sign,
        relations.is_result,
        indicators.ordinal,
        indicators.indicator,
        indicators.breakdown,
        case when relations.members_in = 'columns' then indicators.column_zh else indicators.row_zh end as member_zh,
        case when relations.members_in = 'columns' then indicators.column_en else indicators.row_en end as member_en,
        case when relations.members_in = 'columns' then indicators.row_zh else indicators.column_zh end as subject_zh,
        case when relations.members_in = 'columns' then indicators.row_en else indicators.column_en end as subject_en
    from relations
    inner join indicators
        on
            relations.form_table = indicators.form_table
            and relations.member
            = case when relations.members_in = 'columns' then indicators.wide_column else indicators.wide_row end

)

select * from final
    );
    
  
            