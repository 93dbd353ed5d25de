-- The checks of every rule of the five suites, by hand: what no tool on DuckDB can do in less.
-- Fills the table failing (rule, report_id, subject), one row for each case.

create temporary table failing (rule varchar, report_id varchar, subject varchar);

-- Cells: one scan for all that looks at one cell alone.
create temporary table odd_cells as
select report_id, form_table, indicator, breakdown, status, value, value_kind, printed_unit, printed_decimals, is_result
from marts.cell_values
where
    is_judged
    and (
        status <> 'reported'
        or value < 0
        or value_kind in ('count', 'change') and value <> trunc(value)
        or printed_decimals > 4
    );

-- Totals that are owed are looked for only in the reports that leave one empty.
create temporary table filling as
with

doubtful as (
    select distinct report_id, form_table
    from odd_cells
    where is_result and status in ('blank', 'not_applicable') and form_table in ('applications', 'disputes')
),

judged as (
    select
        cells.report_id,
        cells.form_table,
        cells.indicator,
        cells.breakdown,
        cells.is_result,
        cells.status in ('blank', 'not_applicable') as is_empty,
        cells.status = 'reported' and cells.value <> 0 as is_nonzero
    from marts.cell_values as cells
    inner join doubtful using (report_id, form_table)
    where cells.is_judged
),

owed as (
    select
        *,
        is_result and is_empty and (
            form_table = 'disputes'
            and indicator = 'total'
            and bool_or(is_nonzero and indicator <> 'total') over down
            or form_table = 'applications'
            and indicator = 'outcome_total'
            and bool_or(
                is_nonzero and indicator not in ('new_received', 'carried_in', 'outcome_total', 'carried_out')
            ) over down
            or form_table = 'applications'
            and breakdown = 'total'
            and bool_or(is_nonzero and breakdown <> 'total') over across
        ) as is_owed
    from judged
    window
        down as (partition by report_id, form_table, breakdown),
        across as (partition by report_id, form_table, indicator)
)

select
    report_id,
    form_table,
    indicator,
    breakdown,
    is_owed
    or form_table = 'applications'
    and breakdown = 'total'
    and is_result
    and is_empty
    and bool_and(is_empty) over (partition by report_id, form_table, breakdown)
    and bool_or(is_owed) over (partition by report_id, form_table, breakdown) as is_owed
from owed;

insert into failing
with cells as (
    select odd_cells.*, coalesce(filling.is_owed, false) as is_owed
    from odd_cells
    left join filling using (report_id, form_table, indicator, breakdown)
),

judged as (
    select
        report_id,
        concat_ws('.', form_table, indicator, breakdown) as subject,
        unnest([
            case when status in ('missing', 'ambiguous') then 'completeness.cells_present' end,
            case when status = 'unreadable' then 'completeness.values_readable' end,
            case when status in ('blank', 'not_applicable') and is_owed then 'completeness.totals_filled' end,
            case when status in ('blank', 'not_applicable') and not is_owed then 'completeness.cells_filled' end,
            case
                when status = 'reported' and value_kind = 'count' and value < 0 then 'non_negativity.counts'
            end,
            case
                when status = 'reported' and value_kind in ('count', 'change') and value <> trunc(value)
                    then 'non_negativity.whole_counts'
            end,
            case
                when status = 'reported' and value_kind = 'amount' and value < 0 then 'non_negativity.amounts'
            end,
            case
                when status = 'reported' and value_kind = 'amount' and printed_unit = '万元' and printed_decimals > 4
                    then 'non_negativity.amount_precision'
            end
        ]) as rule
    from cells
)

select rule, report_id, subject
from judged
where rule is not null;

insert into failing
select 'non_negativity.items_left', report_id, concat_ws('.', form_table, indicator)
from marts.cell_values
where
    form_table = 'proactive'
    and breakdown in ('prior_items', 'change')
    and is_judged
    and status = 'reported'
group by report_id, form_table, indicator
having count(*) = 2 and sum(value) < 0;

-- Whole tables, sections and rows.
insert into failing
select 'completeness.tables_present', report_id, form_table
from marts.report_tables
where form_table <> 'statistics' and presence <> 'present'
union all
select 'completeness.edition_current', report_id, form_table
from marts.report_tables
where form_table <> 'statistics' and presence = 'present' and not report_year between valid_from and valid_to
union all
select 'completeness.edition_covered', report_id, form_table
from marts.report_tables
where edition = 'statistics_2014'
union all
select 'completeness.sections_present', report_id, cast(section_no as varchar)
from marts.report_sections
where printed_no <> section_no
union all
select 'completeness.row_shape', report_id, concat_ws('.', form_table, indicator)
from marts.table_rows
where count_values <> count_expected;

-- Who and when; one report for each agency, scope and year; what is expected.
insert into failing
select unnest(rules), report_id, 'report'
from (
    select
        report_id,
        list_filter([
            case when agency is null then 'completeness.identity_known' end,
            case when report_year is null then 'completeness.identity_known' end,
            case when agency is not null and region is null then 'completeness.region_known' end
        ], lambda rule : rule is not null) as rules
    from marts.reports
    where is_current and (agency is null or report_year is null or region is null)
);

insert into failing
select 'completeness.one_per_year', unnest(list(report_id)), 'report'
from marts.reports
where is_current and agency_id is not null and scope is not null and report_year is not null
group by agency_id, scope, report_year
having count(*) > 1;

insert into failing
select 'completeness.submitted', cast(null as varchar), submission_key
from marts.submissions
where is_due and state = 'missing'
union all
select 'completeness.on_time', report_id, 'published_on'
from marts.submissions
where report_id is not null
group by report_id
having min(days_late) > 0;

-- Sums within a report and figures carried over from the last.
insert into failing
select rule, report_id, concat_ws('.', form_table, subject)
from marts.relations
where holds is not null and left_value <> right_value;

-- A copy has the same 总计 row as the year it copies: few pairs are left to compare. Two reports have
-- the same figures when the hashes of their cells, 64 bits each, add up to the same.
create temporary table pairs as
with totals as (
    select report_id, hash(natural_person, business, research, social, legal, other_org, total) as figures
    from marts.applications
    where indicator = 'outcome_total'
)

select pairs.report_id, pairs.earlier_report_id
from marts.report_pairs as pairs
left join totals as own on pairs.report_id = own.report_id
left join totals as other on pairs.earlier_report_id = other.report_id
where own.figures is not distinct from other.figures;

create temporary table flows as
select
    report_id,
    form_table,
    indicator,
    breakdown,
    case when status = 'reported' then cast(value as varchar) else status end as figure,
    status in ('reported', 'blank', 'not_applicable') as is_settled,
    case
        when is_result or indicator = 'new_received' or status <> 'reported' then 0 else value
    end as telling
from marts.cell_values
where
    report_id in (select report_id from pairs union select earlier_report_id from pairs)
    and is_judged
    and breakdown not in ('in_force', 'disclosed_total', 'prior_items');

insert into failing
with years as (
    select
        report_id,
        count(*) as flows,
        sum(hash(form_table, indicator, breakdown, figure)) as figures,
        count(*) filter (where telling <> 0) >= 3 and max(telling) >= 10 as is_telling
    from flows
    group by report_id
    having count(distinct form_table) = 3 and bool_and(is_settled)
)

select distinct 'continuity.copied_report', pairs.report_id, 'report'
from pairs
inner join years as own on pairs.report_id = own.report_id and own.is_telling
inner join years as other
    on
        pairs.earlier_report_id = other.report_id
        and own.flows = other.flows
        and own.figures = other.figures;

-- The prose.
insert into failing
select rule, report_id, claim
from marts.narrative_claims
where agrees is not null and stated_value <> table_value
union all
select rule, report_id, claim
from marts.narrative_claims
where agrees is not null and rule = 'narrative.year' and stated_name <> known_name
union all
select 'narrative.copied_text', report_id, cast(section_no as varchar)
from marts.section_overlaps
where share >= 0.7
union all
select 'narrative.copied_text', shared_files.report_id, 'file'
from marts.shared_files as shared_files
inner join marts.reports as reports using (report_id)
where reports.is_current and shared_files.other_claim is not null;
