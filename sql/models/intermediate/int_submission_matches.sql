{#- Which reports and unreadable files may be an expected report. The least match_rank is the best. -#}
with

expected as (

    select * from {{ ref('int_expected') }}

),

-- What still lies somewhere: a report whose every path is gone has not been handed in.
reports as (

    select
        agencies.*,
        {{ compact('agencies.agency') }} as name,
        regexp_extract(agencies.agency_id, '^([^/]*)/', 1) as region_key,
        -- An agency of no known place goes by its name.
        coalesce(regexp_extract(agencies.agency_id, '[^/]*$'), {{ compact('agencies.agency') }}) as office,
        {{ compact("regexp_extract(agencies.source_path, '[^/]*$')") }} as file_name
    from {{ ref('int_agencies') }} as agencies
    inner join {{ ref('int_versions') }} as versions using (document_id)
    where
        versions.is_current
        and agencies.document_id in (
            select document_id from {{ source('raw', 'sources') }}
            where source_path not in (select source_path from {{ source('raw', 'gone') }})
        )

),

-- 洪泽区人民政府 and 淮安市洪泽区人民政府 are one.
names as (

    select
        agency_id,
        list(distinct {{ compact('agency') }}) as names
    from {{ ref('int_agencies') }}
    where agency_id is not null
    group by agency_id

),

by_name as (

    select
        expected.submission_key,
        reports.document_id as report_id,
        reports.source_path,
        case
            when list_contains(expected.names, reports.name) then 0
            when list_has_any(expected.names, names.names) then 1
            else 2
        end
        + case when reports.scope = coalesce(expected.scope, reports.scope) then 0 else 3 end as match_rank
    from expected
    inner join reports on expected.year = reports.report_year
    left join names using (agency_id)
    where
        (expected.scope is null or reports.scope in (expected.scope, 'unknown') or expected.is_only_scope)
        and (
            (
                (
                    list_contains(expected.names, reports.name)
                    or list_has_any(expected.names, names.names)
                    or list_contains(expected.offices, reports.office)
                )
                and case
                    when expected.region is null or reports.region is null
                        then starts_with(reports.source_path, expected.folder)
                    else
                        ends_with(reports.region, expected.region)
                        or ends_with(expected.region, reports.region)
                        or ends_with(expected.region, reports.region_key)
                end
            )
            -- A full name says where the agency is.
            or (list_contains(expected.names, reports.name) and reports.name <> reports.office)
            or list_contains(expected.names, reports.agency_id)
        )

),

files as (

    select
        document_id as report_id,
        source_path,
        file_name,
        agency as stated_agency,
        report_year as stated_year
    from reports
    where agency is null or report_year is null
    union all
    select
        null,
        rejections.source_path,
        {{ compact("regexp_extract(rejections.source_path, '[^/]*$')") }},
        facts.agency,
        facts.year
    from {{ source('raw', 'rejections') }} as rejections
    left join {{ source('raw', 'source_facts') }} as facts using (source_path)
    where rejections.kind = 'unreadable'

),

-- Of several expected reports a file may name, it is the one with the longest name.
by_file_name as (

    select
        expected.submission_key,
        files.report_id,
        files.source_path,
        6 as match_rank
    from files
    inner join (
        select
            * exclude (names, offices),
            unnest(list_distinct(list_concat(names, offices))) as name
        from expected
    ) as expected
        on
            starts_with(files.source_path, expected.folder)
            and length(expected.name) >= 3
            and (files.stated_agency = expected.name or contains(files.file_name, expected.name))
            and (
                files.stated_year = expected.year
                or (files.stated_year is null and contains(files.file_name, cast(expected.year as varchar)))
            )
    qualify rank() over (partition by files.source_path order by length(expected.name) desc) = 1

),

final as (

    select * from by_name
    union
    select * from by_file_name

)

select * from final
