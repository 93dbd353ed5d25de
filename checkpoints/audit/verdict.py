"""What people found: each answer judged, and the error rate with its interval."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from checkpoints.audit.sample import Item

Judgement = Literal["right", "wrong", "open", "unclear"]

CONFIDENCE = 0.95
METHOD = "stratified, Clopper-Pearson on Kish's effective sample size"

_RIGHT = frozenset(["√", "✓", "✔", "对", "是", "一致", "正确", "y", "yes", "ok", "right", "true"])
_WRONG = frozenset(["×", "✗", "✘", "x", "错", "否", "不一致", "错误", "n", "no", "wrong", "false"])
_BLANK = frozenset(["空", "空白", "留空", "空格", "blank", "empty"])
_NOT_APPLICABLE = re.compile(r"[-—–－/\\]+|无|不适用|n/a")
_UNITS = re.compile(r"(件|项|条|元|万元|亿元)$")


@dataclass(frozen=True)
class Rate:
    """Cells judged, cells wrong, the share of wrong ones and its 95 % interval, from 0 to 1."""

    count_judged: int
    count_wrong: int
    rate: float
    low: float
    high: float


def judge(answer: str, item: Item) -> Judgement:
    """Compare what a person saw in the original with what was read.

    An answer is a tick or a cross, or what stands in the original: a figure, 空白 for a blank, or
    a mark such as /. A blank and a 0 are two things.
    """
    text = _plain(answer)
    if not text:
        return "open"
    if text in _RIGHT:
        return "right"
    if text in _WRONG:
        return "wrong"
    if text in _BLANK:
        return "right" if item.status == "blank" else "wrong"
    if _NOT_APPLICABLE.fullmatch(text):
        return "right" if item.status == "not_applicable" else "wrong"
    seen = _number(text)
    if item.raw_text and text == _plain(item.raw_text):
        return "right"
    if seen is None:
        return "unclear"
    printed = _number(_plain(item.raw_text or ""))
    return "right" if item.value is not None and seen in (item.value, printed) else "wrong"


def rate(judged: Sequence[tuple[Item, bool]]) -> Rate:
    """Error rate of all cells of the population from judged items (item, whether it is wrong).

    Each stratum counts by its number of cells, N_h: the rate is the weighted mean of the strata's
    rates. The interval is Clopper and Pearson's (1934) for the effective sample size of Kish
    (1965), (Σw)² / Σw² with w = N_h / n_h, as Korn and Graubard (1998) do: it does not collapse
    where no error is found.
    """
    sizes: dict[str, int] = {item.stratum: item.stratum_size for item, _ in judged}
    counts = dict.fromkeys(sizes, 0)
    for item, _ in judged:
        counts[item.stratum] += 1
    weights = [sizes[item.stratum] / counts[item.stratum] for item, _ in judged]
    total = sum(weights)
    share = sum(w for w, (_, is_wrong) in zip(weights, judged, strict=True) if is_wrong) / total
    effective = total**2 / sum(w * w for w in weights)
    low, high = interval(share * effective, effective)
    return Rate(len(judged), sum(is_wrong for _, is_wrong in judged), share, low, high)


def interval(wrong: float, size: float) -> tuple[float, float]:
    """Clopper and Pearson's interval for ``wrong`` of ``size``, which need not be whole."""
    from scipy.special import betaincinv

    tail = (1 - CONFIDENCE) / 2
    low = float(betaincinv(wrong, size - wrong + 1, tail)) if wrong > 0 else 0.0
    high = float(betaincinv(wrong + 1, size - wrong, 1 - tail)) if wrong < size else 1.0
    return low, high


def by_kind(judged: Sequence[tuple[Item, bool]]) -> Mapping[str, Rate]:
    """The rates of zeros, other figures and blanks apart."""
    kinds = sorted({item.kind for item, _ in judged})
    return {kind: rate([pair for pair in judged if pair[0].kind == kind]) for kind in kinds}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(_UNITS.sub("", text).replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
