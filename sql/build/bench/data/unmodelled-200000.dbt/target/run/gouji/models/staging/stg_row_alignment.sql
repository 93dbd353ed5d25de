
            
            
    

    create  table
      "unmodelled-200000"."staging"."stg_row_alignment"
  
    
    as (
      with

row_values as (

    select * from "unmodelled-200000"."staging"."stg_row_values"

),

widths as (

    select * from "unmodelled-200000"."staging"."stg_form_rows"

),

printed_rows as (

    select
        document_id,
        form_table,
        row_key,
        row_id,
        min(block_no) as block_no,
        coalesce(any_value(label_col), 0) as label_col,
        count(col_no) as count_cells,
        count(*) filter (where is_filled) as count_filled,
        coalesce(min(value) filter (where is_filled) = max(value) filter (where is_filled), false) as is_one_value,
        count(*) filter (where status = 'reported') as count_reported,
        max(abs(value)) as max_value
    from row_values
    group by all

),

wide_rows as (

    select
        printed_rows.*,
        widths.row_width
    from printed_rows
    inner join widths using (document_id, form_table, row_key)

),

-- What is printed where is looked at only in tables with a row that is not complete, or printed twice: to hold
-- the values of all rows at once would take more memory than a machine may have.
doubtful_tables as (

    select
        document_id,
        form_table
    from wide_rows
    group by document_id, form_table
    having bool_or(count_filled <> row_width) or count(*) > count(distinct row_key)

),

filled as (

    select
        document_id,
        form_table,
        row_key,
        row_id,
        list(col_no order by value_no) as filled_cols,
        list(coalesce(cast(value as varchar), trim(raw_text)) order by value_no) as filled_texts
    from row_values
    inner join doubtful_tables using (document_id, form_table)
    where is_filled
    group by document_id, form_table, row_key, row_id

),

doubtful_rows as (

    select
        wide_rows.*,
        filled.filled_cols,
        filled.filled_texts
    from wide_rows
    inner join doubtful_tables using (document_id, form_table)
    left join filled using (document_id, form_table, row_key, row_id)

),

complete_rows as (

    select * from doubtful_rows
    where count_filled = row_width

),

-- All complete rows of a table fragment in one window of columns: then the window decides. Flattening
-- drops label cells, so rows whose label stands in the same column are asked first.
windows_by_label as (

    select
        document_id,
        form_table,
        block_no,
        row_width,
        label_col,
        any_value(filled_cols) as label_window
    from complete_rows
    group by all
    having count(distinct filled_cols) = 1

),

windows as (

    select
        document_id,
        form_table,
        block_no,
        row_width,
        any_value(filled_cols) as fragment_window
    from complete_rows
    group by all
    having count(distinct filled_cols) = 1

),

windowed as (

    select
        doubtful_rows.*,
        coalesce(windows_by_label.label_window, windows.fragment_window) as window_cols
    from doubtful_rows
    left join windows_by_label using (document_id, form_table, block_no, row_width, label_col)
    left join windows using (document_id, form_table, block_no, row_width)

),

-- A row printed twice: the filled one counts, and two filled ones must agree.
chosen as (

    select
        *,
        row_number() over (
            partition by document_id, form_table, row_key
            order by count_filled = 0, row_id
        ) as candidate_no,
        count(distinct filled_texts) over (partition by document_id, form_table, row_key) as count_versions
    from windowed

),

resolved as (

    select
        *,
        case
            when count_versions > 1 then 'ambiguous'
            when count_filled = row_width then 'in_order'
            when count_filled = 0 then 'blank'
            when count_filled < row_width and count_cells = row_width then 'as_printed'
            when
                count_filled < row_width
                and len(list_intersect(filled_cols, window_cols)) = count_filled
                then 'window'
            when count_filled > row_width and is_one_value and count_reported = count_filled then 'all_equal'
            when count_filled < row_width and count_reported = count_filled and max_value = 0 then 'all_zero'
            else 'ambiguous'
        end as alignment
    from chosen
    where candidate_no = 1

),

complete_tables as (

    select
        *,
        1 as count_versions,
        null as window_cols,
        'in_order' as alignment
    from wide_rows
    anti join doubtful_tables using (document_id, form_table)

),

united as (

    select * from complete_tables
    union all by name
    select * exclude (filled_cols, filled_texts, candidate_no) from resolved

),

final as (

    select
        document_id,
        form_table,
        row_key,
        row_id,
        row_width,
        count_cells,
        count_filled,
        count_versions,
        window_cols,
        alignment,
        alignment in ('in_order', 'blank', 'as_printed', 'window') as is_regular
    from united

)

select * from final
    );
    
  
            