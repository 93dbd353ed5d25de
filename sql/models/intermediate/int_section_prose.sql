{#- The prose of sections 一 and 五, and the same with everything that is not the agency's own wording blotted out. -#}
{%- set blot = '□' -%}
with

reports as (

    select * from {{ ref('reports') }}
    where is_current and is_modelled and agency_id is not null and report_year is not null

),

sections as (

    select
        report_id,
        section_no,
        block_no,
        page,
        lead(block_no) over (partition by report_id order by block_no) as next_block_no
    from {{ ref('report_sections') }}
    where block_no is not null

),

prose as (

    select
        sections.report_id,
        sections.section_no,
        min(sections.page) as page,
        string_agg({{ compact('paragraphs.text') }}, '' order by paragraphs.block_no) as prose
    from sections
    inner join {{ source('raw', 'paragraphs') }} as paragraphs
        on
            sections.report_id = paragraphs.document_id
            and sections.block_no < paragraphs.block_no
            and (sections.next_block_no is null or sections.next_block_no > paragraphs.block_no)
    where sections.section_no in (1, 5)
    group by all

),

-- The agency's names, the longest first: one may be part of another.
named as (

    select
        prose.*,
        reports.agency,
        reports.agency_id,
        reports.report_year,
        list_sort(
            list_transform(
                list_filter(
                    [
                        {{ compact('reports.agency') }},
                        substr(reports.agency_id, instr(reports.agency_id, '/') + 1),
                        reports.region,
                        split_part(reports.agency_id, '/', 1)
                    ],
                    lambda name: length(name) >= 2
                ),
                lambda name: lpad(cast(length(name) as varchar), 3, '0') || name
            ),
            'desc'
        ) as names
    from prose
    inner join reports on prose.report_id = reports.report_id

),

nameless as (

    select
        * exclude (names),
        {{ blotted_out('prose', 'names', 4, blot) }} as line
    from named

),

-- Each set phrase is replaced by as many blots.
split as (

    select
        *,
        string_split_regex(line, {{ statutory_phrase() }}) as pieces,
        list_transform(
            regexp_extract_all(line, {{ statutory_phrase() }}), lambda match: repeat('{{ blot }}', length(match))
        ) as blots
    from nameless

),

final as (

    select
        report_id,
        agency,
        agency_id,
        report_year,
        section_no,
        page,
        prose,
        regexp_replace(
            array_to_string(
                list_transform(
                    range(1, len(pieces) + 1), lambda place: pieces[place] || coalesce(blots[place], '')
                ), ''
            ),
            '[^\p{Han}]|[一二三四五六七八九十百千万亿零〇两年月日]', '{{ blot }}', 'g'
        ) as blotted
    from split

)

select * from final
