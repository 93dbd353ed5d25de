with

paragraphs as (

    select * from {{ source('raw', 'paragraphs') }}

),

sections as (

    select * from {{ ref('sections') }}

),

-- Reports head their sections alike: each heading is looked at once.
numbered as (

    select
        text,
        {{ half_width(ordinary('text')) }} as heading,
        regexp_extract({{ ordinary('text') }}, '^\s*([一二三四五六七八九十]{1,2})\s*[、.．,，]', 1) as numeral
    from (
        select distinct text from paragraphs
        where length(text) <= 60
    ) as lines

),

matched as (

    select
        numbered.text,
        numbered.heading,
        instr('一二三四五六七八九十', numbered.numeral) as printed_no,
        sections.section_no
    from numbered
    left join sections
        on regexp_matches(replace(numbered.heading, ' ', ''), sections.pattern)
    where length(numbered.numeral) = 1

),

-- 五、依申请公开工作存在的主要问题及改进情况 has words of two sections: its number decides, else the later.
headings as (

    select
        text,
        heading,
        printed_no,
        coalesce(max(section_no) filter (where section_no = printed_no), max(section_no)) as section_no
    from matched
    group by all

),

final as (

    select
        paragraphs.document_id,
        paragraphs.block_no,
        paragraphs.page,
        headings.heading,
        headings.printed_no,
        headings.section_no
    from paragraphs
    inner join headings using (text)

)

select * from final
