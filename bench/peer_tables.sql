-- The tables the peers check, from the marts attached as warehouse. Numbers are doubles, which all
-- tools handle faster than decimals. What compares several rows is worked out here, so that no
-- peer has to: its time is not counted.

create table cells as
select
    report_id,
    form_table,
    indicator,
    breakdown,
    status,
    cast(value as double) as value,
    cast(trunc(value) as double) as whole_value,
    value_kind,
    case
        when blank_kind = 'total_of_nonzero' then 'owed'
        when status in ('blank', 'not_applicable') then 'empty'
        else 'filled'
    end as filling,
    printed_unit,
    printed_decimals
from warehouse.marts.cell_values
where is_judged;

create table items_left as
select report_id, form_table, indicator, cast(sum(value) as double) as items_left
from warehouse.marts.cell_values
where
    form_table = 'proactive'
    and breakdown in ('prior_items', 'change')
    and is_judged
    and status = 'reported'
group by report_id, form_table, indicator
having count(*) = 2;

create table form_tables as
select
    report_id,
    form_table,
    edition,
    presence,
    coalesce(valid_from - report_year, 0) as years_early,
    coalesce(report_year - valid_to, 0) as years_late
from warehouse.marts.report_tables;

create table form_sections as
select report_id, section_no, printed_no
from warehouse.marts.report_sections;

create table form_rows as
select report_id, form_table, indicator, count_values, count_expected
from warehouse.marts.table_rows;

create table reports as
select
    report_id,
    agency,
    report_year,
    region,
    case
        when agency_id is not null and scope is not null and report_year is not null
            then count(*) over (partition by agency_id, scope, report_year)
        else 1
    end as reports_of_same_year,
    case
        when report_id in (
            select report_id
            from warehouse.marts.findings
            where rule = 'continuity.copied_report'
        ) then 0
        else 1
    end as fewest_differences,
    (
        select any_value(shared.other_claim)
        from warehouse.marts.shared_files as shared
        where shared.report_id = reports.report_id
    ) as other_claim
from warehouse.marts.reports as reports
where is_current;

create table submissions as
select
    submission_key as report_id,
    case when is_due and state = 'missing' then 'missing' else 'accounted' end as state_when_due
from warehouse.marts.submissions;

create table handed_in as
select report_id, min(days_late) as days_late
from warehouse.marts.submissions
where report_id is not null
group by report_id;

create table relations as
select
    report_id,
    rule,
    cast(left_value as double) as left_value,
    cast(right_value as double) as right_value
from warehouse.marts.relations
where holds is not null;

create table claims as
select
    report_id,
    rule,
    cast(stated_value as double) as stated_value,
    cast(table_value as double) as table_value,
    stated_name,
    known_name
from warehouse.marts.narrative_claims
where agrees is not null;

create table copied_sections as
select report_id, section_no, share
from warehouse.marts.section_overlaps;
