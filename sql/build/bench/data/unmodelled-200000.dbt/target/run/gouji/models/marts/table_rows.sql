
            
            
    

    create  table
      "unmodelled-200000"."marts"."table_rows"
  
    
    as (
      with

alignment as (

    select * from "unmodelled-200000"."staging"."stg_row_alignment"

),

located as (

    select
        document_id,
        form_table,
        row_key,
        row_id,
        page,
        block_no,
        row_no,
        label_text
    from "unmodelled-200000"."staging"."stg_row_values"
    where value_no = 1

),

tables as (

    select * from "unmodelled-200000"."marts"."report_tables"
    where presence = 'present'

),

placements as (

    select distinct
        document_id,
        form_table,
        row_key
    from "unmodelled-200000"."intermediate"."int_placements"

),

final as (

    select
        tables.report_id,
        tables.agency,
        tables.report_year,
        tables.form_table,
        alignment.row_key as indicator,
        located.page,
        located.block_no,
        located.row_no,
        located.label_text,
        alignment.row_width as count_expected,
        case when alignment.is_regular then alignment.row_width else alignment.count_filled end as count_values,
        case
            when placements.row_key is not null then 'by_relations'
            when not alignment.is_regular then alignment.alignment
        end as resolution
    from alignment
    inner join located using (document_id, form_table, row_key, row_id)
    left join placements using (document_id, form_table, row_key)
    inner join tables on alignment.document_id = tables.report_id and alignment.form_table = tables.form_table

)

select * from final
    );
    
  
            