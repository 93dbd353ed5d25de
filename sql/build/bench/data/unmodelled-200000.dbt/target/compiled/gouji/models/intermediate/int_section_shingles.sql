with

prose as (

    select
        report_id,
        agency_id,
        report_year,
        section_no,
        string_split(blotted, '') as letters
    from "unmodelled-200000"."intermediate"."int_section_prose"

),

kept as (

    select
        * exclude (letters),
        list_filter(range(1, len(letters) + 1), lambda n: letters[n] <> '□') as places,
        list_filter(letters, lambda letter: letter <> '□') as letters
    from prose

),

listed as (

    select
        * exclude (places, letters),
        unnest(
            list_transform(
                range(1, greatest(len(letters) - 6, 1)),
                lambda n: {
                    'shingle': hash(letters[n:n + 7]),
                    'letter_no': n,
                    'first_place': places[n],
                    'last_place': places[n + 7]
                }
            )
        ) as found
    from kept

),

-- Of a passage that comes twice, the first.
final as (

    select
        listed.report_id,
        listed.agency_id,
        listed.report_year,
        listed.section_no,
        listed.found.shingle,
        min(listed.found.letter_no) as letter_no,
        min(listed.found.first_place) as first_place,
        min(listed.found.last_place) as last_place
    from listed
    group by all

)

select * from final