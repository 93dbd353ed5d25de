with

form as (

    select
        form_table,
        row_key,
        breakdown,
        unnest(string_split(editions, ' ')) as edition
    from "unmodelled-200000"."form"."indicators"

),

editions as (

    select
        edition,
        variant_of,
        header_marker,
        valid_from,
        valid_to,
        -- What says nothing of a variant is the form itself.
        row_number() over (order by valid_from asc, variant_of is not null asc, edition asc) as edition_no
    from "unmodelled-200000"."form"."editions"
    where is_modelled

),

documents as (

    select
        document_id,
        report_year
    from "unmodelled-200000"."staging"."stg_identity"

),

printed as (

    select * from "unmodelled-200000"."staging"."stg_printed_codes"

),

-- Codes of the form and where they belong; a code that an edition lacks speaks against it.
form_codes as (

    select distinct form_table, 'row' as kind, row_key as code, edition from form where form_table <> 'disputes'
    union
    select distinct form_table, 'header' as kind, breakdown as code, edition from form where form_table = 'proactive'

),

compared as (

    select
        printed.document_id,
        printed.form_table,
        editions.edition,
        editions.edition_no,
        editions.variant_of is not null as is_variant,
        count(*) filter (where form_codes.code is null) as count_against,
        count(form_codes.code) as count_for,
        bool_or(printed.kind = 'header') as has_header,
        coalesce(
            bool_or(editions.header_marker <> '' and contains(printed.header_text, editions.header_marker)), false
        ) as has_marker,
        editions.header_marker is not null and editions.header_marker <> '' as needs_marker,
        -- The single row 六 tells the trial form only where it is printed.
        max(case when form_codes.code = 'other' then 1 else 0 end) as has_single_other
    from printed
    cross join editions
    left join form_codes
        on
            printed.form_table = form_codes.form_table
            and printed.kind = form_codes.kind
            and printed.code = form_codes.code
            and editions.edition = form_codes.edition
    group by all

),

single_other as (

    select distinct edition from form_codes where code = 'other'

),

proactive as (

    select
        document_id,
        arg_min(edition, (count_against, -count_for, not has_marker, edition_no)) as edition
    from compared
    where form_table = 'proactive' and has_header and (has_marker or not needs_marker)
    group by document_id

),

applications as (

    select
        compared.document_id,
        arg_min(
            compared.edition,
            (compared.count_against, compared.edition <> coalesce(proactive.edition, ''), compared.edition_no)
        ) as edition
    from compared
    left join proactive using (document_id)
    left join single_other on compared.edition = single_other.edition
    where
        compared.form_table = 'applications'
        and (single_other.edition is null or compared.has_single_other = 1)
        and (not compared.is_variant or compared.edition = proactive.edition)
    group by compared.document_id

),

by_year as (

    select
        documents.document_id,
        arg_min(editions.edition, editions.edition_no) as edition
    from documents
    inner join editions
        on documents.report_year between editions.valid_from and editions.valid_to and editions.variant_of is null
    group by documents.document_id

),

final as (

    select
        documents.document_id,
        coalesce(proactive.edition, applications.edition, by_year.edition) as proactive_edition,
        coalesce(applications.edition, proactive.edition, by_year.edition) as applications_edition,
        coalesce(proactive.edition, applications.edition, by_year.edition) as disputes_edition,
        proactive.edition is not null as is_proactive_recognised
    from documents
    left join proactive using (document_id)
    left join applications using (document_id)
    left join by_year using (document_id)

)

select * from final