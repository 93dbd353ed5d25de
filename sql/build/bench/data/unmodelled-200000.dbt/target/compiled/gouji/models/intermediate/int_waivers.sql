with

lines as (

    select * from "unmodelled-200000"."raw"."waivers"

),

reports as (

    select
        agencies.*,
        versions.version_key,
        versions.is_current
    from "unmodelled-200000"."intermediate"."int_agencies" as agencies
    inner join "unmodelled-200000"."intermediate"."int_versions" as versions using (document_id)

),

-- The names under which an agency has reported: 洪泽区人民政府 and 淮安市洪泽区人民政府 are one.
names as (

    select distinct
        agency_id,
        agency
    from reports
    where agency_id is not null

),

-- A line without region speaks only of reports in the folder it lies in, or below.
matched as (

    select distinct
        lines.*,
        reports.document_id as report_id,
        reports.version_key
    from lines
    inner join reports on lines.year = reports.report_year
    left join names on reports.agency_id = names.agency_id and lines.agency = names.agency
    where
        reports.is_current
        and (lines.agency in (reports.agency, reports.agency_id) or names.agency is not null)
        and (lines.scope is null or lines.scope = reports.scope)
        and case
            when lines.region is null
                then starts_with(reports.source_path, regexp_replace(lines.listed_in, '[^/]*$', ''))
            else ends_with(reports.region, lines.region) or ends_with(lines.region, reports.region)
        end

),

final as (

    select
        * exclude (version_key),
        coalesce(until < current_date, false) as is_expired,
        min(version_key) over by_line <> max(version_key) over by_line as is_ambiguous
    from matched
    window by_line as (partition by listed_in, line_no)

)

select * from final