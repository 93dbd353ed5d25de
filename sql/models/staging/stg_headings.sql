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
        {{ half_width('text') }} as heading,
        regexp_extract(text, '^\s*([一二三四五六七八九十]{1,2})\s*[、.．,，]', 1) as numeral
    from paragraphs
    where length(text) <= 60

),

-- Section numerals are those of the six headings and the four that follow by mistake.
final as (

    select
        numbered.document_id,
        numbered.block_no,
        numbered.page,
        numbered.heading,
        instr('一二三四五六七八九十', numbered.numeral) as printed_no,
        min(sections.section_no) as section_no
    from numbered
    left join sections
        on regexp_matches(replace(numbered.heading, ' ', ''), sections.pattern)
    where numbered.numeral <> '' and length(numbered.numeral) = 1
    group by all

)

select * from final
