{#- How often each rule could be judged, and how often it was. -#}
with

cells as (

    select
        cell_values.*,
        status in ('reported', 'blank', 'not_applicable') as is_settled
    from {{ ref('cell_values') }} as cell_values
    inner join {{ ref('reports') }} as reports using (report_id)
    where reports.is_current and reports.is_modelled

),

cell_counts as (

    select
        count(*) as cells,
        count(*) filter (where is_judged) as cells_judged,
        count(*) filter (where is_judged and status not in ('missing', 'ambiguous')) as cells_found,
        count(*) filter (where is_judged and is_settled) as cells_settled,
        count(*) filter (where is_result) as totals,
        count(*) filter (where is_result and is_judged and is_settled) as totals_settled,
        count(*) filter (where value_kind = 'count') as counts,
        count(*) filter (where value_kind = 'count' and is_judged and status = 'reported') as counts_read,
        count(*) filter (where value_kind <> 'amount') as whole,
        count(*) filter (where value_kind <> 'amount' and is_judged and status = 'reported') as whole_read,
        count(*) filter (where value_kind = 'amount') as amounts,
        count(*) filter (where value_kind = 'amount' and is_judged and status = 'reported') as amounts_read,
        count(*) filter (where breakdown = 'change') as items,
        (
            select count(*)
            from cells as change
            inner join cells as earlier using (report_id, form_table, indicator)
            where
                change.breakdown = 'change' and earlier.breakdown = 'prior_items'
                and change.is_judged and change.status = 'reported' and earlier.status = 'reported'
        ) as items_read
    from cells

),

report_counts as (

    select
        count(*) as reports,
        count(*) filter (where is_modelled) as modelled,
        count(*) filter (where is_modelled and agency is not null) as named,
        count(*) filter (where is_modelled and agency_id is not null and scope <> 'unknown' and report_year is not null)
            as keyed
    from {{ ref('reports') }}
    where is_current

),

table_counts as (

    select
        count(*) as tables,
        count(*) filter (where presence = 'present') as tables_present,
        count(*) filter (where presence = 'present' and report_year is not null) as tables_dated
    from {{ ref('report_tables') }}
    where form_table <> 'statistics'

),

row_counts as (

    select
        (
            select count(*)
            from {{ ref('stg_form_rows') }} as form_rows
            inner join {{ ref('report_tables') }} as report_tables
                on form_rows.document_id = report_tables.report_id and form_rows.form_table = report_tables.form_table
        ) as form_rows,
        (select count(*) from {{ ref('table_rows') }}) as rows_found,
        (select count(*) from {{ ref('report_sections') }}) as sections

),

copy_counts as (

    select
        (select count(*) from {{ ref('int_copied_reports') }} where is_copied is not null) as figures_compared,
        (select count(*) from {{ ref('section_overlaps') }} where share is not null) as sections_compared

),

submission_counts as (

    select
        count(*) as submissions,
        count(*) filter (where state <> 'unreadable' and (is_due or state <> 'missing')) as submissions_due,
        count(distinct report_id) as handed_in,
        count(distinct report_id) filter (where days_late is not null) as handed_in_dated
    from {{ ref('submissions') }}

),

counted as (

    select
        unnest([
            {'rule': 'completeness.tables_present', 'possible': tables, 'judged': tables},
            {'rule': 'completeness.cells_present', 'possible': cells, 'judged': cells_judged},
            {'rule': 'completeness.values_readable', 'possible': cells, 'judged': cells_found},
            {'rule': 'completeness.totals_filled', 'possible': totals, 'judged': totals_settled},
            {'rule': 'completeness.cells_filled', 'possible': cells, 'judged': cells_settled},
            {'rule': 'completeness.row_shape', 'possible': form_rows, 'judged': rows_found},
            {'rule': 'completeness.sections_present', 'possible': sections, 'judged': sections},
            {'rule': 'completeness.identity_known', 'possible': 2 * modelled, 'judged': 2 * modelled},
            {'rule': 'completeness.region_known', 'possible': modelled, 'judged': named},
            {'rule': 'completeness.one_per_year', 'possible': modelled, 'judged': keyed},
            {'rule': 'completeness.edition_current', 'possible': tables, 'judged': tables_dated},
            {'rule': 'completeness.edition_covered', 'possible': reports, 'judged': reports},
            {'rule': 'completeness.submitted', 'possible': submissions, 'judged': submissions_due},
            {'rule': 'completeness.on_time', 'possible': handed_in, 'judged': handed_in_dated},
            {'rule': 'non_negativity.counts', 'possible': counts, 'judged': counts_read},
            {'rule': 'non_negativity.whole_counts', 'possible': whole, 'judged': whole_read},
            {'rule': 'non_negativity.amounts', 'possible': amounts, 'judged': amounts_read},
            {'rule': 'non_negativity.amount_precision', 'possible': amounts, 'judged': amounts_read},
            {'rule': 'non_negativity.items_left', 'possible': items, 'judged': items_read},
            {'rule': 'continuity.copied_report', 'possible': modelled, 'judged': figures_compared},
            {'rule': 'narrative.copied_text', 'possible': 3 * modelled, 'judged': modelled + sections_compared}
        ]) as instance
    from cell_counts
    cross join report_counts
    cross join table_counts
    cross join row_counts
    cross join copy_counts
    cross join submission_counts

),

final as (

    select
        instance.rule,
        instance.possible as instances_possible,
        instance.judged as instances_judged
    from counted
    union all
    select
        rule,
        count(*) as instances_possible,
        count(holds) as instances_judged
    from {{ ref('judged_relations') }}
    group by rule
    union all
    select
        rule,
        count(*) as instances_possible,
        count(agrees) as instances_judged
    from {{ ref('narrative_claims') }}
    group by rule

)

select * from final
