"""The rows the expectations look at: each mart, narrowed to what counts and told where it stands.

Every batch has the columns of :data:`PLACE_COLUMNS`, by which Data Docs name a failing row, so that
one result format serves all suites. A batch is a query and not a table because only the judged rows
of current reports count, and because a run may cover only some of the reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# agency and report_year as the report names itself, place in words, report_id last.
PLACE_COLUMNS = ("agency", "report_year", "place", "page", "report_id")

# A table of the checkpoint's own connection: the reports this run covers.
REPORTS_UNDER = "temp.main.reports_under"

# Likewise the expected reports this run covers, by their submission_key.
SUBMISSIONS_UNDER = "temp.main.submissions_under"

# Columns by which a row tells that a rule is waived on it, before their number.
WAIVED = "waived_"

# A place told in Chinese and in English has this between the two.
BETWEEN_LANGUAGES = "\x1f"

_WORDS = {
    "zh": {
        "proactive": "二、主动公开政府信息情况",
        "applications": "三、收到和处理政府信息公开申请情况",
        "disputes": "四、政府信息公开行政复议、行政诉讼情况",
        "statistics": "政府信息公开情况统计表",
        "section": "第{}部分",
    },
    "en": {
        "proactive": "2. Proactive disclosure",
        "applications": "3. Applications received and handled",
        "disputes": "4. Reconsideration and litigation",
        "statistics": "Statistics table of 2014-2018",
        "section": "Section {}",
    },
}


@dataclass(frozen=True, slots=True)
class Batch:
    """A named select with the place columns; ``is_program`` batches are never narrowed to PATH.

    ``subject`` is the SQL, over the columns of the select, of the subject that a finding about the
    row has; None where a suite says it of each expectation. ``scope`` is the condition that narrows
    the batch to what the run covers.
    """

    name: str
    sql: str
    is_program: bool = False
    subject: str | None = None
    scope: str = f"report_id IN (select report_id from {REPORTS_UNDER})"

    def query(self, *, has_scope: bool, waived: Sequence[tuple[str, str]] = ()) -> str:
        """The select, over all reports or those of REPORTS_UNDER.

        For each pair of ``waived``, a rule and the SQL of its subject, a column tells the rows on
        which the rule is waived: ``waived_0``, ``waived_1`` and so on, NULL elsewhere.
        """
        # Great Expectations wants a query that begins with SELECT; some of these begin with WITH.
        columns = "".join(f", {WAIVED}{n}.rule AS {WAIVED}{n}" for n, _ in enumerate(waived))
        joins = "".join(_waived_join(n, *pair) for n, pair in enumerate(waived))
        query = f"SELECT batch.*{columns} FROM ({self.sql}) AS batch{joins}"
        if has_scope and not self.is_program:
            query += f" WHERE batch.{self.scope}"
        return query


def _waived_join(number: int, rule: str, subject: str) -> str:
    name = f"{WAIVED}{number}"
    # Renamed, because the SQL of the subject speaks of the batch's columns by their bare names.
    return (
        f" LEFT JOIN (select rule, report_id as waived_report, subject as waived_subject"
        f" from marts.findings where waived and rule = '{rule}') AS {name}"
        f" ON {name}.waived_report = batch.report_id AND {name}.waived_subject = {subject}"
    )


def _both(expression: str) -> str:
    """SQL for a place in both languages, from SQL that speaks of words in one.

    These are ``label_words``, ``table_words`` and ``section_words``: the label of a cell, and the
    codes form_table and section_no put in words.
    """
    return f"({_in_words(expression, 'zh')} || chr(31) || {_in_words(expression, 'en')})"


def _in_words(expression: str, language: str) -> str:
    words = _WORDS[language]
    codes = ("proactive", "applications", "disputes", "statistics")
    cases = " ".join(f"when '{code}' then '{words[code]}'" for code in codes)
    before, after = words["section"].split("{}")
    sql = expression.replace("label_words", f"label_{language}")
    sql = sql.replace("table_words", f"(case form_table {cases} else form_table end)")
    return sql.replace("section_words", f"('{before}' || section_no || '{after}')")


_TABLE = _both("table_words")
_SECTION = _both("section_words")
_ROW = _both("table_words || ' · ' || coalesce(label_text, indicator)")
_CELL = _both("label_words")

# The same cell is labelled alike in every edition that has it; min() only makes the join unique.
LABELS = f"""
    select form_table, indicator, breakdown, min({_CELL}) as place
    from form.indicators
    group by form_table, indicator, breakdown
"""

# `filling` says whether a cell that is there was filled in:
#   owed      a total left empty although some member of its row or column is not 0, or, where the
#             whole 总计 column of the applications table is empty and one such total is owed, any
#             total of that column
#   empty     any other cell that is blank or holds / — 无
#   filled    it holds something
# It is worked out here from the printed values alone, apart from the models that list findings.
CELL_VALUES = Batch(
    "cell_values",
    f"""
with judged as (
    select
        *,
        status in ('blank', 'not_applicable') as is_empty,
        status = 'reported' and value <> 0 as is_nonzero,
        trunc(value) as whole_value
    from marts.cell_values
    where is_judged
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
    from judged
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
),

labels as ({LABELS})

select
    cells.* exclude (is_empty, is_nonzero, is_owed, is_in_owed_column),
    case
        when is_owed or is_in_owed_column then 'owed'
        when is_empty then 'empty'
        when status in ('reported', 'unreadable') then 'filled'
    end as filling,
    coalesce(labels.place, cells.indicator || '.' || cells.breakdown) as place
from columns_of_totals as cells
left join labels using (form_table, indicator, breakdown)
""",
    subject="form_table || '.' || indicator || '.' || breakdown",
)

# Trial form: the number of items a year later, where both figures were read.
ITEMS_LEFT = Batch(
    "items_left",
    f"""
with labels as ({LABELS}),

pairs as (
    select
        before.*,
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
)

select pairs.*, coalesce(labels.place, pairs.indicator) as place
from pairs
left join labels using (form_table, indicator, breakdown)
""",
    subject="form_table || '.' || indicator",
)

# The count is over all current reports, so that a namesake outside PATH is seen.
REPORTS = Batch(
    "reports",
    """
select
    *,
    count(*) over (partition by agency_id, scope, report_year) as reports_of_same_year,
    source_path as place,
    null::integer as page
from marts.reports
where is_current
""",
)

REPORT_TABLES = Batch(
    "report_tables",
    f"select *, {_TABLE} as place, null::integer as page from marts.report_tables",
    subject="form_table",
)

REPORT_SECTIONS = Batch(
    "report_sections",
    f"select *, {_SECTION} as place from marts.report_sections",
    subject="cast(section_no as varchar)",
)

TABLE_ROWS = Batch(
    "table_rows",
    f"select *, {_ROW} as place from marts.table_rows",
    subject="form_table || '.' || indicator",
)

# What the prose states and could be compared with the tables.
NARRATIVE_CLAIMS = Batch(
    "narrative_claims",
    """
select
    *,
    sentence as place,
    claim || coalesce('.' || nullif(
        row_number() over (
            partition by report_id, claim, agrees order by paragraph, sentence_no, claim_no
        ), 1
    ), '') as claim_subject
from marts.narrative_claims
where agrees is not null
""",
    subject="claim_subject",
)

# One row for each expected report; one that is missing and not due yet has no state to judge.
SUBMISSIONS = Batch(
    "submissions",
    """
select
    *,
    case when is_due or state <> 'missing' then state end as state_when_due,
    listed_in || ':' || line_no as place,
    null::integer as page
from marts.submissions
""",
    scope=f"submission_key IN (select submission_key from {SUBMISSIONS_UNDER})",
    subject="submission_key",
)

# The expected reports that are there. One listed twice need only keep the later date.
HANDED_IN = Batch(
    "handed_in",
    """
select
    * exclude (days_late),
    min(days_late) over (partition by report_id) as days_late,
    source_path as place,
    null::integer as page
from marts.submissions
where report_id is not null
qualify row_number() over (partition by report_id order by submission_key) = 1
""",
    subject="'published_on'",
)

RELATIONS = Batch(
    "relations",
    "select *, subject as place from marts.relations",
    subject="form_table || '.' || subject",
)

# For each report the fewest figures in which it differs from an earlier year of its agency, over
# the years whose form has the same cells, all legible in both; NULL where there is none, or where
# the report has too few figures other than 0 to tell. Worked out here cell by cell, apart from the
# model that lists findings.
YEARS_COMPARED = Batch(
    "years_compared",
    """
with flows as (
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
    where is_judged and breakdown not in ('in_force', 'disclosed_total', 'prior_items')
),

sizes as (
    select
        report_id,
        count(*) as flows,
        count(*) filter (where telling <> 0) >= 3 and max(telling) >= 10 as is_telling
    from flows
    group by report_id
    having count(distinct form_table) = 3 and bool_and(is_settled)
),

differences as (
    select
        pairs.report_id,
        count(*) as common,
        count(*) filter (where own.figure <> other.figure) as different,
        any_value(own_size.flows) as own_flows,
        any_value(other_size.flows) as other_flows
    from marts.report_pairs as pairs
    inner join sizes as own_size on own_size.report_id = pairs.report_id
    inner join sizes as other_size on other_size.report_id = pairs.earlier_report_id
    inner join flows as own on own.report_id = pairs.report_id
    inner join flows as other
        on other.report_id = pairs.earlier_report_id
        and other.form_table = own.form_table
        and other.indicator = own.indicator
        and other.breakdown = own.breakdown
    where own_size.is_telling
    group by pairs.report_id, pairs.earlier_report_id
)

select
    reports.*,
    reports.source_path as place,
    null::integer as page,
    nearest.fewest_differences
from marts.reports
left join (
    select report_id, min(different) as fewest_differences
    from differences
    where common = own_flows and common = other_flows
    group by report_id
) as nearest using (report_id)
where is_current
""",
    subject="'report'",
)

SECTION_OVERLAPS = Batch(
    "section_overlaps",
    f"select *, {_SECTION} as place from marts.section_overlaps",
    subject="'section.' || section_no",
)

SHARED_FILES = Batch(
    "shared_files",
    """
select
    reports.report_id,
    reports.agency,
    reports.report_year,
    reports.source_path as place,
    null::integer as page,
    shared_files.own_claim,
    shared_files.other_claim
from marts.reports
left join marts.shared_files using (report_id)
where reports.is_current
""",
    subject="'file'",
)
