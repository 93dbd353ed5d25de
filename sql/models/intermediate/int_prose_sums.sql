{#- A stated whole and the parts named after it in the same sentence: 907条，其中网站41条，公众号866条. -#}
with

numbers as (

    select * from {{ ref('int_prose_numbers') }}
    where section_no is distinct from 5

),

patterns as (

    select
        max(pattern) filter (where claim = 'whole') as whole,
        max(pattern) filter (where claim = 'complete') as complete,
        max(pattern) filter (where claim = 'channel') as channel,
        max(pattern) filter (where claim = 'inexact') as inexact
    from {{ ref('stg_narrative_patterns') }}
    where kind = 'sum'

),

-- Parts end with the bracket that holds them, or where a part is divided in its turn.
wholes as (

    select
        numbers.*,
        patterns.*,
        regexp_extract(tail, patterns.whole) as marker,
        case
            when regexp_matches(regexp_extract(tail, patterns.whole), '[（(]')
                then regexp_extract(tail[length(regexp_extract(tail, patterns.whole)) + 1:], '^[^）)]*')
            else split_part(tail[length(regexp_extract(tail, patterns.whole)) + 1:], '其中', 1)
        end as extent
    from numbers
    cross join patterns
    where regexp_matches(tail, patterns.whole)

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
                regexp_extract(regexp_extract(numbers.lead, '[^，、；。：（(0-9]*$'), wholes.channel), ''
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
            when regexp_matches(wholes.lead || wholes.extent, wholes.inexact) then null
            when parts.count_channels = parts.count_parts and parts.parts > wholes.value then false
            when regexp_matches(wholes.tail, wholes.complete) then false
        end as agrees
    from wholes
    inner join parts using (report_id, paragraph, sentence_no, number_no)
    where parts.count_parts >= 2

)

select * from final
