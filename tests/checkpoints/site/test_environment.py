"""Text in both languages: escaped, once where it is the same."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from checkpoints.site.environment import ALL_WORDS, attribute, both, environment, say, texts
from checkpoints.site.words import WORDS as SITE_WORDS
from checkpoints.wording import WORDS

HOSTILE = '<script>"{{ 7*7 }}"</script>\u202e\x1b[2J'
TAMED = "&lt;script&gt;&#34;{{ 7*7 }}&#34;&lt;/script&gt;[2J"


def test_both_languages_stand_beside_each_other() -> None:
    assert both("机关", "Agency") == '<span lang="zh">机关</span><span lang="en">Agency</span>'
    assert both("2022", "2022") == "2022"
    assert both(7, 7) == "7"


def test_text_of_a_report_stays_text() -> None:
    assert both(HOSTILE, HOSTILE) == TAMED
    assert say("gone", path=HOSTILE).count(TAMED) == 2
    page = environment().from_string("{{ x }}|{{ both(x, 'y') }}").render(x=HOSTILE)
    assert page == f'{TAMED}|<span lang="zh">{TAMED}</span><span lang="en">y</span>'


def test_a_value_may_be_in_both_languages() -> None:
    inner = both("甲", "A")
    assert say("gone", path=inner).count(str(inner)) == 2
    assert isinstance(say("agency"), Markup)


def test_attributes_carry_both_texts_for_the_switch() -> None:
    found = attribute("title", "agency", "en")
    assert found == 'title="Agency" data-zh="机关" data-en="Agency" data-of="title"'
    assert texts("gone", path=HOSTILE).count("<script>") == 0


def test_a_misspelt_name_is_no_silence() -> None:
    with pytest.raises(Exception, match="nobody"):
        environment().from_string("{{ nobody }}").render()


def test_no_word_is_said_twice() -> None:
    assert not set(WORDS) & set(SITE_WORDS)
    assert set(WORDS) | set(SITE_WORDS) <= set(ALL_WORDS)
