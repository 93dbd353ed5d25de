with

numbers as (

    select * from "unmodelled-200000"."intermediate"."int_prose_numbers"
    where section_no is distinct from 5

),

marked as (

    select
        *,
        regexp_extract(tail, '^(?:人次|[件份宗起条篇个次项])[，、：:]?[（(]?(?:其中|分别)') as marker
    from numbers
    where regexp_matches(tail, '^(?:人次|[件份宗起条篇个次项])[，、：:]?[（(]?(?:其中|分别)')

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
                    regexp_extract(numbers.lead, '[^，、；。：（(0-9]*$'), '现场|当面|来访|电话|来电|网上|网络|线上|线下|信函|来信|邮寄|传真|窗口'
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
            when regexp_matches(wholes.lead || wholes.extent, '等|余|多|约|近|包括|主要|部分|以上|左右|[比较]上|同比|另') then null
            when parts.count_channels = parts.count_parts and parts.parts > wholes.value then false
            when regexp_matches(wholes.tail, '^(?:人次|[件份宗起条篇个次项])[，、：:]?[（(]?分别') then false
        end as agrees
    from wholes
    inner join parts using (report_id, paragraph, sentence_no, number_no)
    where parts.count_parts >= 2

)

select * from final