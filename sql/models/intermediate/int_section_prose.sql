{#- The prose of sections 一 and 五, and the same with everything that is not the agency's own wording blotted out. -#}
{%- set blot = '□' -%}
with

reports as (

    select * from {{ ref('reports') }}
    where is_current and is_modelled and agency_id is not null and report_year is not null

),

phrases as (

    select list({{ compact('phrase') }} order by length(phrase) desc, phrase) as phrases
    from {{ ref('statutory_phrases') }}

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
            and (sections.next_block_no is null or paragraphs.block_no < sections.next_block_no)
    where sections.section_no in (1, 5)
    group by all

),

-- The agency's names, longest first: a short name is part of a long one.
named as (

    select
        prose.*,
        reports.agency,
        reports.agency_id,
        reports.report_year,
        list_filter(
            [
                {{ compact('reports.agency') }},
                substr(reports.agency_id, instr(reports.agency_id, '/') + 1),
                reports.region,
                split_part(reports.agency_id, '/', 1)
            ],
            lambda name: length(name) >= 2
        ) as names
    from prose
    inner join reports using (report_id)

),

final as (

    select
        named.report_id,
        named.agency,
        named.agency_id,
        named.report_year,
        named.section_no,
        named.page,
        named.prose,
        regexp_replace(
            list_reduce(
                list_prepend(named.prose, list_concat(named.names, phrases.phrases)),
                lambda text, words: replace(text, words, repeat('{{ blot }}', length(words)))
            ),
            '[^\p{Han}]|[一二三四五六七八九十百千万亿零〇两年月日]', '{{ blot }}', 'g'
        ) as blotted
    from named
    cross join phrases

)

select * from final
