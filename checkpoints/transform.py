"""Run the SQL models: dbt in this process, its files beside the database, nothing on the screen."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

import sql
from checkpoints import changes
from checkpoints.lineage import Lineage, lineage_of, note_lineage
from ingest import warehouse

Progress = Callable[[int, int], None]
Build = Callable[[Path, Progress | None, date | None, Mapping[str, str]], Lineage]

_SEVERITIES = "configured_severities"


class ModelError(RuntimeError):
    """A model or seed could not be built; the message names it and gives the database's words."""


def work_folder(database: Path) -> Path:
    """Folder beside the database that holds dbt's parse cache and artefacts."""
    return database.parent / f"{database.stem}.dbt"


def seed_rows(name: str) -> list[dict[str, str]]:
    """Rows of the seed ``name`` as printed in its CSV."""
    with (sql.SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def narrative_patterns() -> list[dict[str, str]]:
    """Rows of the seed ``narrative_patterns`` without their examples, ``{parts}`` written out."""
    rows = seed_rows("narrative_patterns")
    parts = {row["claim"]: row["pattern"] for row in rows if row["kind"] == "part"}

    def written_out(pattern: str) -> str:
        return re.sub(r"{([a-z_]+)}", lambda name: parts[name[1]], pattern)

    kept = ("ordinal", "kind", "claim", "rule", "looks_at")
    return [
        {name: row[name] for name in kept}
        | {name: written_out(row[name]) for name in ("pattern", "unless", "context")}
        for row in rows
        if row["kind"] != "part"
    ]


def statutory_phrases() -> list[str]:
    """Patterns of the phrases of the seed ``statutory_phrases``, without blanks, longest first."""
    phrases = {re.sub(r"\s", "", row["phrase"]) for row in seed_rows("statutory_phrases")}
    return [re.escape(phrase) for phrase in sorted(phrases, key=lambda p: (-len(p), p))]


def bring_up_to_date(
    database: Path,
    progress: Progress | None = None,
    *,
    force: bool = False,
    today: date | None = None,
    severities: Mapping[str, str] | None = None,
    build: Build | None = None,
) -> bool:
    """Rebuild the models unless the marts were built from these very inputs; say whether.

    The inputs are the raw tables, the project's files, the program's version, the configured
    ``severities`` (those of the last time unless given) and, where a waiver has an end or an
    expected report is not due yet, the day; ``today`` is that of the clock unless given. Where only
    some documents have changed, what does not hang on them stays as it is. ``force`` rebuilds
    everything in any case. ``build``, which always rebuilds everything, builds otherwise than
    :func:`build_models`.
    """
    with closing(warehouse.connect(database)) as con:
        now = today or date.today()
        day = now if _depends_on(con, min(now, date.today())) else None
        if severities is None:
            severities = built_severities(con)
        changed = changes.changes(con, day, severities)
        if not force and not changed.any:
            return False
        changes.begin(con)
        warehouse.put_meta(con, _SEVERITIES, json.dumps(dict(severities)))
        # What Spark has built can be replaced, not changed.
        is_whole = force or warehouse.get_meta(con, "engine") == "spark" or not changed.are_few
        if not is_whole:
            changes.prepare(con)
    if build is not None:
        lineage = build(database, progress, day, severities)
    else:
        lineage = build_models(database, progress, day, severities, is_whole)
    with closing(warehouse.connect(database)) as con:
        if is_whole:
            note_lineage(con, lineage)
        changes.finish(con, changed)
    return True


def built_severities(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The severities that configuration had changed when the models were built, by rule."""
    return dict(json.loads(warehouse.get_meta(con, _SEVERITIES) or "{}"))


def _depends_on(con: duckdb.DuckDBPyConnection, day: date) -> bool:
    """Whether the models depend on the day: a waiver ends, or a report is not due before it."""
    rows = con.execute(
        """
        select (select count(until) > 0 from raw.waivers)
            or (select count(*) > 0 from raw.expected where due >= ?)
        """,
        [day],
    ).fetchall()
    return bool(rows[0][0])


def build_models(
    database: Path,
    progress: Progress | None = None,
    day: date | None = None,
    severities: Mapping[str, str] = MappingProxyType({}),
    is_whole: bool = True,
    options: Sequence[str] = (),
) -> Lineage:
    """Load the seeds, rebuild every model of the dbt project in ``database``, say how they hang
    together; or, unless ``is_whole``, make anew what hangs on ``incremental.affected``.

    ``day`` is the one up to which waivers hold, today unless given; ``severities`` are those that
    configuration changes, by rule.

    ``progress`` is called with the number of models done and the number of all; ``options`` are
    further ones of dbt. Raises ModelError when a node fails.
    """
    # Only a day that matters is handed over: dbt parses all anew whenever a variable changes.
    variables: dict[str, Any] = {"today": f"date '{day}'"} if day else {}
    if severities:
        variables["severities"] = dict(severities)
    command = ["build", "--exclude-resource-type", "unit_test", "test", *options]
    command += ["--full-refresh"] if is_whole else ["seed"]
    built = _invoke(database, command, progress, variables)
    return lineage_of([result.node for result in built.results])


def _invoke(
    database: Path,
    command: list[str],
    progress: Progress | None = None,
    variables: Mapping[str, Any] = MappingProxyType({}),
) -> Any:
    with _environment(database):
        from dbt.cli.main import dbtRunner

        def on_event(event: Any) -> None:
            if progress is not None and event.info.name in ("LogModelResult", "LogSeedResult"):
                progress(event.data.index, event.data.total)

        seeds = {
            "relations": seed_rows("relations"),
            "narrative_patterns": narrative_patterns(),
            "statutory_phrases": statutory_phrases(),
            "editions": [r["edition"] for r in seed_rows("editions") if r["is_modelled"] == "true"],
        }
        _without_debugging()
        with _closed_afterwards():
            outcome = dbtRunner(callbacks=[on_event]).invoke(
                [
                    *command,
                    *("--log-level", "none", "--log-level-file", "none"),
                    *("--vars", json.dumps({**seeds, **variables}, ensure_ascii=False)),
                ]
            )
    if not outcome.success:
        raise ModelError(_reason(outcome))
    return outcome.result


def _without_debugging() -> None:
    """From now on dbt makes no messages of its two thousand events that only a debugger reads."""
    from dbt_common.events.base_types import BaseEvent, EventLevel
    from dbt_common.events.event_manager import EventManager
    from dbt_common.events.event_manager_client import ctx_set_event_manager

    class Manager(EventManager):
        def fire_event(
            self, e: BaseEvent, level: EventLevel | None = None, *others: Any, **named: Any
        ) -> None:
            if (level or e.level_tag()) is not EventLevel.DEBUG:
                super().fire_event(e, level, *others, **named)

    ctx_set_event_manager(Manager())


@contextlib.contextmanager
def _closed_afterwards() -> Iterator[None]:
    """Close the one connection of all models: while it is open, nobody else can read the file."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    manager: Any = DuckDBConnectionManager
    try:
        yield
    finally:
        # None where dbt failed before it opened the database.
        if manager._ENV is not None:
            manager._ENV.close()
        manager.close_all_connections()


def _reason(outcome: Any) -> str:
    if outcome.exception is not None:
        return str(outcome.exception)
    failed = [r for r in outcome.result if str(r.status) in ("error", "fail", "runtime error")]
    return "\n".join(f"{r.node.name}: {r.message}" for r in failed)


@contextlib.contextmanager
def _environment(database: Path) -> Iterator[None]:
    folder = work_folder(database)
    settings = {
        "DBT_PROJECT_DIR": str(sql.PROJECT),
        "DBT_PROFILES_DIR": str(sql.PROJECT),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        # Megabytes that nothing here reads, and a fifth of the time.
        "DBT_WRITE_JSON": os.environ.get("DBT_WRITE_JSON", "false"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
        "GOUJI_DATABASE": str(database),
        "GOUJI_MEMORY_LIMIT": warehouse.memory_limit(),
    }
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def parse_models(database: Path) -> None:
    """Parse the project as a build of ``database`` does, and build nothing; it need not be there.

    Raises ModelError where the project cannot be parsed.
    """
    _invoke(database, ["parse"])


def run_unit_tests(database: Path) -> set[str]:
    """Run the unit tests of the models in a ``database`` that holds the models' tables.

    Returns the names of the tests. Raises ModelError with the name of every test that fails and
    the difference between the rows it expects and those it gets.
    """
    outcome = _invoke(database, ["test", "--select", "test_type:unit"])
    return {result.node.name for result in outcome.results}
