"""What the two engines would say differently comes out the same once it is translated."""
# ruff: noqa: E501 (each query on one line)

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import pytest

# What Spark collects, it fetches through sockets that it leaves to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

ROWS = """
(1, 'a', '甲乙丙', 3, ['x', 'y'], true),
(2, 'a', '　a1b2　', null, ['y'], false),
(3, 'b', null, 1, null, true),
(4, 'b', 'a|b.c', 2, ['z', 'x', 'x'], null)
"""
TABLE = f"(select * from (values {ROWS}) as t (id, k, t, n, l, f))"

QUERIES = [
    "select id, trim(t) as a, length(t) as b, len(l) as c from t",
    "select id, regexp_replace(t, '[0-9]', '<>') as a, regexp_replace(t, '([0-9])', '[\\1]', 'g') as b from t",
    "select id, regexp_extract(t, '([a-z])([0-9])') as a, regexp_extract(t, '([a-z])([0-9])', 2) as b from t",
    "select id, regexp_full_match(t, '\\p{Han}+') as a, regexp_matches(t, '[丙　]$') as b from t",
    "select id, string_split(t, '|') as a, string_split(t, '') as b, split_part(t, '|', 2) as c from t",
    "select id, l[1] as a, l[2:] as b, l[1:1] as c, list_last(l) as d, list_position(l, 'x') as e from t",
    "select id, list_filter(l, lambda x: x <> 'x') as a, list_transform(l, lambda x, i: x || i) as b from t",
    "select id, range(1, id) as a, list_transform(range(0, 2), lambda i: i + id) as b from t",
    "select id, concat_ws('|', t, k, n) as a, t || k as b, coalesce(n, 0) / 2 as c from t",
    "select k, list(id order by n) as a, list(t order by id) filter (where n > 1) as b from t group by all",
    "select k, string_agg(t, '；' order by n) as a, any_value(t) as b, arg_max(t, id) as c from t group by k",
    "select id, count(*) filter (where f) over (partition by k) as a, count(distinct f) over (partition by k) as b from t",
    "select id, string_agg(t, '+') over (partition by k order by id rows between unbounded preceding and 1 preceding) as a from t",
    "select id, row_number() over (order by n) as a, row_number() over (order by n desc) as b from t",
    "select * exclude (l) replace (upper(k) as k) from t qualify row_number() over (partition by k order by id desc) = 1",
    "select id, unnest(l) as a, generate_subscripts(l, 1) as b from t",
    "select id, unnest([k, t]) as a, k, unnest([1, 2]) as b from t",
    "select id, k from t union all by name select t, id + 10 as id from t where id < 2",
    "select * from (with u as (select id, k from t) select k, id from u union all by name select * from u) as v where id > 1",
    "select count(*) as n, count(distinct h) as a, count(distinct g) as b from (select id, sum(hash(k)) over () as h, sum(cast(id as hugeint)) over (partition by k) as g from t) as u",
    "select id, n = trunc(n) as a, (n > 1) is not true as b from t",
    "select * from t as a inner join (select k, id as other from t) as b using (k)",
    "select unnest([{'a': id, 'b': k}, {'a': 0, 'b': t}]) as s from t where id = 1",
    "select id, sum(n) over (w order by id) as a from t window w as (partition by k)",
    "select k, max((id, k)) = (2, 'a') as a from t group by k",
    "select id, try_strptime('2021年3月' || id || '日', '%Y年%m月%d日')::date as a from t",
    "select id, regexp_escape(t) as a, regexp_replace(k || 'x', '^' || k, '') as b from t",
]


@pytest.mark.parametrize("query", QUERIES)
def test_same_rows(spark: Any, query: str) -> None:
    from sql.spark.translate import translate  # imports what only the extra brings

    ours = duckdb.execute(f"with t as {TABLE} {query}")
    names = [column[0] for column in ours.description]
    translated = translate(f"with t as {TABLE} {query}", lambda schema, name: ())
    assert list(translated.columns) == names
    found = spark.sql(translated.query)
    assert found.columns == names
    assert sorted(map(plain, found.collect()), key=repr) == sorted(
        map(plain, ours.fetchall()), key=repr
    )


def plain(value: Any) -> Any:
    """A value without its type."""
    if isinstance(value, dict):
        return tuple(map(plain, value.values()))
    if isinstance(value, list | tuple):
        return tuple(map(plain, value))
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return float(value)
    return value
