
            
            
    

    create  table
      "unmodelled-200000"."staging"."stg_decimal_2021"
  
    
    as (
      
with

form_cells as (

    select
        *,
        row_number() over (partition by form_table, row_key order by ordinal) as position
    from "unmodelled-200000"."form"."indicators"
    where list_contains(string_split(editions, ' '), 'decimal_2021')

),

tables as (

    select * from "unmodelled-200000"."staging"."stg_tables"
    where edition = 'decimal_2021'

),

alignment as (

    select
        row_alignment.*,
        located.block_no,
        located.row_no,
        located.page,
        located.label_method,
        located.label_score
    from "unmodelled-200000"."staging"."stg_row_alignment" as row_alignment
    inner join (
        select document_id, form_table, row_key, row_id, block_no, row_no, page, label_method, label_score
        from "unmodelled-200000"."staging"."stg_row_values"
        where value_no = 1
    ) as located using (document_id, form_table, row_key, row_id)
    where row_alignment.document_id in (select document_id from tables)

),

aligned as (

    select * from "unmodelled-200000"."staging"."stg_aligned_values"
    where document_id in (select document_id from tables)

),

final as (

    select
        tables.document_id,
        tables.form_table,
        tables.edition,
        tables.presence,
        form_cells.ordinal,
        form_cells.indicator,
        form_cells.breakdown,
        form_cells.unit,
        form_cells.value_kind,
        case
            when alignment.alignment is null then 'missing'
            when aligned.position is not null then aligned.status
            when alignment.alignment = 'ambiguous' then 'ambiguous'
            else 'blank'
        end as status,
        aligned.raw_text,
        aligned.value,
        aligned.printed_unit,
        aligned.printed_decimals,
        case when not alignment.is_regular then alignment.alignment end as resolution,
        coalesce(alignment.label_method || ' ' || cast(round(alignment.label_score) as integer), '') as label_match,
        aligned.confidence,
        coalesce(aligned.page, alignment.page) as page,
        coalesce(aligned.block_no, alignment.block_no) as block_no,
        coalesce(aligned.row_no, alignment.row_no) as row_no,
        aligned.col_no,
        aligned.x0,
        aligned.top,
        aligned.x1,
        aligned.bottom
    from tables
    inner join form_cells using (form_table)
    left join alignment
        on
            tables.document_id = alignment.document_id
            and form_cells.form_table = alignment.form_table
            and form_cells.row_key = alignment.row_key
    left join aligned
        on
            tables.document_id = aligned.document_id
            and form_cells.form_table = aligned.form_table
            and form_cells.row_key = aligned.row_key
            and form_cells.position = aligned.position

)

select * from final

    );
    
  
            