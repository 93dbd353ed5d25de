
            
            
    

    create  table
      "unmodelled-200000"."staging"."stg_printed_codes"
  
    
    as (
      with

labelled_rows as (

    select * from "unmodelled-200000"."staging"."stg_labelled_rows"

),

cells as (

    select * from "unmodelled-200000"."staging"."stg_cells"

),

labels as (

    select * from "unmodelled-200000"."staging"."stg_labels"

),

row_codes as (

    select distinct
        document_id,
        form_table,
        'row' as kind,
        row_key as code,
        '' as header_text
    from labelled_rows
    where row_kind = 'values' and form_table <> 'disputes'

),

header_codes as (

    select distinct
        cells.document_id,
        labelled_rows.form_table,
        'header' as kind,
        labels.code,
        cells.content as header_text
    from labelled_rows
    inner join cells using (document_id, block_no, row_no)
    inner join labels on cells.raw_text = labels.raw_text and labelled_rows.form_table = labels.form_table
    where labelled_rows.row_kind = 'header' and labels.kind = 'header' and labels.code <> 'content'

),

final as (

    select * from row_codes
    union all
    select * from header_codes

)

select * from final
    );
    
  
            