{#- A stated whole and the parts named after it in the same sentence: 907条，其中网站41条，公众号866条. -#}
with

numbers as (

    select * from {{ ref('int_prose_numbers') }}
    where section_no is distinct from 5

),

marked as (

    select
        *,
        regexp_extract(tail, {{ narrative_pattern('sum', 'whole') }}) as marker
    from numbers
    where regexp_matches(tail, {{ narrative_pattern('sum', 'whole') }})

),

-- Parts end with the bracket that holds them, or where a part is divided in its turn.
wholes as (

    select
        *,
        case
            when regexp_matches(marker, '[（(]') then regexp_extract(substr(tail, length(marker) + 1), '^[^）)]*')
            else split_part(substr(tail, length(marker) + 1), '其中', 1)
        end as extent
    from marked

),

parts as (

    select
        wholes.report_id,
        wholes.paragraph,
        wholes.sentence_no,
        wholes.number_no,
        sum(numbers.value) as parts,
        count(*) as count_parts,
        count(
            distinct nullif(
                regexp_extract(
                    regexp_extract(numbers.lead, '[^，、；。：（(0-9]*$'), {{ narrative_pattern('sum', 'channel') }}
                ), ''
            )
        ) as count_channels
    from wholes
    inner join numbers
        on
            wholes.report_id = numbers.report_id
            and wholes.paragraph = numbers.paragraph
            and wholes.sentence_no = numbers.sentence_no
            and wholes.unit = numbers.unit
            and wholes.number_no < numbers.number_no
            and length(wholes.tail) - length(numbers.tail) <= length(wholes.marker) + length(wholes.extent)
    group by all

),

-- What follows 其中 need not be all. Ways of asking exclude each other, so that they cannot be more than the whole.
final as (

    select
        wholes.report_id,
        wholes.paragraph,
        wholes.sentence_no,
        wholes.number_no,
        wholes.page,
        wholes.section_no,
        wholes.printed,
        wholes.lead,
        wholes.tail,
        wholes.value as stated_value,
        parts.parts as table_value,
        case
            when parts.parts = wholes.value then true
            when regexp_matches(wholes.lead || wholes.extent, {{ narrative_pattern('sum', 'inexact') }}) then null
            when parts.count_channels = parts.count_parts and parts.parts > wholes.value then false
            when regexp_matches(wholes.tail, {{ narrative_pattern('sum', 'complete') }}) then false
        end as agrees
    from wholes
    inner join parts using (report_id, paragraph, sentence_no, number_no)
    where parts.count_parts >= 2

)

select * from final
