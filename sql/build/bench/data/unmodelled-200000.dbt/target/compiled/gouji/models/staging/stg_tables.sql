with

editions as (

    select * from "unmodelled-200000"."staging"."stg_editions"

),

printed as (

    select * from "unmodelled-200000"."staging"."stg_printed_codes"

),

value_rows as (

    select distinct
        document_id,
        form_table
    from "unmodelled-200000"."staging"."stg_row_values"

),

counts as (

    select
        document_id,
        form_table,
        count(distinct code) filter (where kind = 'row') as count_rows,
        count(distinct code) filter (where kind = 'header') as count_headers
    from printed
    group by all

),

-- A report of 2014-2018 carries the statistics table and none of today's.
statistics as (

    select document_id
    from counts
    group by document_id
    having
        max(count_rows) filter (where form_table = 'statistics') >= 3
        and coalesce(max(count_rows) filter (where form_table in ('proactive', 'applications')), 0) < 3

),

expected as (

    select document_id, 'proactive' as form_table, proactive_edition as edition from editions
    union all
    select document_id, 'applications' as form_table, applications_edition as edition from editions
    union all
    select document_id, 'disputes' as form_table, disputes_edition as edition from editions

),

modelled as (

    select
        expected.document_id,
        expected.form_table,
        expected.edition,
        case
            when
                expected.form_table = 'proactive'
                and value_rows.document_id is not null
                and not editions.is_proactive_recognised
                then 'unrecognised'
            when value_rows.document_id is not null then 'present'
            when coalesce(counts.count_headers, 0) >= 3 then 'unrecognised'
            else 'missing'
        end as presence
    from expected
    inner join editions using (document_id)
    left join value_rows using (document_id, form_table)
    left join counts using (document_id, form_table)
    where expected.document_id not in (select document_id from statistics)

),

final as (

    select * from modelled
    union all
    select
        document_id,
        'statistics' as form_table,
        'statistics_2014' as edition,
        'present' as presence
    from statistics

)

select * from final