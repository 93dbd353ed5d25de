{#- How much of sections 一 and 五 stands in another report too: the agency's own of an earlier year, or another's. -#}
with

prose as (

    select * from {{ ref('int_section_prose') }}

),

-- What many agencies write is common wording and nobody's own.
common as (

    select
        section_no,
        shingle
    from {{ ref('int_section_shingles') }}
    group by section_no, shingle
    having count(distinct agency_id) > {{ var('most_agencies') }}

),

shingles as (

    select
        listed.*,
        common.shingle is null as is_own
    from {{ ref('int_section_shingles') }} as listed
    left join common using (section_no, shingle)

),

sizes as (

    select
        report_id,
        section_no,
        count(*) as count_shingles,
        count(*) filter (where is_own) as count_own
    from shingles
    group by all

),

own as (

    select
        shingles.*,
        sizes.count_own
    from shingles
    inner join sizes using (report_id, section_no)
    where
        shingles.is_own
        and sizes.count_own >= {{ var('least_shingles') }}
        and 2 * sizes.count_own >= sizes.count_shingles

),

shared as (

    select
        own.report_id,
        own.section_no,
        own.count_own,
        pairs.earlier_report_id as related_report_id,
        count(*) as count_shared
    from own
    inner join {{ ref('report_pairs') }} as pairs using (report_id)
    inner join shingles as other
        on
            pairs.earlier_report_id = other.report_id
            and own.section_no = other.section_no
            and own.shingle = other.shingle
    group by all
    union all
    select
        own.report_id,
        own.section_no,
        own.count_own,
        other.report_id as related_report_id,
        count(*) as count_shared
    from own
    inner join shingles as other
        on
            own.section_no = other.section_no
            and own.shingle = other.shingle
            and own.report_year = other.report_year
            and own.agency_id <> other.agency_id
    -- A government and its office (人民政府, 人民政府办公室) may well write one text.
    where
        other.is_own
        and not starts_with(own.agency_id, other.agency_id)
        and not starts_with(other.agency_id, own.agency_id)
    group by all

),

-- What there is to compare with, whether it shares anything or not.
comparable as (

    select
        report_id,
        section_no
    from prose
    window same_year as (partition by section_no, report_year)
    qualify min(agency_id) over same_year < max(agency_id) over same_year
    union
    select
        prose.report_id,
        prose.section_no
    from prose
    inner join {{ ref('report_pairs') }} as pairs using (report_id)
    inner join prose as other on pairs.earlier_report_id = other.report_id and prose.section_no = other.section_no

),

nearest as (

    select * from shared
    qualify row_number() over (
        partition by report_id, section_no order by count_shared desc, related_report_id asc
    ) = 1

),

final as (

    select
        prose.report_id,
        prose.agency,
        prose.report_year,
        prose.section_no,
        nearest.related_report_id,
        sizes.count_shingles,
        sizes.count_own,
        coalesce(nearest.count_shared, 0) as count_shared,
        case
            when
                sizes.count_own >= {{ var('least_shingles') }}
                and 2 * sizes.count_own >= sizes.count_shingles
                and comparable.report_id is not null
                then coalesce(nearest.count_shared, 0) / sizes.count_own
        end as share,
        prose.page
    from prose
    left join sizes using (report_id, section_no)
    left join nearest using (report_id, section_no)
    left join comparable using (report_id, section_no)

)

select * from final
order by report_id, section_no
