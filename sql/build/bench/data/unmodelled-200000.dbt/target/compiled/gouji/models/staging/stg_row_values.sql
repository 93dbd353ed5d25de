with

labelled_rows as (

    select * from "unmodelled-200000"."staging"."stg_labelled_rows"

),

cells as (

    select * from "unmodelled-200000"."staging"."stg_cells"

),

-- Where table 4 holds no number at all, its last blank row stands for its values.
blank_disputes as (

    select
        document_id,
        max((block_no, row_no)) filter (where row_kind = 'blank') as last_row
    from labelled_rows
    where form_table = 'disputes'
    group by document_id
    having
        count(*) filter (where row_kind = 'values') = 0
        and count(*) filter (where row_kind = 'blank') > 0

),

value_rows as (

    select
        labelled_rows.*,
        -- Table 4 is one row of the form; some print it as three tables of five columns.
        case
            when
                labelled_rows.form_table = 'disputes'
                and bool_and(labelled_rows.count_cells = 5)
                    over (partition by labelled_rows.document_id, labelled_rows.form_table, labelled_rows.row_kind)
                then 0
            else labelled_rows.block_no * 100000 + labelled_rows.row_no
        end as row_id
    from labelled_rows
    left join blank_disputes using (document_id)
    where
        labelled_rows.row_kind = 'values'
        or (
            labelled_rows.row_kind = 'blank'
            and (labelled_rows.block_no, labelled_rows.row_no) = blank_disputes.last_row
        )

),

-- A left join: a row whose values are lost altogether is still a row.
placed as (

    select
        value_rows.document_id,
        value_rows.form_table,
        value_rows.row_key,
        value_rows.row_id,
        value_rows.label_col,
        value_rows.label_text,
        value_rows.label_method,
        value_rows.label_score,
        value_rows.block_no,
        value_rows.row_no,
        coalesce(cells.page, value_rows.page) as page,
        cells.col_no,
        cells.raw_text,
        cells.status,
        cells.value,
        cells.printed_unit,
        cells.printed_decimals,
        cells.confidence,
        cells.x0,
        cells.top,
        cells.x1,
        cells.bottom
    from value_rows
    left join cells
        on
            value_rows.document_id = cells.document_id
            and value_rows.block_no = cells.block_no
            and value_rows.row_no = cells.row_no
            and cells.col_no > coalesce(value_rows.label_col, 0)

),

final as (

    select
        *,
        status is not null and status <> 'blank' as is_filled,
        row_number() over in_row as value_no,
        count(*) filter (where status <> 'blank') over in_row as filled_no
    from placed
    window in_row as (
        partition by document_id, form_table, row_key, row_id
        order by block_no, row_no, col_no
    )

)

select * from final