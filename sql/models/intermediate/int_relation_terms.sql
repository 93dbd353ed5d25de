{#- What localisation works on: the judged relations of every table in which one fails, cell by cell. -#}
with

relations as (

    select * from {{ ref('judged_relations') }}
    where holds is not null

),

members as (

    select * from {{ ref('int_relation_members') }}

),

form_cells as (

    select * from {{ ref('indicators') }}

),

-- Where each cell is printed; a neighbour may take part in no judged relation, and keeps its place.
placed as (

    select
        cell_values.*,
        min(cell_values.ordinal) over printed_row as line_begins,
        row_number() over (printed_row order by cell_values.ordinal) as place
    from {{ ref('cell_values') }} as cell_values
    inner join form_cells using (form_table, indicator, breakdown)
    where cell_values.is_judged
    window printed_row as (partition by cell_values.report_id, cell_values.form_table, form_cells.row_key)

),

cells as (

    select
        *,
        dense_rank() over (partition by report_id, form_table order by line_begins) as line
    from placed

),

failing as (

    select
        relations.report_id,
        relations.form_table
    from relations
    inner join members using (rule, form_table, subject)
    where not relations.holds
    group by all

),

contradicted as (

    select
        report_id,
        form_table,
        indicator,
        breakdown,
        -- One for the prose, one for last year's report.
        count(distinct witness) as witnesses
    from (
        select
            report_id,
            form_table,
            indicator,
            breakdown,
            'prose' as witness
        from {{ ref('narrative_claims') }}
        where agrees is not null and stated_value <> cell_value
        union all
        select
            carried.report_id,
            carried.form_table,
            carry_overs.member as indicator,
            carried.subject as breakdown,
            'last year' as witness
        from {{ ref('judged_relations') }} as carried
        inner join {{ ref('carry_overs') }} as carry_overs using (rule, form_table)
        where not carried.holds and carry_overs.member_in = 'indicator' and carry_overs.years_before = 0
    ) as statements
    group by report_id, form_table, indicator, breakdown

),

final as (

    select
        relations.report_id,
        relations.form_table,
        relations.rule,
        relations.subject,
        members.indicator,
        members.breakdown,
        members.sign * case members.side when 'left' then 1 else -1 end as sign,
        cells.value,
        cells.line,
        cells.place,
        -- One for each reason to distrust the cell.
        cast(cells.value is null as integer)
        + cast(coalesce(cells.confidence < {{ var('least_sure') }}, false) as integer)
        + coalesce(contradicted.witnesses, 0) as doubt,
        cells.is_result
    from relations
    inner join failing using (report_id, form_table)
    inner join members using (rule, form_table, subject)
    inner join cells using (report_id, form_table, indicator, breakdown)
    left join contradicted using (report_id, form_table, indicator, breakdown)

)

select * from final
