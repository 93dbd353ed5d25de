"""Prose that is an agency's own: no two reports have a passage of it in common.

``phrases.csv`` has seven wordings for each slot, which all agencies of a large panel share, as
offices share set phrases. What is to be copied must first be somebody's own.
"""

from __future__ import annotations

import random

VERBS = (
    "梳理", "核对", "走访", "编印", "修订", "归集", "抽查", "更换",
    "增设", "合并", "清点", "标注", "翻译", "试行", "评议", "约谈",
    "对接", "拆分", "汇编", "演示", "登记", "回访", "补录", "撤换",
    "测算", "张贴", "邮寄", "座谈", "考察", "比对", "校正", "备份",
)  # fmt: skip
NOUNS = (
    "目录", "台账", "社区", "手册", "流程", "档案", "栏目", "窗口",
    "题库", "样本", "模板", "图表", "清册", "问卷", "案卷", "热线",
    "村组", "企业", "学校", "商会", "展板", "账号", "附件", "链接",
    "索引", "字典", "日志", "卡片", "信箱", "讲义", "视频", "名录",
)  # fmt: skip
ENDINGS = ("，逐项销号", "，按月通报", "，专人负责", "，限期办结", "，当场答复", "，留痕备查")


def paragraphs(seed: str, count_clauses: int = 60) -> tuple[str, ...]:
    """Return one paragraph of so many clauses of four letters; the same seed gives the same."""
    dice = random.Random(f"own/{seed}")
    clauses = [dice.choice(VERBS) + dice.choice(NOUNS) for _ in range(count_clauses)]
    sentences = [
        "、".join(clauses[first : first + 5]) + dice.choice(ENDINGS)
        for first in range(0, count_clauses, 5)
    ]
    return ("。".join(sentences) + "。",)
