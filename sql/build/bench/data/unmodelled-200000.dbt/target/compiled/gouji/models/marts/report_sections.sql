with

headings as (

    select * from "unmodelled-200000"."staging"."stg_headings"

),

sections as (

    select * from "unmodelled-200000"."form"."sections"

),

reports as (

    select * from "unmodelled-200000"."marts"."reports"
    where is_current and is_modelled

),

-- Sub-headings may repeat a section's words: the one with the right number counts, else the first.
found as (

    select *
    from headings
    where section_no is not null
    qualify row_number() over (
        partition by document_id, section_no
        order by printed_no <> section_no, block_no
    ) = 1

),

final as (

    select
        reports.report_id,
        reports.agency,
        reports.report_year,
        sections.section_no,
        coalesce(found.printed_no, 0) as printed_no,
        found.heading,
        found.page,
        found.block_no
    from reports
    cross join sections
    left join found on reports.report_id = found.document_id and sections.section_no = found.section_no

)

select * from final