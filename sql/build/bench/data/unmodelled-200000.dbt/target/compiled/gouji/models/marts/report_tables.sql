with

tables as (

    select * from "unmodelled-200000"."staging"."stg_tables"

),

reports as (

    select * from "unmodelled-200000"."marts"."reports"
    where is_current

),

editions as (

    select * from "unmodelled-200000"."form"."editions"

),

final as (

    select
        reports.report_id,
        reports.agency,
        reports.report_year,
        tables.form_table,
        tables.edition,
        tables.presence,
        editions.valid_from,
        editions.valid_to
    from tables
    inner join reports on tables.document_id = reports.report_id
    left join editions using (edition)

)

select * from final