
            
            
    

    create  table
      "unmodelled-200000"."marts"."submissions"
  
    
    as (
      with

expected as (

    select * from "unmodelled-200000"."intermediate"."int_expected"
    qualify row_number() over (partition by submission_key order by length(listed_in), listed_in, line_no) = 1

),

best as (

    select * from "unmodelled-200000"."intermediate"."int_submission_matches"
    qualify
        rank() over (
            partition by submission_key
            -- A report that was read goes before a file that was not.
            order by report_id is null, match_rank
        ) = 1

),

-- The first version tells when a report came; where one has no date nothing can be said.
published as (

    select
        versions.document_id as report_id,
        case
            when count(*) over same_report = count(agencies.published_on) over same_report
                then min(agencies.published_on) over same_report
        end as published_on
    from "unmodelled-200000"."intermediate"."int_versions" as versions
    inner join "unmodelled-200000"."intermediate"."int_agencies" as agencies using (document_id)
    window same_report as (partition by versions.version_key)

),

facts as (

    select
        source_path,
        min(retrieved_on) as retrieved_on
    from "unmodelled-200000"."raw"."source_facts"
    group by source_path

),

received as (

    select
        best.submission_key,
        arg_min(best.report_id, best.source_path) as report_id,
        min(best.source_path) as source_path,
        case when count(*) = count(published.published_on) then min(published.published_on) end as published_on,
        min(facts.retrieved_on) as retrieved_on,
        count(distinct best.report_id) as count_reports
    from best
    left join published using (report_id)
    left join facts on best.source_path = facts.source_path
    group by best.submission_key

),

final as (

    select
        expected.submission_key,
        expected.region,
        expected.agency,
        expected.year as report_year,
        expected.scope,
        expected.due,
        coalesce(expected.due < current_date, true) as is_due,
        case
            when received.submission_key is null then 'missing'
            when received.count_reports = 0 then 'unreadable'
            when received.count_reports > 1 then 'duplicate'
            else 'received'
        end as state,
        received.report_id,
        received.source_path,
        received.published_on,
        received.retrieved_on,
        -- Whoever fetched it by the due date proves it was there; who came later proves nothing.
        case
            when received.published_on is not null
                then greatest(date_diff('day', expected.due, received.published_on), 0)
            when received.count_reports > 0 and received.retrieved_on <= expected.due then 0
        end as days_late,
        coalesce(received.count_reports, 0) as count_reports,
        expected.listed_in,
        expected.line_no
    from expected
    left join received using (submission_key)

)

select * from final
order by report_year, region, agency, scope
    );
    
  
            