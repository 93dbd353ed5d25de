"""Great Expectations on pandas: one suite for each table, all failing rows, Data Docs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations import ExpectationSuite, ValidationDefinition
from great_expectations.expectations.row_conditions import Column

from bench.checks import Check, When, by_table, write_failing

FORMAT = {"result_format": "COMPLETE", "unexpected_index_column_names": ["report_id"]}


def run(tables: Path, folder: Path) -> None:
    """Check the Parquet files of ``tables``, write failing rows and Data Docs to ``folder``."""
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    write_failing(folder, _failing(context, tables))
    site = {
        "class_name": "SiteBuilder",
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(folder / "docs"),
        },
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
    }
    context.add_data_docs_site("docs", site)
    context.build_data_docs(["docs"])


def _failing(context: Any, tables: Path) -> Iterator[tuple[str, str | None]]:
    source = context.data_sources.add_pandas("tables")
    for table, checks in by_table():
        frame = pd.read_parquet(tables / f"{table}.parquet")
        if frame.empty:
            continue
        whole = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe(table)
        stated = [expectation(check) for check in checks]
        suite = context.suites.add(ExpectationSuite(name=table, expectations=stated))
        definition = context.validation_definitions.add(
            ValidationDefinition(name=table, data=whole, suite=suite)
        )
        results = definition.run(batch_parameters={"dataframe": frame}, result_format=FORMAT)
        for result in results.results:
            if result.exception_info.get("raised_exception"):
                raise RuntimeError(result.exception_info)
            rule = result.expectation_config.meta["rule"]
            for row in result.result.get("unexpected_index_list") or ():
                yield rule, row["report_id"]


def expectation(check: Check) -> Any:
    """The stock expectation that says the same."""
    words: dict[str, Any] = {"meta": {"rule": check.rule}}
    if check.when:
        words["row_condition"] = reduce(and_, map(_condition, check.when))
    column, value = check.column, check.value
    match check.test:
        case "=":
            words["ignore_row_if"] = "either_value_is_missing"
            return gxe.ExpectColumnPairValuesToBeEqual(column_A=column, column_B=value, **words)
        case "in":
            return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=[*value], **words)
        case "not in":
            return gxe.ExpectColumnValuesToNotBeInSet(column=column, value_set=[*value], **words)
        case ">=":
            return gxe.ExpectColumnValuesToBeBetween(column=column, min_value=value, **words)
        case "<=" | "<" as test:
            return gxe.ExpectColumnValuesToBeBetween(
                column=column, max_value=value, strict_max=test == "<", **words
            )
        case "is null":
            return gxe.ExpectColumnValuesToBeNull(column=column, **words)
        case "is not null":
            return gxe.ExpectColumnValuesToNotBeNull(column=column, **words)


def _condition(when: When) -> Any:
    column = Column(when.column)
    match when.test:
        case "=":
            return column == when.value
        case "<>":
            return column != when.value
        case "is not null":
            return column.is_not_null()


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
