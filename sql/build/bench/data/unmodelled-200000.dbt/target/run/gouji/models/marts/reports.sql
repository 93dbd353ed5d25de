
            
            
    

    create  table
      "unmodelled-200000"."marts"."reports"
  
    
    as (
      with

documents as (

    select * from "unmodelled-200000"."raw"."documents"

),

agencies as (

    select * from "unmodelled-200000"."intermediate"."int_agencies"

),

versions as (

    select * from "unmodelled-200000"."intermediate"."int_versions"

),

editions as (

    select
        document_id,
        max(edition) filter (where form_table = 'proactive') as proactive_edition,
        max(edition) filter (where form_table = 'applications') as applications_edition,
        max(edition) filter (where form_table = 'disputes') as disputes_edition,
        bool_and(form_table <> 'statistics') as is_modelled
    from "unmodelled-200000"."staging"."stg_tables"
    group by document_id

),

final as (

    select
        documents.document_id as report_id,
        agencies.source_path,
        agencies.url,
        documents.format,
        agencies.agency,
        agencies.agency_id,
        agencies.region,
        agencies.level,
        agencies.scope,
        agencies.report_year,
        agencies.identity_evidence,
        agencies.title,
        agencies.published_on,
        editions.proactive_edition,
        editions.applications_edition,
        editions.disputes_edition,
        versions.is_current,
        versions.version_basis,
        coalesce(editions.is_modelled, true) as is_modelled
    from documents
    left join agencies using (document_id)
    left join versions using (document_id)
    left join editions using (document_id)

)

select * from final
    );
    
  
            