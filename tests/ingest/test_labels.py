import polars as pl
import pytest

from ingest.labels import MATCHES, is_scored, score
from ingest.matching import SEEDS


@pytest.fixture(scope="module")
def labels() -> pl.DataFrame:
    return pl.read_csv(SEEDS / "labels.csv", infer_schema=False)


@pytest.fixture(scope="module")
def headers() -> pl.DataFrame:
    return pl.read_csv(SEEDS / "headers.csv", infer_schema=False)


def best(text, labels, headers) -> dict[tuple[str, str], tuple[str, str, float]]:
    """Code, method and score by form_table and kind."""
    rows = score([text], labels, headers).iter_rows(named=True)
    return {
        (row["form_table"], row["kind"]): (row["code"], row["method"], round(row["score"], 1))
        for row in rows
    }


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("2.其他法律行政止公开", "row", "denied_law_forbids"),
        ("2.其他法律法规禁止公开", "row", "denied_law_forbids"),
        ("2. 没有现成信息需要及时制作", "row", "unavailable_needs_creation"),
        ("(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)", "row", "partly_granted"),
        ("三\n、\n本\n年\n度\n办\n理\n结\n果", "group", "outcomes"),
    ],
)
def test_printed_slips_win_by_a_margin(text, kind, code, labels, headers):
    found = score([text], labels, headers).filter(form_table="applications", kind=kind)
    assert found["code"].to_list() == [code]
    assert found["score"].item() >= found["runner_up"].item() + 10


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("（七）总计", ("applications", "row"), ("outcome_total", "exact", 100)),
        ("(七) 总计", ("applications", "row"), ("outcome_total", "exact", 100)),
        ("总计", ("applications", "row"), ("outcome_total", "exact", 98)),
        ("总计", ("applications", "header"), ("total", "exact", 100)),
        ("总计", ("disputes", "header"), ("total", "exact", 100)),
        ("3.其他", ("applications", "row"), ("other_misc", "exact", 100)),
        ("3.其它", ("applications", "row"), ("other_misc", "exact", 100)),
        ("2.其他", ("applications", "row"), ("other_misc", "similar", 95)),
        ("规范性文件", ("proactive", "row"), ("normative_documents", "alias", 100)),
        ("本年处理决定数量", ("proactive", "header"), ("decisions", "exact", 100)),
        (
            "本年收费金额（单位：万元，保留4位小数）",
            ("proactive", "header"),
            ("amount", "exact", 100),
        ),
    ],
)
def test_methods_and_scores(text, place, expected, labels, headers):
    assert best(text, labels, headers)[place] == expected


def test_every_official_wording_is_its_own_best_match(labels, headers):
    first = labels.unique(["form_table", "kind", "code", "edition"], keep="first")
    found = score(first["label"], labels, headers).rename({"text": "label"})
    joined = first.join(found, on=["label", "form_table", "kind"], how="left", suffix="_found")
    assert joined.filter(pl.col("code") != pl.col("code_found")).is_empty()
    assert joined["score"].null_count() == 0
    assert joined["score"].min() == 100


def test_short_words_are_never_similar(labels, headers):
    assert best("其次", labels, headers) == {("", ""): ("", "", 0)}
    assert ("applications", "header") not in best("其他结果", labels, headers)


def test_text_like_nothing_has_one_empty_row(labels, headers):
    found = score(["完全不相干的文字"], labels, headers)
    assert found.rows() == [("完全不相干的文字", "", "", "", "", 0.0, 0.0)]


def test_texts_are_distinct_and_order_does_not_matter(labels, headers):
    texts = ["总计", "规章", "总计", "0", "持"]
    assert score(texts, labels, headers).equals(score(texts[::-1], labels, headers))
    assert score([], labels, headers).schema == MATCHES


@pytest.mark.parametrize("text", ["总计", "（四）", "三、本年度办理结果", "持"])
def test_scored(text):
    assert is_scored(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "0",
        "7730.28",
        "1，234",
        "22（其中修订16件）",
        "251000元",
        "/",
        "—",
        "1.",
        "字" * 81,
    ],
)
def test_not_scored(text):
    assert not is_scored(text)
