"""Prose that is an agency's own: no two reports have a passage of it in common.

``phrases.csv`` has seven wordings for each slot, which all agencies of a large panel share, as
offices share set phrases. What is to be copied must first be somebody's own.
"""

from __future__ import annotations

import random

# Words of two letters.
VERBS = (
    "梳理核对走访编印修订归集抽查更换增设合并清点标注翻译试行评议约谈"
    "对接拆分汇编演示登记回访补录撤换测算张贴邮寄座谈考察比对校正备份"
)
NOUNS = (
    "目录台账社区手册流程档案栏目窗口题库样本模板图表清册问卷案卷热线"
    "村组企业学校商会展板账号附件链接索引字典日志卡片信箱讲义视频名录"
)
ENDINGS = ("，逐项销号", "，按月通报", "，专人负责", "，限期办结", "，当场答复", "，留痕备查")


def paragraphs(seed: str, count_clauses: int = 60) -> tuple[str, ...]:
    """Return one paragraph of so many clauses of four letters; the same seed gives the same."""
    dice = random.Random(f"own/{seed}")

    def word(words: str) -> str:
        at = 2 * dice.randrange(len(words) // 2)
        return words[at : at + 2]

    clauses = [word(VERBS) + word(NOUNS) for _ in range(count_clauses)]
    sentences = [
        "、".join(clauses[first : first + 5]) + dice.choice(ENDINGS)
        for first in range(0, count_clauses, 5)
    ]
    return ("。".join(sentences) + "。",)
