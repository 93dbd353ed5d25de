{#- How often each rule could be judged on each report, and how often it was. -#}
with

reports as (

    select * from {{ ref('reports') }}
    where is_current

),

modelled as (

    select * from reports
    where is_modelled

),

cells as (

    select
        cell_values.*,
        status in ('reported', 'blank', 'not_applicable') as is_settled
    from {{ ref('cell_values') }} as cell_values
    inner join modelled using (report_id)

),

tables as (

    select * from {{ ref('report_tables') }}
    where form_table <> 'statistics'

),

of_cells as (

    select
        report_id,
        unnest([
            {'rule': 'completeness.cells_present', 'possible': count(*), 'judged': count(*) filter (where is_judged)},
            {
                'rule': 'completeness.values_readable', 'possible': count(*),
                'judged': count(*) filter (where is_judged and status not in ('missing', 'ambiguous'))
            },
            {
                'rule': 'completeness.totals_filled', 'possible': count(*) filter (where is_result),
                'judged': count(*) filter (where is_result and is_judged and is_settled)
            },
            {
                'rule': 'completeness.cells_filled', 'possible': count(*),
                'judged': count(*) filter (where is_judged and is_settled)
            },
            {
                'rule': 'non_negativity.counts', 'possible': count(*) filter (where value_kind = 'count'),
                'judged': count(*) filter (where value_kind = 'count' and is_judged and status = 'reported')
            },
            {
                'rule': 'non_negativity.whole_counts', 'possible': count(*) filter (where value_kind <> 'amount'),
                'judged': count(*) filter (where value_kind <> 'amount' and is_judged and status = 'reported')
            },
            {
                'rule': 'non_negativity.amounts', 'possible': count(*) filter (where value_kind = 'amount'),
                'judged': count(*) filter (where value_kind = 'amount' and is_judged and status = 'reported')
            },
            {
                'rule': 'non_negativity.amount_precision', 'possible': count(*) filter (where value_kind = 'amount'),
                'judged': count(*) filter (where value_kind = 'amount' and is_judged and status = 'reported')
            },
            {
                'rule': 'non_negativity.items_left', 'possible': count(*) filter (where breakdown = 'change'),
                'judged': 0
            }
        ]) as instance
    from cells
    group by report_id

),

of_items as (

    select
        change.report_id,
        {'rule': 'non_negativity.items_left', 'possible': 0, 'judged': count(*)} as instance
    from cells as change
    inner join cells as earlier using (report_id, form_table, indicator)
    where
        change.breakdown = 'change' and earlier.breakdown = 'prior_items'
        and change.is_judged and change.status = 'reported' and earlier.status = 'reported'
    group by change.report_id

),

of_reports as (

    select
        report_id,
        unnest([
            {'rule': 'completeness.identity_known', 'possible': 2, 'judged': 2},
            {'rule': 'completeness.region_known', 'possible': 1, 'judged': cast(agency is not null as integer)},
            {
                'rule': 'completeness.one_per_year', 'possible': 1,
                'judged': cast(agency_id is not null and scope <> 'unknown' and report_year is not null as integer)
            },
            {'rule': 'continuity.copied_report', 'possible': 1, 'judged': 0},
            -- Sections 一 and 五 and the file as a whole; the file can always be compared.
            {'rule': 'narrative.copied_text', 'possible': 3, 'judged': 1}
        ]) as instance
    from modelled
    union all
    select
        report_id,
        {'rule': 'completeness.edition_covered', 'possible': 1, 'judged': 1} as instance
    from reports

),

of_tables as (

    select
        report_id,
        unnest([
            {'rule': 'completeness.tables_present', 'possible': 1, 'judged': 1},
            {
                'rule': 'completeness.edition_current', 'possible': 1,
                'judged': cast(presence = 'present' and report_year is not null as integer)
            }
        ]) as instance
    from tables

),

of_rows as (

    select
        tables.report_id,
        {'rule': 'completeness.row_shape', 'possible': 1, 'judged': 0} as instance
    from {{ ref('stg_form_rows') }} as form_rows
    inner join tables
        on form_rows.document_id = tables.report_id and form_rows.form_table = tables.form_table
    union all
    select
        report_id,
        {'rule': 'completeness.row_shape', 'possible': 0, 'judged': 1} as instance
    from {{ ref('table_rows') }}
    union all
    select
        report_id,
        {'rule': 'completeness.sections_present', 'possible': 1, 'judged': 1} as instance
    from {{ ref('report_sections') }}

),

of_copies as (

    select
        report_id,
        {'rule': 'continuity.copied_report', 'possible': 0, 'judged': 1} as instance
    from {{ ref('int_copied_reports') }}
    where is_copied is not null
    union all
    select
        report_id,
        {'rule': 'narrative.copied_text', 'possible': 0, 'judged': 1} as instance
    from {{ ref('section_overlaps') }}
    where share is not null

),

of_relations as (

    select
        report_id,
        {'rule': rule, 'possible': 1, 'judged': cast(holds is not null as integer)} as instance
    from {{ ref('judged_relations') }}
    union all
    select
        report_id,
        {'rule': rule, 'possible': 1, 'judged': cast(agrees is not null as integer)} as instance
    from {{ ref('narrative_claims') }}

),

of_submissions as (

    select
        report_id,
        {
            'rule': 'completeness.on_time', 'possible': 1,
            'judged': max(cast(days_late is not null as integer))
        } as instance
    from {{ ref('submissions') }}
    where report_id is not null
    group by report_id

),

instances as (

    select * from of_cells
    union all
    select * from of_items
    union all
    select * from of_reports
    union all
    select * from of_tables
    union all
    select * from of_rows
    union all
    select * from of_copies
    union all
    select * from of_relations
    union all
    select * from of_submissions

),

final as (

    select
        instances.report_id,
        cast(null as varchar) as submission_key,
        instances.instance.rule,
        cast(sum(instances.instance.possible) as bigint) as instances_possible,
        cast(sum(instances.instance.judged) as bigint) as instances_judged
    from instances
    group by all
    union all
    select
        report_id,
        submission_key,
        'completeness.submitted' as rule,
        1 as instances_possible,
        cast(state <> 'unreadable' and (is_due or state <> 'missing') as integer) as instances_judged
    from {{ ref('submissions') }}

)

select * from final
