"""Reports as web pages: as the form prints it, as Word saves it, inside a site, in pieces."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal

from data.generator import cuts
from data.generator.forms import TABLES
from data.generator.grid import COLUMN_WIDTHS, SECTION_OF, Box, Grid, form_grid
from data.generator.report import Report

Style = Literal["plain", "wps", "nested", "split"]
STYLES: tuple[Style, ...] = ("plain", "wps", "nested", "split")
Encoding = Literal[
    "utf-8", "utf-8-undeclared", "utf-8-misdeclared", "gbk", "gbk-undeclared", "gbk-misdeclared",
    "utf-16",
]  # fmt: skip
ENCODINGS: tuple[Encoding, ...] = (
    "utf-8", "utf-8-undeclared", "utf-8-misdeclared", "gbk", "gbk-undeclared", "gbk-misdeclared",
    "utf-16",
)  # fmt: skip
TitlePlace = Literal["article", "chrome", "head"]

# What a page says of its encoding; utf-16 says it by its byte order mark.
DECLARED: dict[Encoding, str] = {
    "utf-8": "utf-8",
    "utf-8-misdeclared": "gb2312",
    "gbk": "gb2312",
    "gbk-misdeclared": "utf-8",
}
WIDTH_PX = 640
NAVIGATION = ("首页", "政务动态", "政务公开", "政务服务", "互动交流", "走进示例")
SIDE_LINKS = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报")


def encode_page(page: str, encoding: Encoding) -> bytes:
    """Declare the encoding in the page, or not, or wrongly, and encode it."""
    declared = DECLARED.get(encoding)
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = page.replace("<head>", f"<head>\n{meta}" if declared else "<head>", 1)
    if encoding == "utf-16":
        return page.encode("utf-16")
    codec = "utf-8" if encoding.startswith("utf-8") else "gb18030"
    return page.encode(codec)


def render_html(
    report: Report,
    style: Style = "plain",
    encoding: Encoding = "utf-8",
    title_place: TitlePlace = "article",
    blank_zeros: bool = False,
    seed: int = 0,
) -> bytes:
    """Render a report as a web page.

    ``plain``: one table for each of the form's, with rowspan and colspan. ``wps``: the same as a
    word processor saves it. ``nested``: in a layout table with navigation, breadcrumbs and footer;
    the title may stand only there (``chrome``) or only in the head. ``split``: table 二 in a table
    for each item of article 20, table 三 in two cut within a group, with empty rows and &nbsp;
    between. ``seed`` draws where it is cut and whether the group's label is repeated.
    """
    if blank_zeros:
        report = cuts.blank_zeros(report)
    dice = random.Random(f"html/{style}/{seed}")
    writer = {"plain": _Plain, "wps": _Wps, "nested": _Nested, "split": _Split}[style](dice)
    return encode_page(writer.page(report, title_place), encoding)


class _Plain:
    """The page as the form prints it; the other styles change parts of it."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def page(self, report: Report, title_place: TitlePlace) -> str:
        """Return the whole page."""
        head = escape(self.head_title(report, title_place))
        title = self.title(report.title) if title_place == "article" else ""
        article = "\n".join([title, *self.blocks(report)])
        return (
            f"<!DOCTYPE html>\n<html>\n<head>\n<title>{head}</title>\n</head>\n<body>\n"
            f"{self.frame(article, report, title_place)}\n</body>\n</html>\n"
        )

    def head_title(self, report: Report, title_place: TitlePlace) -> str:
        """Return the text of the title element; a site puts its own name behind."""
        return report.title if title_place != "chrome" else "政府信息公开"

    def frame(self, article: str, report: Report, title_place: TitlePlace) -> str:
        """Put what a site has around the article; a plain page has only the breadcrumbs."""
        if title_place != "chrome":
            return article
        crumbs = "<div>当前位置：首页 &gt; 政府信息公开年报</div>"
        return f"{crumbs}\n<h3>{escape(report.title)}</h3>\n{article}"

    def blocks(self, report: Report) -> Iterable[str]:
        """Yield introduction and sections with their tables."""
        yield from map(self.paragraph, report.introduction)
        for section in report.sections:
            yield self.heading(section.heading)
            yield from map(self.paragraph, section.paragraphs)
            for form_table in TABLES:
                grid = form_grid(form_table, report.edition, report.printed)
                if SECTION_OF[form_table] == section.number and grid:
                    yield from self.tables(grid)

    def title(self, text: str) -> str:
        return f"<h1>{escape(text)}</h1>"

    def heading(self, text: str) -> str:
        return f"<h2>{escape(text)}</h2>"

    def paragraph(self, text: str) -> str:
        return f"<p>{escape(text)}</p>"

    def tables(self, grid: Grid) -> Iterable[str]:
        """Yield the table elements one table of the form becomes."""
        yield self.table(grid)

    def table(self, grid: Grid) -> str:
        rows = "\n".join(self.row(grid, row) for row in range(grid.row_count))
        return f'<table border="1" cellspacing="0">\n<tbody>\n{rows}\n</tbody>\n</table>'

    def row(self, grid: Grid, row: int) -> str:
        cells = "".join(self.cell(grid, box) for box in cuts.boxes_of_row(grid, row))
        return f"<tr>{cells}</tr>"

    def cell(self, grid: Grid, box: Box) -> str:
        return f"<td{spans(box)}>{escape(box.text)}</td>"


class _Wps(_Plain):
    """The page as a word processor saves it."""

    def page(self, report: Report, title_place: TitlePlace) -> str:
        page = super().page(report, title_place)
        return page.replace(
            "<html>",
            '<html xmlns:v="urn:schemas-microsoft-com:vml" '
            'xmlns:o="urn:schemas-microsoft-com:office:office"\n'
            'xmlns:w="urn:schemas-microsoft-com:office:word">',
        ).replace(
            "</head>",
            "<style><!--\n@font-face{font-family:宋体;}\n"
            "p.MsoNormal{margin:0pt;text-align:justify;font-size:10.5000pt;}\n--></style>\n"
            "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument>"
            "</xml><![endif]-->\n</head>",
        )

    def title(self, text: str) -> str:
        return self._mso(text, "font-size:22.0000pt;font-weight:bold", "center")

    def heading(self, text: str) -> str:
        return self._mso(text, "font-size:16.0000pt;font-family:黑体", "justify")

    def paragraph(self, text: str) -> str:
        return self._mso(text, "font-size:16.0000pt;font-family:仿宋_GB2312", "justify")

    def table(self, grid: Grid) -> str:
        rows = "\n".join(self.row(grid, row) for row in range(grid.row_count))
        widths = _pixels(grid)
        # A row of no height tells the widths; browsers skip it by its conditional comment.
        last = "".join(f"<td width={width} style='border:none'></td>" for width in widths)
        return (
            "<div align=center><table class=MsoNormalTable border=1 cellspacing=0 "
            f'cellpadding=0 width={sum(widths)}\nstyle="border-collapse:collapse;border:none">\n'
            f"{rows}\n<![if !supportMisalignedColumns]>\n<tr height=0>{last}</tr>\n<![endif]>\n"
            "</table></div>"
        )

    def row(self, grid: Grid, row: int) -> str:
        cells = "\n".join(self.cell(grid, box) for box in cuts.boxes_of_row(grid, row))
        return f"<tr style='mso-yfti-irow:{row};height:20.0pt'>\n{cells}\n</tr>"

    def cell(self, grid: Grid, box: Box) -> str:
        width = sum(_pixels(grid)[box.column : box.column + box.column_span])
        inner = self._mso(box.text, "font-size:10.5000pt;font-family:宋体", "center")
        return (
            f"<td width={width}{spans(box)} valign=center style='width:{width * 0.75:.2f}pt;\n"
            f"border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt'>{inner}</td>"
        )

    def _mso(self, text: str, style: str, align: str) -> str:
        """Write one paragraph in several runs, as editing leaves them behind."""
        if not text:
            run = f'<span lang=EN-US style="{style}"><o:p>&nbsp;</o:p></span>'
            return f"<p class=MsoNormal align={align}>{run}</p>"
        at = self.dice.randint(0, len(text)) if not text.isascii() else len(text)
        runs = "".join(
            f"<span\nstyle=\"mso-spacerun:'yes';{style}\">{self._font(part)}</span>"
            for part in (text[:at], text[at:])
            if part
        )
        return (
            f'<p class=MsoNormal align={align} style="text-align:{align};line-height:150%">{runs}'
            f'<span style="{style}"><o:p></o:p></span></p>'
        )

    def _font(self, text: str) -> str:
        if text.isascii():
            return f"<span lang=EN-US>{escape(text)}</span>"
        return f"<font face=宋体>{escape(text)}</font>"


class _Nested(_Plain):
    """The article inside a site's layout tables."""

    def head_title(self, report: Report, title_place: TitlePlace) -> str:
        if title_place == "chrome":
            return "政府信息公开年报_示例市人民政府门户网站"
        return f"{report.title}_示例市人民政府门户网站"

    def frame(self, article: str, report: Report, title_place: TitlePlace) -> str:
        menu = "".join(f'<td><a href="#">{text}</a></td>' for text in NAVIGATION)
        side = "".join(f'<tr><td><a href="#">{text}</a></td></tr>' for text in SIDE_LINKS)
        title = f'<div class="bt">{escape(report.title)}</div>' if title_place == "chrome" else ""
        issued = f"{report.year + 1}-01-{self.dice.randint(10, 31)}"
        views = self.dice.randint(12, 4096)
        index = f"{self.dice.randint(10**7, 10**8 - 1)}/{issued[:4]}-{self.dice.randint(1, 999):05}"
        return (
            "<script>var pageName = '列表';</script>\n"
            '<table width="1000" align="center" cellpadding="0" cellspacing="0"><tbody>\n'
            f'<tr><td colspan="2"><table width="100%"><tr>{menu}</tr></table></td></tr>\n'
            '<tr><td colspan="2">当前位置：<a href="#">首页</a> &gt; <a href="#">政府信息公开</a> '
            '&gt; <a href="#">政府信息公开年报</a></td></tr>\n'
            f'<tr>\n<td width="200" valign="top"><table>{side}</table></td>\n<td valign="top">\n'
            f'<table class="xxgk"><tr><td>索引号：</td><td>{index}</td>'
            f"<td>发布机构：</td><td>{escape(report.agency)}</td></tr>"
            "<tr><td>主题分类：</td><td>政务公开</td>"
            f"<td>发布日期：</td><td>{issued}</td></tr></table>\n"
            f'{title}<div class="ly">发布时间：{issued}&nbsp;&nbsp;'
            f"浏览次数：<span>{views}</span>次"
            "&nbsp;&nbsp;字体：【大 中 小】</div>\n"
            f'<div class="TRS_Editor"><div class="Custom_UnionStyle">\n{article}\n</div></div>\n'
            '<div>【打印本页】&nbsp;【关闭窗口】</div>\n</td>\n</tr>\n<tr><td colspan="2">'
            f"主办：{escape(report.agency)}　技术支持：示例市大数据中心　网站标识码：3300000001<br>"
            "备案序号：示ICP备05000001号　联系电话：0500-12345678</td></tr>\n</tbody></table>"
        )

    def table(self, grid: Grid) -> str:
        """Wrap every table in one more, as editors do that centre it."""
        return f'<table align="center"><tr><td>\n{super().table(grid)}\n</td></tr></table>'

    def cell(self, grid: Grid, box: Box) -> str:
        return f'<td{spans(box)}><p align="center">{escape(box.text) or "&nbsp;"}</p></td>'


class _Split(_Plain):
    """The tables in pieces."""

    def tables(self, grid: Grid) -> Iterable[str]:
        if grid.form_table == "proactive":
            below = grid
            done = 0
            for row in cuts.rows_before_captions(grid):
                # A caption left behind is the last row of the piece before.
                at = row + self.dice.randint(0, 1)
                above, below = cuts.cut(below, at - done)
                done = at
                yield self.table(above)
            yield self.table(below)
        elif grid.form_table == "applications" and (rows := cuts.rows_within_groups(grid)):
            label: cuts.GroupLabel = "repeated" if self.dice.random() < 0.5 else "lost"
            for part in cuts.cut(grid, self.dice.choice(rows), label, self.dice.random() < 0.3):
                yield self.table(part)
        else:
            yield self.table(grid)

    def row(self, grid: Grid, row: int) -> str:
        made = super().row(grid, row)
        crossed = any(box.row <= row < box.row + box.row_span - 1 for box in grid.boxes)
        if crossed or self.dice.random() > 0.15:
            return made
        empty = "<td>&nbsp;</td>" * grid.column_count
        return f"{made}\n{self.dice.choice(('<tr></tr>', f'<tr>{empty}</tr>'))}"

    def cell(self, grid: Grid, box: Box) -> str:
        text = f"&nbsp;{escape(box.text)}" if box.text else ""
        return f"<td{spans(box)}>{text}&nbsp;</td>"


def spans(box: Box) -> str:
    """Return the attributes of a cell that spans rows or columns."""
    rows = f' rowspan="{box.row_span}"' if box.row_span > 1 else ""
    columns = f' colspan="{box.column_span}"' if box.column_span > 1 else ""
    return rows + columns


def _pixels(grid: Grid) -> Sequence[int]:
    return [round(share * WIDTH_PX) for share in COLUMN_WIDTHS[grid.form_table]]
