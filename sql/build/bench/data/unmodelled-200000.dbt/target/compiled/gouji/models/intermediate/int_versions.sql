with

documents as (

    select * from "unmodelled-200000"."raw"."documents"

),

agencies as (

    select * from "unmodelled-200000"."intermediate"."int_agencies"

),

-- What a path holds now; what it held before has been replaced.
present as (

    select distinct document_id
    from (
        select document_id
        from "unmodelled-200000"."raw"."sources"
        qualify seen_run = max(seen_run) over (partition by source_path)
    )

),

keyed as (

    select
        agencies.document_id,
        documents.format,
        agencies.published_on,
        agencies.is_in_sources,
        present.document_id is not null as is_present,
        coalesce(try_cast(nullif(regexp_extract(lower(regexp_extract(agencies.source_path, '[^/]*$')), '[v第]([0-9]{1,3})(?:版|[^0-9a-z]|$)', 1), '') as integer), 0)
        + case when regexp_matches(regexp_extract(agencies.source_path, '[^/]*$'), '修订') then 1000 else 0 end
        + case when regexp_matches(regexp_extract(agencies.source_path, '[^/]*$'), '定稿|终稿|正式') then 2000 else 0 end as version_no,
        case
            when agencies.agency_id is null or agencies.scope = 'unknown' or agencies.report_year is null
                then agencies.document_id
            else concat_ws('|', agencies.agency_id, agencies.scope, agencies.report_year)
        end as version_key
    from agencies
    inner join documents using (document_id)
    left join present using (document_id)

),

-- Dates decide only where every report has one.
dated as (

    select
        * exclude (published_on),
        case
            when
                count(published_on) filter (where is_present) over (partition by version_key)
                = count(*) filter (where is_present) over (partition by version_key)
                then published_on
        end as published_on
    from keyed

),

ranked as (

    select
        *,
        dense_rank() over (
            partition by version_key
            order by is_present desc, is_in_sources desc, published_on desc nulls last, version_no desc
        ) as version_rank,
        count(*) over (partition by version_key) as count_documents
    from dated

),

leaders as (

    select
        *,
        count(*) over (partition by version_key) as count_leaders
    from ranked
    where version_rank = 1

),

-- Leaders that the four grounds leave undecided are compared cell by cell.
differing as (

    select
        leaders.version_key,
        cells.form_table,
        cells.indicator,
        cells.breakdown
    from leaders
    inner join "unmodelled-200000"."intermediate"."int_cells" as cells using (document_id)
    where
        leaders.count_leaders > 1
        and cells.status in ('reported', 'blank', 'not_applicable')
    group by all
    having count(distinct coalesce(cast(cells.value as varchar), cells.status)) > 1

),

final as (

    select
        ranked.document_id,
        ranked.version_key,
        ranked.is_present
        and ranked.version_rank = 1
        and (
            differing.version_key is not null
            or row_number() over (
                partition by ranked.version_key
                order by ranked.version_rank, list_position(['docx', 'pdf', 'html', 'text', 'scan'], ranked.format), ranked.document_id
            ) = 1
        ) as is_current,
        differing.version_key is not null and ranked.version_rank = 1 as is_undecided,
        case
            when not ranked.is_present then 'replaced'
            when ranked.count_documents = 1 then 'only'
            when ranked.version_rank = 1 and differing.version_key is not null then 'undecided'
            when ranked.version_rank > 1 then 'superseded'
            when leaders.count_leaders > 1 then 'same_figures'
            else 'decided'
        end as version_basis
    from ranked
    left join leaders using (document_id)
    left join (select distinct version_key from differing) as differing
        on ranked.version_key = differing.version_key

)

select * from final