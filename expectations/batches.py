"""What the expectations look at: each mart, narrowed to what counts and told where it stands."""

from __future__ import annotations

from expectations import places
from expectations.batch import SUBMISSIONS_UNDER, Batch

CELL_SUBJECT = "form_table || '.' || indicator || '.' || breakdown"

# What several rules ask of a cell is worked out once: compared texts are most of a scan's cost.
CELL_VALUES = Batch(
    "cell_values",
    """
select
    *,
    ordinal as cell_no,
    has_figure and value_kind = 'count' as is_count,
    has_figure and value_kind in ('count', 'change') as is_whole_kind,
    has_figure and value_kind = 'amount' as is_amount
from (
    select
        *,
        status = 'reported' and value is not null as has_figure
    from marts.cell_values
    where is_judged
) as judged
""",
    place=places.CELL,
    subject=CELL_SUBJECT,
)

# `filling` says whether a cell that is there was filled in:
#   owed      a total left empty although some member of its row or column is not 0, or, where the
#             whole 总计 column of the applications table is empty and one such total is owed, any
#             total of that column
#   empty     any other cell that is blank or holds / — 无
#   filled    it holds something
# It is worked out here from the printed values alone, apart from the models that list findings, and
# for the reports alone that leave a total empty.
CELLS_FILLED = Batch(
    "cells_filled",
    """
with without_total as (
    select distinct report_id
    from marts.cell_values
    where is_judged and is_result and status in ('blank', 'not_applicable')
),

with_blanks as (
    select
        *,
        status in ('blank', 'not_applicable') as is_empty,
        status = 'reported' and value <> 0 as is_nonzero
    from marts.cell_values
    where is_judged and report_id in (select report_id from without_total)
),

owed as (
    select
        *,
        is_result and is_empty and (
            case
                when form_table = 'disputes' and indicator = 'total'
                    then bool_or(is_nonzero and indicator <> 'total') over down
                when form_table = 'applications' and indicator = 'outcome_total'
                    then bool_or(
                        is_nonzero and indicator not in (
                            'new_received', 'carried_in', 'outcome_total', 'carried_out'
                        )
                    ) over down
                else false
            end
            or form_table = 'applications' and breakdown = 'total'
            and bool_or(is_nonzero and breakdown <> 'total') over across
        ) as is_owed
    from with_blanks
    window
        down as (partition by report_id, form_table, breakdown),
        across as (partition by report_id, form_table, indicator)
),

columns_of_totals as (
    select
        *,
        form_table = 'applications' and breakdown = 'total' and is_result and is_empty
        and bool_and(is_empty) over whole and bool_or(is_owed) over whole as is_in_owed_column
    from owed
    window whole as (partition by report_id, form_table, breakdown)
)

select
    *,
    ordinal as cell_no,
    case
        when status in ('blank', 'not_applicable') then 'empty'
        when status in ('reported', 'unreadable') then 'filled'
    end as filling
from marts.cell_values
where is_judged and (
    status not in ('blank', 'not_applicable')
    or report_id not in (select report_id from without_total)
)

union all by name

select
    * exclude (is_empty, is_nonzero, is_owed, is_in_owed_column),
    ordinal as cell_no,
    case when is_owed or is_in_owed_column then 'owed' else 'empty' end as filling
from columns_of_totals
where is_empty
""",
    place=places.CELL,
    subject=CELL_SUBJECT,
)

# Trial form: the number of items a year later, where both figures were read.
ITEMS_LEFT = Batch(
    "items_left",
    """
select
    before.*,
    before.ordinal as cell_no,
    before.value + change.value as items_left
from marts.cell_values as before
inner join marts.cell_values as change
    on before.report_id = change.report_id
    and before.form_table = change.form_table
    and before.indicator = change.indicator
    and before.breakdown = 'prior_items'
    and change.breakdown = 'change'
where before.form_table = 'proactive'
    and before.is_judged and before.status = 'reported'
    and change.is_judged and change.status = 'reported'
""",
    place=places.CELL,
    subject="form_table || '.' || indicator",
)

# The count is over all current reports, so that a namesake outside PATH is seen.
REPORTS = Batch(
    "reports",
    """
select
    *,
    count(*) over (partition by agency_id, scope, report_year) as reports_of_same_year
from marts.reports
where is_current
""",
    place="source_path",
    page="null",
)

REPORT_TABLES = Batch(
    "report_tables",
    "select * from marts.report_tables",
    place=places.TABLE,
    page="null",
    subject="form_table",
)

REPORT_SECTIONS = Batch(
    "report_sections",
    "select * from marts.report_sections",
    place=places.SECTION,
    subject="cast(section_no as varchar)",
)

TABLE_ROWS = Batch(
    "table_rows",
    "select * from marts.table_rows",
    place=places.ROW,
    subject="form_table || '.' || indicator",
)

# What the prose states and could be compared with the tables.
NARRATIVE_CLAIMS = Batch(
    "narrative_claims",
    "select * from marts.narrative_claims where agrees is not null",
    place="sentence",
    subject="""
    claim || coalesce('.' || nullif(
        row_number() over (
            partition by report_id, claim, agrees order by paragraph, sentence_no, claim_no
        ), 1
    ), '')
""",
)

# One row for each expected report; one that is missing and not due yet has no state to judge.
SUBMISSIONS = Batch(
    "submissions",
    """
select
    *,
    case when is_due or state <> 'missing' then state end as state_when_due
from marts.submissions
""",
    place="listed_in || ':' || line_no",
    page="null",
    scope=f"submission_key IN (select submission_key from {SUBMISSIONS_UNDER})",
    subject="submission_key",
)

# The expected reports that are there. One listed twice need only keep the later date.
HANDED_IN = Batch(
    "handed_in",
    """
select
    * exclude (days_late),
    min(days_late) over (partition by report_id) as days_late
from marts.submissions
where report_id is not null
qualify row_number() over (partition by report_id order by submission_key) = 1
""",
    place="source_path",
    page="null",
    subject="'published_on'",
)

RELATIONS = Batch(
    "relations",
    "select * from marts.relations",
    place="subject",
    subject="form_table || '.' || subject",
)

# Each report that could be compared with an earlier year of its agency, and whether it has the very
# same figures as one: both legible, the same cells, and enough figures other than 0 to tell. The
# figures of a report are compared by one number, the sum of the hashes of its cells, apart from the
# model that lists findings; and only where the totals of the applications are already the same.
YEARS_COMPARED = Batch(
    "years_compared",
    """
with totals as (
    select report_id, sum(hash(ordinal, value, status)) as figures
    from marts.cell_values
    where is_judged and form_table = 'applications' and indicator = 'outcome_total'
    group by report_id
),

-- Outer joins keep DuckDB from pairing all reports of the same totals before it looks at the years.
alike as (
    select
        pairs.report_id,
        pairs.earlier_report_id
    from marts.report_pairs as pairs
    left join totals as own on own.report_id = pairs.report_id
    left join totals as other on other.report_id = pairs.earlier_report_id
    where own.figures is not distinct from other.figures
),

flows as (
    select
        report_id,
        form_table,
        hash(ordinal, value, status) as figure,
        status in ('reported', 'blank', 'not_applicable') as is_settled,
        case
            when is_result or indicator = 'new_received' or status <> 'reported' then 0 else value
        end as telling
    from marts.cell_values
    where is_judged and breakdown not in ('in_force', 'disclosed_total', 'prior_items')
        and report_id in (
            select report_id from alike union select earlier_report_id from alike
        )
),

figures as (
    select
        report_id,
        count(*) as flows,
        sum(cast(figure as hugeint)) as figures,
        count(*) filter (where telling <> 0) >= 3 and max(telling) >= 10 as is_telling
    from flows
    group by report_id
    having count(distinct form_table) = 3 and bool_and(is_settled)
),

copies as (
    select distinct alike.report_id
    from alike
    inner join figures as own on own.report_id = alike.report_id and own.is_telling
    inner join figures as other
        on other.report_id = alike.earlier_report_id
        and other.flows = own.flows
        and other.figures = own.figures
)

select
    reports.*,
    copies.report_id is not null as is_copy
from marts.reports
inner join intermediate.int_copied_reports as compared
    on compared.report_id = reports.report_id and compared.is_copied is not null
left join copies on copies.report_id = reports.report_id
where reports.is_current
""",
    place="source_path",
    page="null",
    subject="'report'",
)

SECTION_OVERLAPS = Batch(
    "section_overlaps",
    "select * from marts.section_overlaps",
    place=places.SECTION,
    subject="'section.' || section_no",
)

SHARED_FILES = Batch(
    "shared_files",
    """
select
    reports.report_id,
    reports.agency,
    reports.report_year,
    reports.source_path,
    shared_files.own_claim,
    shared_files.other_claim
from marts.reports
left join marts.shared_files using (report_id)
where reports.is_current
""",
    place="source_path",
    page="null",
    subject="'file'",
)
