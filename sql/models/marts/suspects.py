"""Error localisation of the tables whose balance fails; the work is done by ``sql.localisation``.

The one model that is no SQL: a search for the smallest sets is none.
"""

import asyncio
from typing import Any


def model(dbt: Any, session: Any) -> Any:
    """Return one row for each cell of each smallest set, in the order of report and table."""
    dbt.config(materialized="table")
    terms = dbt.ref("int_relation_terms")

    from sql.localisation.rows import frame, spark_frame

    if hasattr(session, "sparkContext"):
        return spark_frame(terms)
    # dbt-duckdb opens an event loop for each Python model and leaves it open.
    asyncio.get_event_loop().close()
    asyncio.set_event_loop(None)
    return frame(terms)
