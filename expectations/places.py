"""Where a row stands, as SQL that says it in Chinese and in English."""

from __future__ import annotations

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


TABLE = _both("table_words")
SECTION = _both("section_words")
ROW = _both("table_words || ' · ' || coalesce(label_text, indicator)")
CELL = (
    f"coalesce((select {_both('label_words')} from form.indicators as cell"
    " where cell.ordinal = cell_no), indicator || '.' || breakdown)"
)
"""Of a row with the column ``cell_no``, the ordinal of a cell in the form."""
