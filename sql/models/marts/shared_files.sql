{#- Files whose identical bytes lie in several places that say they are of different agencies. -#}
{%- set place = '\\p{Han}{1,7}?(?:自治区|自治州|自治县|地区|省|市|盟|县|区|旗)' -%}
with

reports as (

    select
        report_id,
        agency,
        report_year,
        identity_evidence
    from {{ ref('reports') }}
    where is_current and is_modelled

),

not_places as (

    select list(name) as names
    from {{ ref('place_names') }}
    where kind = 'not_a_place'

),

paths as (

    select
        document_id as report_id,
        source_path
    from {{ source('raw', 'sources') }}
    qualify seen_run = max(seen_run) over (partition by source_path)

),

-- A folder speaks for reports that do not name their place themselves.
stated as (

    select
        paths.report_id,
        paths.source_path,
        {{ compact('facts.agency') }} as agency,
        coalesce(
            facts.region,
            case
                when not contains(reports.identity_evidence, 'region: title')
                    then list_last(list_filter(
                        string_split(regexp_extract(paths.source_path, '^(.*)/[^/]*$', 1), '/'),
                        lambda part: regexp_full_match(part, '(?:{{ place }})+')
                    ))
            end
        ) as region
    from paths
    inner join reports using (report_id)
    left join {{ source('raw', 'source_facts') }} as facts using (source_path)

),

-- Only counties and districts are told apart: a city's folder may hold what its counties sent.
claims as (

    select
        stated.report_id,
        stated.source_path,
        stated.agency,
        list_last(list_filter(
            regexp_extract_all(stated.region, '{{ place }}'),
            lambda name: regexp_matches(name, '(?:县|区|旗)$')
            and not regexp_matches(name, '(?:自治区|地区)$')
            and not list_contains(not_places.names, name)
        )) as place
    from stated
    cross join not_places

),

conflicts as (

    select
        own.report_id,
        own.source_path,
        other.source_path as other_path,
        case when own.place <> other.place then own.place else own.agency end as own_claim,
        case when own.place <> other.place then other.place else other.agency end as other_claim
    from claims as own
    inner join claims as other on own.report_id = other.report_id and own.source_path < other.source_path
    where
        own.place <> other.place
        or (not ends_with(own.agency, other.agency) and not ends_with(other.agency, own.agency))

),

final as (

    select
        conflicts.report_id,
        reports.agency,
        reports.report_year,
        conflicts.source_path,
        conflicts.own_claim,
        conflicts.other_path,
        conflicts.other_claim
    from conflicts
    inner join reports using (report_id)
    qualify row_number() over (
        partition by conflicts.report_id order by conflicts.source_path, conflicts.other_path
    ) = 1

)

select * from final
