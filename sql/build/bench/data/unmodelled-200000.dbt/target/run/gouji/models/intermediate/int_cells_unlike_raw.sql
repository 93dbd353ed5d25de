
            
            
    

    create  table
      "unmodelled-200000"."intermediate"."int_cells_unlike_raw"
  
    
    as (
      with

cells as (

    select * from "unmodelled-200000"."marts"."cell_values"
    where block_no is not null and row_no is not null and col_no is not null

),

printed as (

    select * from "unmodelled-200000"."raw"."cells"

),

final as (

    select
        cells.report_id,
        cells.agency,
        cells.report_year,
        cells.form_table,
        cells.indicator,
        cells.breakdown,
        cells.raw_text,
        cells.page,
        cells.block_no,
        cells.row_no,
        cells.col_no
    from cells
    left join printed
        on
            cells.report_id = printed.document_id
            and cells.block_no = printed.block_no
            and cells.row_no = printed.row_no
            and cells.col_no = printed.col_no
            and cells.raw_text is not distinct from printed.text
            and cells.page is not distinct from printed.page
            and cells.x0 is not distinct from printed.x0
            and cells.top is not distinct from printed.top
            and cells.x1 is not distinct from printed.x1
            and cells.bottom is not distinct from printed.bottom
    where printed.document_id is null

)

select * from final
    );
    
  
            