{#- How the printed values of each row stand to the form's cells (see the yml for the cases). -#}
with

row_values as (

    select * from {{ ref('stg_row_values') }}

),

widths as (

    select * from {{ ref('stg_form_rows') }}

),

printed_rows as (

    select
        document_id,
        form_table,
        row_key,
        row_id,
        min(block_no) as block_no,
        count(col_no) as count_cells,
        count(*) filter (where is_filled) as count_filled,
        list(col_no order by value_no) filter (where is_filled) as filled_cols,
        list(raw_text order by value_no) filter (where is_filled) as filled_texts,
        count(distinct value) filter (where is_filled) as count_values,
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

-- All complete rows of a table fragment in one window of columns: then the window decides.
windows as (

    select
        document_id,
        form_table,
        block_no,
        row_width,
        any_value(filled_cols) as window_cols
    from wide_rows
    where count_filled = row_width
    group by all
    having count(distinct filled_cols) = 1

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
    from wide_rows

),

resolved as (

    select
        chosen.*,
        windows.window_cols,
        case
            when chosen.count_versions > 1 then 'ambiguous'
            when chosen.count_filled = chosen.row_width then 'in_order'
            when chosen.count_filled = 0 then 'blank'
            when chosen.count_filled < chosen.row_width and chosen.count_cells = chosen.row_width then 'as_printed'
            when
                chosen.count_filled < chosen.row_width
                and len(list_intersect(chosen.filled_cols, windows.window_cols)) = chosen.count_filled
                then 'window'
            when
                chosen.count_filled > chosen.row_width
                and chosen.count_values = 1
                and chosen.count_reported = chosen.count_filled
                then 'all_equal'
            when
                chosen.count_filled < chosen.row_width
                and chosen.count_reported = chosen.count_filled
                and chosen.max_value = 0
                then 'all_zero'
            else 'ambiguous'
        end as alignment
    from chosen
    left join windows using (document_id, form_table, block_no, row_width)
    where chosen.candidate_no = 1

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
        window_cols,
        alignment,
        alignment in ('in_order', 'blank', 'as_printed', 'window') as is_regular
    from resolved

)

select * from final
