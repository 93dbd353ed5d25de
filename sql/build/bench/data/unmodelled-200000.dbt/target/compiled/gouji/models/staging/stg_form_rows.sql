with

tables as (

    select * from "unmodelled-200000"."staging"."stg_tables"

),

form as (

    select
        form_table,
        row_key,
        unnest(string_split(editions, ' ')) as edition
    from "unmodelled-200000"."form"."indicators"

),

final as (

    select
        tables.document_id,
        tables.form_table,
        tables.edition,
        form.row_key,
        count(*) as row_width
    from tables
    inner join form using (form_table, edition)
    group by all

)

select * from final