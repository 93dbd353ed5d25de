{#- Renamed, merged and split agencies, as the agencies that reports come from. -#}
with

changes as (

    select
        region,
        name,
        successor,
        kind,
        first_year
    from {{ ref('agencies') }}
    union
    select
        region,
        name,
        successor,
        coalesce(kind, 'renamed') as kind,
        first_year
    from {{ source('raw', 'agency_changes') }}

),

agencies as (

    select distinct
        agency_id,
        split_part(agency_id, '/', 1) as region_key,
        substr(agency_id, instr(agency_id, '/') + 1) as office,
        region,
        {{ compact('agency') }} as agency
    from {{ ref('reports') }}
    where agency_id is not null

),

sides as (

    select
        changes.*,
        {{ compact('name') }} as printed,
        true as is_former
    from changes
    union all
    select
        changes.*,
        {{ compact('successor') }} as printed,
        false as is_former
    from changes

),

-- A name is the office's own, or the office's with its region before it.
known as (

    select distinct
        sides.*,
        agencies.agency_id,
        agencies.region_key,
        sides.printed <> agencies.office as is_full
    from sides
    inner join agencies
        on
            sides.printed in (
                agencies.office,
                agencies.agency,
                agencies.region || agencies.office,
                agencies.region_key || agencies.office
            )
            and (
                sides.region is null
                or ends_with(agencies.region, {{ compact('sides.region') }})
                or ends_with({{ compact('sides.region') }}, agencies.region_key)
            )

),

formers as (

    select * from known
    where is_former

),

successors as (

    select * from known
    where not is_former

),

-- Bare names lie in one place; where both are named in full, the place may have changed too.
final as (

    select distinct
        formers.agency_id as former_id,
        successors.agency_id as successor_id,
        coalesce(formers.kind, successors.kind) as kind,
        coalesce(formers.first_year, successors.first_year) as first_year
    from formers
    full outer join successors
        on
            formers.name = successors.name
            and formers.successor = successors.successor
            and formers.region is not distinct from successors.region
            and formers.first_year = successors.first_year
            and formers.kind = successors.kind
            and (formers.region_key = successors.region_key or (formers.is_full and successors.is_full))

)

select * from final
