"""A Great Expectations datasource for one DuckDB file that this process also uses itself.

Defining :class:`DuckDBDatasource` registers the type ``duckdb`` and the method
``context.data_sources.add_duckdb``. Nothing in Great Expectations, SQLAlchemy or duckdb-engine is
patched: the datasource and its execution engine are subclasses.

The connections are opened without any configuration, because DuckDB refuses two connections of one
process to the same file with different configurations; dbt and ``duckdb.connect`` use none either.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar, Literal

import duckdb
import duckdb_engine
import sqlalchemy as sa
from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from sqlalchemy.engine import Engine

SQL_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "BIGINT": sa.types.BIGINT,
    "BOOLEAN": sa.types.BOOLEAN,
    "DATE": sa.types.DATE,
    "DECIMAL": sa.types.DECIMAL,
    "DOUBLE": sa.types.DOUBLE,
    "FLOAT": sa.types.FLOAT,
    "INTEGER": sa.types.INTEGER,
    "TIMESTAMP": sa.types.TIMESTAMP,
    "TIMESTAMP WITH TIME ZONE": sa.types.TIMESTAMP,
    "VARCHAR": sa.types.VARCHAR,
}

COLUMNS_OF_TABLE = sa.text(
    "select column_name, data_type from duckdb_columns()"
    " where table_name = :table and schema_name = coalesce(:schema, current_schema())"
    " and database_name = current_database() order by column_index"
)


class FloatCursor(duckdb_engine.CursorWrapper):
    """Fetches decimals as floats.

    Great Expectations makes floats of them too when it stores a result, but walks through the whole
    call stack for each value: milliseconds, where a value of each failing row is kept.
    """

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, if there is one."""
        return next(iter(self.fetchmany(1)), None)

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        """The next rows."""
        return _with_floats(super().fetchmany(size))

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows that are left."""
        return _with_floats(self.connection.fetchall())


def _with_floats(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [tuple(float(x) if isinstance(x, Decimal) else x for x in row) for row in rows]


class AutocommitConnection(duckdb_engine.ConnectionWrapper):
    """A DuckDB connection without transactions: every statement stands alone.

    Great Expectations only reads. A transaction that SQLAlchemy began would go on reading the
    snapshot of that moment and miss what dbt has written since, would be aborted as a whole by one
    expectation that cannot be evaluated, and could not be begun twice on the one connection.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__(connection)
        self._connection = connection

    def cursor(self) -> FloatCursor:
        """A cursor on the one connection."""
        return FloatCursor(self._connection, self)

    def begin(self) -> None:
        """Begin nothing."""

    def commit(self) -> None:
        """There is nothing left to commit."""

    def rollback(self) -> None:
        """There is nothing to take back."""


def make_engine(connection_string: str, **kwargs: Any) -> Engine:
    """An SQLAlchemy engine on a single DuckDB connection to the file of the URL, kept open."""
    path = sa.engine.make_url(connection_string).database or ":memory:"

    def connect() -> AutocommitConnection:
        return AutocommitConnection(duckdb.connect(path))

    return sa.create_engine("duckdb://", creator=connect, poolclass=sa.pool.StaticPool, **kwargs)


class DuckDBInspector:
    """The two reflection calls Great Expectations makes, answered from DuckDB's own catalogue.

    duckdb-engine reflects through ``pg_catalog``, which SQLAlchemy 2.1 no longer manages there.
    """

    def __init__(self, engine: DuckDBExecutionEngine) -> None:
        self._engine = engine
        self.dialect = engine.engine.dialect

    def get_pk_constraint(self, table_name: str, schema: str | None = None) -> dict[str, list[str]]:
        """No mart has a declared key."""
        return {"constrained_columns": []}

    def get_columns(
        self, table_name: str, schema: str | None = None, **_: Any
    ) -> list[dict[str, Any]]:
        """Name and SQL type of each column; NoSuchTableError where there is no such table."""
        with self._engine.get_connection() as connection:
            names = {"table": str(table_name), "schema": schema}
            rows = connection.execute(COLUMNS_OF_TABLE, names).fetchall()
        if not rows:
            raise sa.exc.NoSuchTableError(table_name)
        return [
            {"name": name, "type": SQL_TYPES.get(str(type_).split("(")[0], sa.types.NullType)()}
            for name, type_ in rows
        ]


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Runs the metrics on one connection that stays open until the engine is disposed of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without it every batch logs that no module with column types was found.
        self.dialect_module = sa.types

    def _setup_engine(
        self,
        kwargs: Any,
        connection_string: str | None = None,
        credentials: dict[str, Any] | None = None,
        url: str | None = None,
    ) -> None:
        self.engine = make_engine(connection_string or url or "duckdb://", **kwargs)

    def get_inspector(self) -> Any:
        """See :class:`DuckDBInspector`."""
        return DuckDBInspector(self)


class DuckDBDatasource(SQLDatasource):
    """``context.data_sources.add_duckdb(name, connection_string="duckdb:///file.duckdb")``."""

    _EXTRA_EXCLUDED_EXEC_ENG_ARGS: ClassVar[set[str]] = {"default_schema"}

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]
    default_schema: str | None = None

    @property
    def schema_(self) -> str | None:
        """The schema of table assets that name none."""
        return self.default_schema

    @property
    def execution_engine_type(self) -> builtins.type[DuckDBExecutionEngine]:
        """Great Expectations makes its execution engine from this class."""
        return DuckDBExecutionEngine

    def _create_engine(self) -> Engine:
        # Great Expectations tests a connection with an engine of its own beside the one it runs on.
        settings = self.dict(
            include={"connection_string", "kwargs"}, config_provider=self._config_provider
        )
        return make_engine(settings["connection_string"], **settings.get("kwargs", {}))

    def close(self) -> None:
        """Close both engines; the file is then free for other processes."""
        if self._execution_engine is not None:
            self._execution_engine.engine.dispose()
        if self._engine is not None:
            self._engine.dispose()
