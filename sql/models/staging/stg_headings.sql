with

paragraphs as (

    select * from {{ source('raw', 'paragraphs') }}

),

sections as (

    select * from {{ ref('sections') }}

),

numbered as (

    select
        document_id,
        block_no,
        page,
        {{ half_width(ordinary('text')) }} as heading,
        regexp_extract({{ ordinary('text') }}, '^\s*([一二三四五六七八九十]{1,2})\s*[、.．,，]', 1) as numeral
    from paragraphs
    where length(text) <= 60

),

matched as (

    select
        numbered.document_id,
        numbered.block_no,
        numbered.page,
        numbered.heading,
        instr('一二三四五六七八九十', numbered.numeral) as printed_no,
        sections.section_no
    from numbered
    left join sections
        on regexp_matches(replace(numbered.heading, ' ', ''), sections.pattern)
    where numbered.numeral <> '' and length(numbered.numeral) = 1

),

-- 五、依申请公开工作存在的主要问题及改进情况 has words of two sections: its number decides, else the later.
final as (

    select
        document_id,
        block_no,
        page,
        heading,
        printed_no,
        coalesce(max(section_no) filter (where section_no = printed_no), max(section_no)) as section_no
    from matched
    group by all

)

select * from final
