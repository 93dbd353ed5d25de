"""Fixed words of the site, in Chinese and English; what other parts say too is in wording.py."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "other_language": ("English", "中文"),
    "skip": ("跳到正文", "Skip to the content"),
    "navigation": ("网页导航", "Pages of this site"),
    "nav_overview": ("总览", "Overview"),
    "nav_data_docs": ("技术附件", "Data Docs"),
    "sort_by": ("按此列排序", "Sort by this column"),
}
