"""What a query tries on files, network, settings and the machine gets it nowhere."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import duckdb
import pytest

from checkpoints.query import QueryRefused, run_query

SECRET = "canary-7f3a"

# {folder} holds secret.csv, .json, .parquet, .txt and other.duckdb, each with the canary in it.
READING = """
select * from read_csv('{folder}/secret.csv')
select * from read_csv_auto('{folder}/*.csv')
select * from sniff_csv('{folder}/secret.csv')
select * from '{folder}/secret.csv'
select * from "{folder}/secret.csv"
from '{folder}/secret.parquet'
select * from read_parquet(['{folder}/secret.parquet'])
select * from parquet_scan('{folder}/secret.parquet')
select * from parquet_metadata('{folder}/secret.parquet')
select * from parquet_schema('{folder}/secret.parquet')
select * from parquet_kv_metadata('{folder}/secret.parquet')
select * from read_json('{folder}/secret.json')
select * from read_json_auto('{folder}/secret.json')
select * from read_json_objects('{folder}/secret.json')
select * from read_ndjson('{folder}/secret.json')
select * from read_text('{folder}/secret.txt')
select * from read_blob('{folder}/secret.txt')
select * from glob('{folder}/*')
select * from query('select * from read_text(''{folder}/secret.txt'')')
select * from query_table('{folder}/secret.csv')
with t as materialized (select * from read_text('{folder}/secret.txt')) from t
select (select content from read_text('{folder}/secret.txt'))
explain analyze select * from read_text('{folder}/secret.txt')
select getenv('GOUJI_CANARY')
select 'a', 'b', 3, 4 union all from read_text('{folder}/secret.txt')
describe select * from read_csv('{folder}/secret.csv')
summarize select * from read_csv('{folder}/secret.csv')
pivot read_csv('{folder}/secret.csv') on n
select * from read_duckdb('{folder}/other.duckdb', table_name = 't')
select * from arrow_scan(1, 2, 3)
select * from pandas_scan(1)
select * from python_map_function(1)
select * from sqlite_scan('{folder}/other.db', 't')
select * from postgres_scan('host=127.0.0.1', 'public', 't')
select * from st_read('{folder}/secret.csv')
select * from read_xlsx('{folder}/secret.xlsx')
select * from iceberg_scan('{folder}')
select * from delta_scan('{folder}')
select * from read_text('http://127.0.0.1:9/x')
select * from read_csv('https://127.0.0.1:9/x.csv')
select * from read_parquet('s3://bucket/x.parquet')
""".strip().splitlines()

WRITING = """
copy t to '{folder}/leak.csv'
copy (select 1) to '{folder}/leak.parquet' (format parquet)
copy t to '{folder}/leak' (format json, partition_by (n))
explain analyze copy t to '{folder}/leak.csv'
copy t from '{folder}/secret.csv'
copy from database gouji to other
export database '{folder}/leak'
import database '{folder}/leak'
attach '{folder}/leak.duckdb' as leak
attach '{folder}/other.duckdb' as other (read_only)
attach if not exists ':memory:' as m
detach gouji
use raw
create table marts.leak as select 1
create temp table leak as select 1
create or replace temp view leak as select 1
create macro leak() as 1
create secret leak (type s3, key_id 'a')
create function leak() as 1
insert into marts.t values (9)
update marts.t set n = 9
delete from marts.t
merge into marts.t using raw.t on true when matched then delete
truncate marts.t
drop schema raw cascade
alter table marts.t add column leak int
comment on table marts.t is 'leak'
explain analyze insert into marts.t values (9)
with x as (delete from marts.t returning *) select * from x
vacuum analyze
analyze
checkpoint
force checkpoint
select force_checkpoint()
call force_checkpoint()
call pragma_version()
begin transaction
prepare leak as select 1
execute leak
deallocate leak
update extensions
""".strip().splitlines()

SETTING = """
install httpfs
install httpfs from community
install '{folder}/leak.duckdb_extension'
load httpfs
load '{folder}/leak.duckdb_extension'
set enable_external_access = true
set global enable_external_access = true
set lock_configuration = false
set temp_directory = '{folder}'
set memory_limit = '100GB'
set home_directory = '{folder}'
set extension_directory = '{folder}'
set allow_unsigned_extensions = true
set log_query_path = '{folder}/leak.log'
set profiling_output = '{folder}/leak.json'
set file_search_path = '{folder}'
set python_enable_replacements = true
set variable leak = 1
reset enable_external_access
pragma enable_profiling = 'json'
pragma profiling_output = '{folder}/leak.json'
pragma memory_limit = '100GB'
pragma database_list; select 1
call enable_logging()
call enable_logging(storage = 'file', storage_path = '{folder}/leak')
call enable_profiling()
select set_config('enable_external_access', 'true', false)
""".strip().splitlines()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with readable files of each kind that hold the canary, and the current one."""
    monkeypatch.setenv("GOUJI_CANARY", SECRET)
    for ending in ("csv", "txt"):
        (tmp_path / f"secret.{ending}").write_text(f"n\n{SECRET}\n", encoding="utf-8")
    (tmp_path / "secret.json").write_text(f'{{"n": "{SECRET}"}}', encoding="utf-8")
    for name in ("gouji", "other"):
        with duckdb.connect(str(tmp_path / f"{name}.duckdb")) as con:
            con.execute("create schema marts; create schema raw")
            con.execute(f"create table marts.t as select '{SECRET if name == 'other' else 1}' as n")
            con.execute("create table raw.t as from marts.t; create table t as from marts.t")
            con.execute(f"copy marts.t to '{tmp_path}/secret.parquet'")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def state(folder: Path) -> dict[str, str]:
    """What lies in the folder, by path: the digest of each file."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("attack", [*READING, *WRITING, *SETTING])
def test_attack_reads_writes_and_changes_nothing(folder: Path, attack: str) -> None:
    before, environment = state(folder), dict(os.environ)
    with pytest.raises(QueryRefused) as refused:
        run_query(folder / "gouji.duckdb", attack.format(folder=folder), 20, 256)
    assert SECRET not in str(refused.value)
    assert state(folder) == before
    assert dict(os.environ) == environment
    assert run_query(folder / "gouji.duckdb", "select n from t").height == 1


@pytest.mark.parametrize(
    ("query", "limits", "named"),
    [
        (
            "select max(hash(a.range, b.range)) from range(1000000) as a, range(1000000) as b",
            (0.5, 256),
            "0.5秒",
        ),
        ("select * from range(100000000000)", (60, 64), "64 MiB"),
        ("select range as n from range(100000000) order by hash(n)", (60, 64), "64 MiB"),
        ("select list(range) from range(100000000)", (60, 64), "64 MiB"),
        (
            "with recursive r(n) as (select 1 union all select n + 1 from r) from r",
            (0.5, 256),
            "0.5秒",
        ),
    ],
)
def test_query_that_takes_too_much_is_given_up(
    folder: Path, query: str, limits: tuple[float, int], named: str
) -> None:
    before = state(folder)
    with pytest.raises(QueryRefused, match=named):
        run_query(folder / "gouji.duckdb", query, *limits)
    assert state(folder) == before
