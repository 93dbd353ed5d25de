"""The DuckDB datasource beside other users of the same file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import great_expectations.expectations as gxe
import pytest
import sqlalchemy as sa
from great_expectations.datasource import fluent

from expectations.batch import Batch
from expectations.duckdb_datasource import DuckDBDatasource
from expectations.every_row import ExpectEveryRow
from expectations.validation import Scope, marts, quiet_context
from tests.expectations.marts import insert

WHOLE = Scope(None)


def test_a_table_of_the_default_schema_with_its_types(sound_marts: Path) -> None:
    with quiet_context() as context, marts(context, sound_marts, WHOLE) as datasource:
        batch = datasource.add_table_asset("reports").add_batch_definition_whole_table("all")
        result = batch.get_batch().validate(
            gxe.ExpectColumnValuesToBeOfType(column="report_year", type_="INTEGER")
        )
    assert result.success, result.exception_info


def test_a_table_that_is_not_there_is_refused(sound_marts: Path) -> None:
    with (
        quiet_context() as context,
        marts(context, sound_marts, WHOLE) as datasource,
        pytest.raises(fluent.TestConnectionError, match="nothing_here"),
    ):
        datasource.add_table_asset("nothing_here")


def test_it_sees_what_others_write_while_it_is_open(sound_marts: Path) -> None:
    expectation = gxe.ExpectTableRowCountToEqual(value=2)
    with quiet_context() as context, marts(context, sound_marts, WHOLE) as datasource:
        batch = datasource.add_table_asset("reports").add_batch_definition_whole_table("all")
        before = batch.get_batch().validate(expectation)
        insert(sound_marts, "marts.reports", report_id="b")
        after = batch.get_batch().validate(expectation)
    assert (before.success, after.success) == (False, True)


def test_closing_frees_the_file_for_other_processes(sound_marts: Path) -> None:
    with quiet_context() as context, marts(context, sound_marts, WHOLE) as datasource:
        datasource.add_table_asset("reports")
        assert isinstance(datasource, DuckDBDatasource)
    program = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute('create table t (i int)')"
    subprocess.run([sys.executable, "-c", program, str(sound_marts)], check=True)


def test_a_plain_connection_may_stay_open_beside_it(sound_marts: Path) -> None:
    with duckdb.connect(str(sound_marts)) as connection:
        with quiet_context() as context, marts(context, sound_marts, WHOLE) as datasource:
            datasource.add_table_asset("reports")
        connection.execute("select 1")


@pytest.mark.parametrize("failing", [0, 1, 350])
def test_all_failing_rows_are_counted_and_the_first_are_listed(
    sound_marts: Path, failing: int
) -> None:
    numbers = Batch("numbers", "select i, i % 2 as odd from range(1000) as series (i)", "i")
    every_row = ExpectEveryRow(
        where="odd = 1",
        condition=f"i > 2 * {failing}",
        columns=(("number", "i"), ("half", "i // 2")),
    )
    with quiet_context() as context, marts(context, sound_marts, WHOLE) as datasource:
        asset = datasource.add_query_asset("numbers", numbers.query(has_scope=False))
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        result = batch.validate(
            every_row,
            result_format={"result_format": "COMPLETE", "partial_unexpected_count": 200},
        )
    assert result.success == (failing == 0)
    assert (result.result["element_count"], result.result["unexpected_count"]) == (500, failing)
    assert result.result["details"] == {
        "columns": ["number", "half"],
        "unexpected_rows": [{"number": 2 * n + 1, "half": n} for n in range(min(failing, 200))],
    }


def test_a_row_of_which_the_condition_is_unknown_fails(sound_marts: Path) -> None:
    every_row = ExpectEveryRow(condition="null > 1", columns=(("id", "report_id"),))
    with quiet_context() as context, marts(context, sound_marts, WHOLE) as datasource:
        batch = datasource.add_table_asset("reports").add_batch_definition_whole_table("all")
        result = batch.get_batch().validate(every_row)
    assert (result.success, result.result["unexpected_count"]) == (False, 1)


def test_decimals_of_failing_rows_are_floats(sound_marts: Path) -> None:
    """What Great Expectations makes of a decimal takes milliseconds, a float it leaves alone."""
    insert(sound_marts, "marts.relations", left_value="1.25")
    with quiet_context() as context, marts(context, sound_marts, WHOLE) as datasource:
        batch = datasource.add_table_asset("relations").add_batch_definition_whole_table("all")
        result = batch.get_batch().validate(
            gxe.ExpectColumnValuesToBeInSet(column="left_value", value_set=[5])
        )
        with datasource.get_execution_engine().get_connection() as connection:
            found = connection.execute(sa.text("select left_value from marts.relations order by 1"))
            assert (repr(found.fetchone()), repr(found.fetchall())) == ("(1.25,)", "[(5.0,)]")
    assert (result.success, repr(result.result["partial_unexpected_list"])) == (False, "[1.25]")
