with

open_rows as (

    select
        alignment.*,
        tables.edition,
        greatest(alignment.row_width, alignment.count_filled) as count_bits
    from "unmodelled-200000"."staging"."stg_row_alignment" as alignment
    inner join "unmodelled-200000"."staging"."stg_tables" as tables using (document_id, form_table)
    where
        alignment.form_table in (select form_table from "unmodelled-200000"."form"."relations")
        and alignment.alignment = 'ambiguous' and alignment.count_versions = 1
        and alignment.row_width <> alignment.count_filled and alignment.count_filled > 0
        and greatest(alignment.row_width, alignment.count_filled) <= 16

),

filled as (

    select * from "unmodelled-200000"."staging"."stg_row_values"
    where is_filled
    qualify bool_and(status = 'reported') over (partition by document_id, form_table, row_key, row_id)

),

form_cells as (

    select
        form_table,
        row_key,
        edition,
        indicator,
        breakdown,
        row_number() over (partition by edition, form_table, row_key order by ordinal) as position
    from "unmodelled-200000"."form"."indicators"
    cross join unnest(string_split(editions, ' ')) as of_editions (edition)

),

-- The bits of a way are the slots that are filled, or of a surplus the values that are kept.
ways as (

    select distinct
        open_rows.row_width,
        open_rows.count_filled,
        numbers.way
    from open_rows
    cross join range(1, 65536) as numbers (way)
    where
        numbers.way < 1 << open_rows.count_bits
        and bit_count(numbers.way) = least(open_rows.row_width, open_rows.count_filled)

),

few_ways as (

    select * from ways
    qualify count(*) over (partition by row_width, count_filled) <= 16

),

pairs as (

    select
        row_width,
        count_filled,
        way,
        case when row_width > count_filled then bit else bit_no end as position,
        case when row_width > count_filled then bit_no else bit end as filled_no
    from (
        select
            ways.*,
            bits.bit,
            row_number() over (partition by ways.row_width, ways.count_filled, ways.way order by bits.bit) as bit_no
        from few_ways as ways
        cross join range(1, 17) as bits (bit)
        where (ways.way >> (bits.bit - 1)) & 1 = 1
    ) as numbered

),

placed as (

    select
        open_rows.document_id,
        open_rows.form_table,
        open_rows.row_key,
        open_rows.row_id,
        ways.way,
        form_cells.indicator,
        form_cells.breakdown,
        form_cells.position,
        pairs.filled_no,
        filled.value
    from open_rows
    inner join form_cells using (form_table, row_key, edition)
    inner join few_ways as ways using (row_width, count_filled)
    left join pairs using (row_width, count_filled, way, position)
    left join filled using (document_id, form_table, row_key, row_id, filled_no)
    where exists (
        select 1 from filled as printed
        where
            open_rows.document_id = printed.document_id
            and open_rows.form_table = printed.form_table
            and open_rows.row_key = printed.row_key
    )

),

-- Ways that put the same values into the same cells are one.
printed as (

    select
        document_id,
        form_table,
        row_key,
        way,
        string_agg(coalesce(cast(value as varchar), ''), '|' order by position) as row_values
    from placed
    group by all

),

final as (

    select placed.* exclude (position)
    from placed
    inner join (
        select
            document_id,
            form_table,
            row_key,
            min(way) as way
        from printed
        group by document_id, form_table, row_key, row_values
    ) as distinct_ways using (document_id, form_table, row_key, way)

)

select * from final