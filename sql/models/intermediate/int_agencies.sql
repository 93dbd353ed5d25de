{#- Whose report it is and where: the keys by which reports are joined over years. -#}
{%- set place = '\\p{Han}{1,7}?(?:自治区|自治州|自治县|地区|省|市|盟|县|区|旗)' -%}
with

identity as (

    select * from {{ ref('stg_identity') }}

),

facts as (

    select * from {{ source('raw', 'source_facts') }}

),

place_names as (

    select * from {{ ref('place_names') }}

),

not_places as (

    select list(name) as names
    from place_names
    where kind = 'not_a_place'

),

openings as (

    select
        document_id,
        string_agg({{ compact('text') }}, '' order by block_no) filter (where block_no <= 8) as opening,
        bool_or(regexp_matches({{ compact('text') }}, '汇总|所辖|所属(?:各|有关|相关)?单位')) filter (where block_no <= 5)
            as names_subordinates,
        bool_or(regexp_matches({{ compact('text') }}, '全[省市县区州旗]')) as names_whole
    from {{ source('raw', 'paragraphs') }}
    group by document_id

),

stated as (

    select
        identity.* exclude (agency, report_year, agency_evidence, year_evidence),
        coalesce(facts.agency, identity.agency) as agency,
        coalesce(facts.year, identity.report_year) as report_year,
        case when facts.agency is not null then 'sources.csv' else identity.agency_evidence end as agency_evidence,
        case when facts.year is not null then 'sources.csv' else identity.year_evidence end as year_evidence,
        facts.url,
        facts.region as stated_region,
        facts.scope as stated_scope,
        facts.source_path is not null as is_in_sources,
        openings.opening,
        coalesce(openings.names_subordinates, false) as names_subordinates,
        coalesce(openings.names_whole, false) as names_whole
    from identity
    left join facts using (source_path)
    left join openings using (document_id)

),

candidates as (

    select
        document_id,
        evidence,
        evidence_no,
        list_filter(
            regexp_extract_all(printed, '{{ place }}'),
            lambda name: not list_contains(not_places.names, name)
        ) as places
    from (
        select document_id, 'sources.csv' as evidence, 1 as evidence_no, stated_region as printed from stated
        union all
        select document_id, 'title', 2, regexp_extract(agency, '^(?:{{ place }})+') from stated
        union all
        select document_id, 'text', 3, regexp_extract(opening, '[“"《(（、，。；](\p{Han}{2,4}[县市区旗])人民政府', 1) from stated
        union all
        select
            document_id,
            'folder',
            4,
            list_last(list_filter(
                string_split(regexp_extract(source_path, '^(.*)/[^/]*$', 1), '/'),
                lambda part: regexp_full_match(part, '(?:{{ place }})+')
            ))
        from stated
    )
    cross join not_places
    where printed <> ''

),

-- 鼓楼区 alone names several districts: without its city it names none.
regions as (

    select
        candidates.document_id,
        candidates.evidence,
        list_last(candidates.places) as place,
        array_to_string(candidates.places, '') as region,
        case
            when ambiguous.name is null then list_last(candidates.places)
            when len(candidates.places) > 1 then array_to_string(candidates.places[-2:], '')
        end as region_key
    from candidates
    left join place_names as ambiguous
        on list_last(candidates.places) = ambiguous.name and ambiguous.kind = 'ambiguous'
    where len(candidates.places) > 0 and region_key is not null
    qualify row_number() over (partition by candidates.document_id order by candidates.evidence_no) = 1

),

named as (

    select
        stated.*,
        regions.region,
        regions.region_key,
        regions.evidence as region_evidence,
        case
            when regions.evidence = 'title' or starts_with(stated.agency, regions.region)
                then substr(stated.agency, instr(stated.agency, regions.place) + length(regions.place))
            else stated.agency
        end as office
    from stated
    left join regions using (document_id)

),

final as (

    select
        document_id,
        source_path,
        url,
        title,
        agency,
        report_year,
        published_on,
        is_in_sources,
        region,
        case
            when regexp_matches(office, '^[^局]*(?:乡|镇|街道)') then 'town'
            when region is null then null
            when regexp_matches(region, '(?:县|区|旗)$') then 'county'
            when regexp_matches(region, '(?:市|州|盟|地区)$') then 'city'
            else 'province'
        end as level,
        case when agency is not null then region_key || '/' || office end as agency_id,
        case
            when stated_scope in ('own', 'whole') then stated_scope
            when agency is null then 'unknown'
            when
                regexp_matches(office, '人民政府$')
                then case when names_whole or names_subordinates then 'whole' else 'unknown' end
            when names_subordinates then 'whole'
            else 'own'
        end as scope,
        concat_ws(
            '; ', 'agency: ' || agency_evidence, 'year: ' || year_evidence, 'region: ' || region_evidence
        ) as identity_evidence
    from named

)

select * from final
