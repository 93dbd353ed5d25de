"""The data dictionary says in both languages what each mart and each of its columns holds."""

from __future__ import annotations

import re

import pytest

from checkpoints.documented import MARTS, documented, documented_marts

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_mart_is_there_under_the_name_it_has_in_the_database() -> None:
    names = [table.name for table in documented_marts()]
    files = {path.stem for path in MARTS.glob("*.yml")}
    assert names == sorted(names)
    assert set(names) == files - {"judged_relations"} | {"relations"}


@pytest.mark.parametrize("table", documented_marts(), ids=lambda table: table.name)
def test_it_is_described_in_both_languages(table) -> None:  # type: ignore[no-untyped-def]
    assert table.about_en.startswith("One row for each ")
    assert "占一" in table.about_zh
    for each in (table, *table.columns):
        assert CHINESE.search(each.zh), each
        assert CHINESE.search(each.about_zh), each
        assert re.search(r"[a-z]{3}", each.about_en), each
        # What is said of codes and NULL is said in both.
        for code in ("NULL", "0 至 1", "SHA-256"):
            english = code.replace("至", "to")
            assert (code in each.about_zh) == (english in each.about_en), (table.name, each)
    assert not CHINESE.search(table.en)


def test_one_can_be_asked_for_by_name() -> None:
    assert documented("relations").zh == "勾稽关系"
    with pytest.raises(LookupError, match="judged_relations"):
        documented("judged_relations")
