with

cells as (

    select * from "unmodelled-200000"."staging"."stg_cells"

),

labels as (

    select * from "unmodelled-200000"."staging"."stg_labels"

),

headings as (

    select * from "unmodelled-200000"."staging"."stg_headings"

),

-- A row belongs to the table that most of its unmistakable labels name.
votes as (

    select
        cells.document_id,
        cells.block_no,
        cells.row_no,
        labels.form_table,
        count(*) as count_votes
    from cells
    inner join labels on cells.raw_text = labels.raw_text and labels.is_best_of_table and labels.is_of_one_table
    group by all

),

named as (

    select
        document_id,
        block_no,
        row_no,
        arg_max(form_table, (count_votes, form_table)) as form_table
    from votes
    group by all

),

row_counts as (

    select
        document_id,
        block_no,
        row_no,
        min(page) as page,
        count(*) as count_cells,
        count(*) filter (where status in ('reported', 'not_applicable')) as count_numbers,
        count(*) filter (where status <> 'blank') as count_filled
    from cells
    group by all

),

-- A section heading between two tables ends the first one: what follows belongs to it no more.
in_order as (

    select
        row_counts.document_id,
        row_counts.block_no,
        row_counts.row_no,
        named.form_table
    from row_counts
    left join named using (document_id, block_no, row_no)
    union all
    select
        document_id,
        block_no,
        0 as row_no,
        '' as form_table
    from headings

),

carried as (

    select
        document_id,
        block_no,
        row_no,
        form_table as named_table,
        last_value(form_table ignore nulls) over (
            partition by document_id
            order by block_no, row_no
            rows between unbounded preceding and current row
        ) as form_table
    from in_order

),

final as (

    select
        row_counts.*,
        nullif(carried.form_table, '') as form_table,
        carried.named_table
    from row_counts
    inner join carried using (document_id, block_no, row_no)

)

select * from final