
            
            
    

    create  table
      "unmodelled-200000"."staging"."stg_labelled_rows"
  
    
    as (
      with

form_rows as (

    select * from "unmodelled-200000"."staging"."stg_rows"

),

cells as (

    select * from "unmodelled-200000"."staging"."stg_cells"

),

labels as (

    select * from "unmodelled-200000"."staging"."stg_labels"

),

hits as (

    select
        cells.document_id,
        cells.block_no,
        cells.row_no,
        cells.col_no,
        cells.raw_text,
        form_rows.form_table,
        labels.kind,
        labels.code,
        labels.method,
        labels.score,
        labels.is_best_of_table
    from cells
    inner join form_rows using (document_id, block_no, row_no)
    inner join labels on cells.raw_text = labels.raw_text and form_rows.form_table = labels.form_table

),

-- A row's label is the last one in it: group labels stand before it, values after it.
labelled as (

    select
        document_id,
        block_no,
        row_no,
        bool_or(kind = 'header' and is_best_of_table) as has_header,
        count(*) filter (where kind = 'header') as count_headers,
        max(col_no) filter (where kind in ('row', 'group')) as label_col,
        arg_max(kind, (col_no, score)) filter (where kind in ('row', 'group')) as label_kind,
        arg_max(code, (col_no, score)) filter (where kind in ('row', 'group')) as label_code,
        arg_max(raw_text, (col_no, score)) filter (where kind in ('row', 'group')) as label_text,
        arg_max(method, (col_no, score)) filter (where kind in ('row', 'group')) as label_method,
        arg_max(score, (col_no, score)) filter (where kind in ('row', 'group')) as label_score
    from hits
    group by all

),

final as (

    select
        form_rows.*,
        labelled.label_col,
        labelled.label_text,
        labelled.label_method,
        labelled.label_score,
        coalesce(labelled.count_headers, 0) as count_headers,
        case
            when form_rows.form_table is null then 'outside'
            when coalesce(labelled.has_header, false) and form_rows.count_numbers = 0 then 'header'
            when labelled.label_kind = 'row' then 'values'
            when labelled.label_kind is not null or labelled.has_header then 'label'
            -- Table 4 has no row labels: its values are a row of at least five cells under the headers.
            when form_rows.form_table = 'disputes' and form_rows.count_cells >= 5 and form_rows.count_numbers > 0
                then 'values'
            when form_rows.form_table = 'disputes' and form_rows.count_cells >= 5 and form_rows.count_filled = 0
                then 'blank'
            else 'other'
        end as row_kind,
        case
            when labelled.label_kind = 'row' then labelled.label_code
            when form_rows.form_table = 'disputes' then 'disputes'
        end as row_key
    from form_rows
    left join labelled using (document_id, block_no, row_no)

)

select * from final
    );
    
  
            