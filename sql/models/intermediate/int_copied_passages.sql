{#- The longest passage that a copied section has in common with the other report's. -#}
with

copied as (

    select * from {{ ref('section_overlaps') }}
    where share >= {{ var('copied_share') }}

),

shingles as (

    select * from {{ ref('int_section_shingles') }}

),

prose as (

    select * from {{ ref('int_section_prose') }}

),

matched as (

    select
        copied.report_id,
        copied.section_no,
        copied.related_report_id,
        own.letter_no,
        own.letter_no - other.letter_no as shift,
        own.first_place as own_first,
        own.last_place as own_last,
        other.first_place as other_first,
        other.last_place as other_last
    from copied
    inner join shingles as own using (report_id, section_no)
    inner join shingles as other
        on
            copied.related_report_id = other.report_id
            and copied.section_no = other.section_no
            and own.shingle = other.shingle

),

-- Shingles that follow each other in both reports make one passage.
islands as (

    select
        *,
        letter_no - row_number() over (partition by report_id, section_no, shift order by letter_no) as island_no
    from matched

),

passages as (

    select
        report_id,
        section_no,
        related_report_id,
        min(own_first) as own_first,
        max(own_last) as own_last,
        min(other_first) as other_first,
        max(other_last) as other_last,
        count(*) as count_shingles
    from islands
    group by report_id, section_no, related_report_id, shift, island_no

),

longest as (

    select * from passages
    qualify row_number() over (
        partition by report_id, section_no order by count_shingles desc, own_first asc
    ) = 1

),

final as (

    select
        longest.report_id,
        longest.section_no,
        longest.related_report_id,
        substr(own.prose, longest.own_first, longest.own_last - longest.own_first + 1) as own_passage,
        substr(other.prose, longest.other_first, longest.other_last - longest.other_first + 1) as other_passage
    from longest
    inner join prose as own
        on longest.report_id = own.report_id and longest.section_no = own.section_no
    inner join prose as other
        on longest.related_report_id = other.report_id and longest.section_no = other.section_no

)

select * from final
