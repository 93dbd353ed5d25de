{#- The prose in sentences: lines that were wrapped, or torn by the end of a page, are joined. -#}
with

paragraphs as (

    select * from {{ source('raw', 'paragraphs') }}

),

headings as (

    select * from {{ ref('stg_headings') }}
    where section_no is not null

),

tables as (

    select distinct
        document_id,
        block_no
    from {{ source('raw', 'cells') }}

),

lines as (

    select
        paragraphs.document_id,
        paragraphs.block_no,
        paragraphs.page,
        {{ prose_line('paragraphs.text') }} as line,
        paragraphs.block_no in (
            select headings.block_no from headings
            where headings.document_id = paragraphs.document_id
        )
        or {{ is_report_title(compact('paragraphs.text')) }} as stands_alone,
        -- No table lies between two lines of one number.
        (
            select count(*) from tables
            where tables.document_id = paragraphs.document_id and tables.block_no < paragraphs.block_no
        ) as count_tables
    from paragraphs
    -- A line of a page number and nothing else interrupts no sentence.
    where not regexp_full_match({{ compact('paragraphs.text') }}, '[-—–]*第?[0-9]{1,3}页?[-—–]*')

),

neighbours as (

    select
        *,
        lag(line) over before as line_before,
        coalesce(lag(stands_alone) over before, true) or stands_alone or lag(count_tables) over before <> count_tables
            as is_apart
    from lines
    window before as (partition by document_id order by block_no)

),

-- Two figures that meet at the end of a line are not joined: it may be one number or two.
paragraph_numbers as (

    select
        document_id,
        block_no,
        page,
        line,
        sum(case
            when
                not is_apart
                and length(line_before) >= 12
                and not regexp_matches(line_before, '[。！？；：.;:!?]$')
                and not regexp_matches(
                    line,
                    '^(?:[一二三四五六七八九十]{1,3}[、.．是]|[(（][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.、．]|注[:：])'
                )
                and not regexp_full_match(line, '20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日')
                and not (regexp_matches(line_before, '[0-9]$') and regexp_matches(line, '^[0-9]'))
                then 0
            else 1
        end) over (partition by document_id order by block_no) as paragraph
    from neighbours

),

joined as (

    select
        document_id,
        paragraph,
        min(block_no) as block_no,
        min(page) as page,
        string_agg(line, '' order by block_no) as line
    from paragraph_numbers
    group by document_id, paragraph

),

placed as (

    select
        joined.*,
        (
            select arg_max(headings.section_no, headings.block_no)
            from headings
            where headings.document_id = joined.document_id and headings.block_no <= joined.block_no
        ) as section_no
    from joined

),

split as (

    select
        *,
        unnest(list_filter(regexp_extract_all(line, '[^。！？]*[。！？]?'), lambda part: part <> '')) as printed,
        generate_subscripts(list_filter(regexp_extract_all(line, '[^。！？]*[。！？]?'), lambda part: part <> ''), 1)
            as sentence_no
    from placed

),

final as (

    select
        document_id,
        cast(paragraph as integer) as paragraph,
        cast(sentence_no as integer) as sentence_no,
        block_no,
        page,
        section_no,
        printed,
        {{ with_figures('printed') }} as sentence,
        coalesce(string_agg({{ with_figures('printed') }}, '') over (
            partition by document_id, paragraph
            order by sentence_no
            rows between unbounded preceding and 1 preceding
        ), '') as said_before,
        line as whole_paragraph
    from split

)

select * from final
