import io
import zipfile

import pytest

from ingest.docx import read
from ingest.numbering import numeral
from ingest.rejected import UnreadableFile
from ingest.sniff import OLE
from tests.ingest.documents import column, grids, paragraphs

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
REFERENCES = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TITLE = "某市某局2023年政府信息公开工作年度报告"


def part(name: str, inside: str, namespace: str = WORD) -> str:
    return (
        f'<w:{name} xmlns:w="{namespace}" xmlns:r="{OFFICE}"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"{inside}</w:{name}>"
    )


def package(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def of(body: str, parts: dict[str, str | bytes] | None = None, namespace: str = WORD):
    main = part("document", f"<w:body>{body}</w:body>", namespace)
    return read(package({"word/document.xml": main, **(parts or {})}))


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(inside: str, properties: str = "") -> str:
    inside = inside if inside.startswith("<") else p(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    made = (text if text.startswith("<w:tc>") else cell(text) for text in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def places(document):
    return [(c.text, c.row_no, c.col_no, c.row_span, c.col_span) for c in document.cells]


@pytest.mark.parametrize("namespace", [WORD, STRICT])
def test_paragraphs_and_tables_in_order(namespace):
    document = of(p("前") + tbl(row("甲", "1")) + p(" ") + p("后"), namespace=namespace)
    assert column(document.paragraphs, "block_no") == [1, 3]
    assert column(document.cells, "block_no") == [2, 2]
    assert grids(document) == [[["甲", "1"]]]
    assert document.format == "docx"


def test_merged_cells_appear_once_with_their_spans():
    document = of(
        tbl(
            row(cell("甲", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), "乙", "丙"),
            row(cell("", '<w:gridSpan w:val="2"/><w:vMerge/>'), "1", "2"),
            row(cell("看不见", '<w:gridSpan w:val="2"/><w:vMerge w:val="continue"/>'), "3", "4"),
            row("丁", "戊", "5", "6"),
        )
    )
    assert places(document) == [
        ("甲", 1, 1, 3, 2),
        ("乙", 1, 3, 1, 1),
        ("丙", 1, 4, 1, 1),
        ("1", 2, 3, 1, 1),
        ("2", 2, 4, 1, 1),
        ("3", 3, 3, 1, 1),
        ("4", 3, 4, 1, 1),
        ("丁", 4, 1, 1, 1),
        ("戊", 4, 2, 1, 1),
        ("5", 4, 3, 1, 1),
        ("6", 4, 4, 1, 1),
    ]


def test_merge_that_begins_anew_is_another_cell():
    restart, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = of(
        tbl(
            row(cell("甲", restart), "1"),
            row(cell("", more), "2"),
            row(cell("乙", restart), "3"),
            row(cell("", more), "4"),
        )
    )
    assert [place for place in places(document) if place[2] == 1] == [
        ("甲", 1, 1, 2, 1),
        ("乙", 3, 1, 2, 1),
    ]


def test_merge_without_a_beginning_is_a_cell():
    document = of(tbl(row("甲", "1"), row(cell("乙", "<w:vMerge/>"), "2")))
    assert grids(document) == [[["甲", "1"], ["乙", "2"]]]


def test_cells_merged_the_old_way():
    document = of(
        tbl(
            row(cell("题", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "x"),
            row("甲", "1", "2"),
        )
    )
    assert places(document)[0] == ("题", 1, 1, 1, 2)


def test_row_that_is_set_in_has_blanks_before_and_behind():
    document = of(
        tbl(
            row("甲", "1", "2", "3"),
            row("乙", "4", "5", "6"),
            row("丙", "7", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        )
    )
    assert grids(document)[0][2] == ["", "丙", "7", ""]


def r(text: str, more: str = "") -> str:
    return f"<w:r>{more}<w:t>{text}</w:t></w:r>"


def field(step: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>'


CODE = f"<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>{r('x')}"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (f"{r('国家')}<w:proofErr/>{r('秘密')}", "国家秘密"),
        ("<w:r><w:t>三</w:t><w:br/><w:t>、</w:t></w:r>", "三\n、"),
        ('<w:r><w:t>1</w:t><w:br w:type="page"/><w:t>2</w:t></w:r>', "12"),
        (f"<w:del>{r('3', '<w:delText>3</w:delText>')}</w:del><w:ins>{r('4')}</w:ins>", "4"),
        (f"<w:moveFrom>{r('3')}</w:moveFrom><w:moveTo>{r('4')}</w:moveTo>", "4"),
        (f"<w:hyperlink>{r('甲')}</w:hyperlink>", "甲"),
        (f"<w:sdt><w:sdtPr>{r('x')}</w:sdtPr><w:sdtContent>{r('甲')}</w:sdtContent></w:sdt>", "甲"),
        (f"<w:smartTag>{r('甲')}</w:smartTag>", "甲"),
        (r("x", "<w:rPr><w:vanish/></w:rPr>") + r("5"), "5"),
        (r("5", '<w:rPr><w:vanish w:val="0"/></w:rPr>'), "5"),
        ("<w:r><w:t>一</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>二</w:t></w:r>", "一-二"),
        ('<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>', "①"),
        (r("6", '<w:sym w:font="Wingdings" w:char="F0FE"/>'), "6"),
        (
            f"<w:r><w:ruby><w:rt>{r('guó')}</w:rt><w:rubyBase>{r('国')}</w:rubyBase></w:ruby></w:r>",
            "国",
        ),
        (
            field("begin") + CODE + field("separate") + r("12") + field("end") + r("件"),
            "12件",
        ),
        (f'<w:fldSimple w:instr="x">{r("7")}</w:fldSimple>', "7"),
        (f"{r('1')}</w:p><w:p/><w:p>{r('2')}", "1\n2"),
        (r("&#160;"), ""),
        ("", ""),
    ],
)
def test_text_of_a_cell(runs, text):
    assert grids(of(tbl(row("甲", cell(f"<w:p>{runs}</w:p>"))))) == [[["甲", text]]]


def test_deleted_rows_cells_and_marks():
    document = of(
        tbl(
            row("x", "y", properties="<w:del/>"),
            row("x", "y", properties="<w:hidden/>"),
            row("甲", cell("x", "<w:cellDel/>"), "1"),
        )
        + p("前", "<w:rPr><w:del/></w:rPr>")
        + p("后")
    )
    assert places(document) == [("甲", 1, 1, 1, 1), ("1", 1, 2, 1, 1)]
    assert paragraphs(document) == ["前后"]


def test_line_breaks_part_paragraphs():
    assert paragraphs(of("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>")) == ["甲", "乙"]


BOX = f"<w:txbxContent>{p('框')}{tbl(row('甲', '1'))}</w:txbxContent>"
FALLBACK = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"


def test_text_box_is_read_once_behind_its_paragraph():
    document = of(
        "<w:p><w:r><w:t>文</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
        f"<mc:Fallback>{FALLBACK}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert paragraphs(document) == ["文", "框"]
    assert grids(document) == [[["甲", "1"]]]


def test_text_box_of_old_is_read():
    assert paragraphs(of(f"<w:p><w:r>{FALLBACK}</w:r></w:p>")) == ["框"]


def test_nested_tables_are_layout():
    inner = tbl(row("甲", "1"))
    document = of(
        tbl(row(cell(p("二、主动公开政府信息情况") + inner + p("后")), "x"), row("乙", "2"))
    )
    assert grids(document) == [[["甲", "1"]], [["乙", "2"]]]
    assert paragraphs(document) == ["二、主动公开政府信息情况", "后", "x"]


def level(number: int, style: str, template: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{template}"/>{more}</w:lvl>'
    )


def numbered(number: int, at: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'


NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "%1、", '<w:pStyle w:val="H1"/>')
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%2.%3", "<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "\uf0b7")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>',
)
STYLES = part(
    "styles",
    '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="H1b"><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>',
)
LISTS = {"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES}


def test_automatic_numbers_are_written_out():
    document = of(
        p("总体情况", numbered(1))
        + p("概述", numbered(1, 1))
        + p("公开", numbered(1, 1))
        + p("条目", numbered(1, 2))
        + tbl(row(cell(p("本年新收", numbered(1))), "1"))
        + p("点", numbered(2))
        + p("概述", numbered(1, 1))
        + p("", numbered(1))
        + p("其他", numbered(3))
        + p("无", numbered(9))
        + p("无", numbered(0)),
        LISTS,
    )
    assert paragraphs(document) == [
        "一、总体情况",
        "（一）概述",
        "（二）公开",
        "2.1 条目",
        "点",
        "（一）概述",
        "五、其他",
        "无",
        "无",
    ]
    assert grids(document) == [[["二、本年新收", "1"]]]


def test_numbers_of_styles():
    document = of(
        "".join(
            p("题", f'<w:pStyle w:val="{style}"/>{own}')
            for style, own in [
                ("H1", ""),
                ("H1b", ""),
                ("H1", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
                ("Loop", ""),
                ("None", ""),
            ]
        ),
        LISTS,
    )
    assert paragraphs(document) == ["一、题", "二、题", "题", "题", "题"]


@pytest.mark.parametrize(
    ("count", "style", "text"),
    [
        (10, "chineseCounting", "十"),
        (11, "japaneseCounting", "十一"),
        (20, "chineseCountingThousand", "二十"),
        (23, "chineseCounting", "二十三"),
        (11, "chineseLegalSimplified", "壹拾壹"),
        (2, "decimalEnclosedCircle", "②"),
        (4, "lowerRoman", "iv"),
        (2, "upperLetter", "B"),
        (7, "decimalZero", "07"),
        (27, "lowerLetter", "27"),
        (100, "chineseCounting", "100"),
        (3, "hebrew1", "3"),
    ],
)
def test_numerals(count, style, text):
    assert numeral(count, style) == text


def test_title_in_the_header_comes_first():
    header = {"word/header1.xml": part("hdr", p("内部资料") + p(TITLE) + tbl(row("x", "y")))}
    document = of(p("一、总体情况"), header)
    assert paragraphs(document) == [TITLE, "一、总体情况"]
    assert document.cells == ()
    own = "某市某局2023年度政府信息公开工作年度报告"
    assert paragraphs(of(p(own) + p("一、总体情况"), header))[0] == own


def test_main_part_under_another_name():
    main = part("document", f"<w:body>{p('文')}</w:body>")
    references = (
        f'<Relationships xmlns="{REFERENCES}"><Relationship Id="a" Type="{OFFICE}/officeDocument"'
        ' Target="/word/document2.xml"/></Relationships>'
    )
    data = package({"_rels/.rels": references, "word/document2.xml": main})
    assert paragraphs(read(data)) == ["文"]


def test_web_page_inside():
    references = (
        f'<Relationships xmlns="{REFERENCES}"><Relationship Id="a" Type="{OFFICE}/aFChunk"'
        ' Target="page.html"/></Relationships>'
    )
    document = of(
        p("前") + '<w:altChunk r:id="a"/>',
        {
            "word/_rels/document.xml.rels": references,
            "word/page.html": "<html><p>文<table><tr><td>甲<td>1</table>",
        },
    )
    assert paragraphs(document) == ["前", "文"]
    assert grids(document) == [[["甲", "1"]]]


def body(inside: str) -> bytes:
    return package({"word/document.xml": part("document", f"<w:body>{inside}</w:body>")})


def nested(levels: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * levels + p("文") + "</w:tc></w:tr></w:tbl>" * levels


def bomb() -> bytes:
    """An archive that says of itself that it unpacks to 2 GiB."""
    data = body(p("文"))
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + (2**31).to_bytes(4, "little") + data[at + 4 :]


def locked() -> bytes:
    data = body(p("文"))
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + b"\x01" + data[at + 1 :]


ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + part("document", "<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body>")
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (body(""), "empty"),
        (body(p("文"))[:-30], "damaged"),
        (b"PK\x03\x04word/" + b"x" * 99, "damaged"),
        (package({"word/document.xml": "<w:document"}), "damaged"),
        (package({"word/document.xml": part("document", "")}), "damaged"),
        (package({"word/styles.xml": part("styles", "")}), "damaged"),
        (package({"word/document.xml": '<?xml version="1.0" encoding="UTF-1.2"?><a/>'}), "damaged"),
        (package({"word/document.xml": '<?xml version="1.0" encoding="GBK"?><a/>'}), "damaged"),
        (package({"word/document.xml": ENTITY}), "damaged"),
        (package({"word/document.xml": ENTITY.encode("utf-16")}), "damaged"),
        (b"abc", "wrong_extension"),
        (b"\0\1abc", "damaged"),
        (OLE + b"\0" * 600, "wrong_extension"),
        (b"<html><p>x", "wrong_extension"),
        (package({"xl/workbook.xml": "<x/>"}), "wrong_extension"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (locked(), "encrypted"),
        (bomb(), "too_large"),
        (package({"word/document.xml": b" " * (33 * 1024 * 1024)}), "too_large"),
        (body(nested(100)), "too_deep"),
        (body("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "too_deep"),
        (body(tbl(row("甲", properties='<w:gridBefore w:val="99999"/>') + row("乙"))), "too_large"),
    ],
)  # fmt: skip
def test_unreadable(data, reason):
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert caught.value.reason == reason
    assert "请" in caught.value.message


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (OLE + b"\0" * 600, r"\.doc）"),
        (b"<html><p>x", "网页"),
        (b"{\\rtf1", "RTF"),
        ("一、总体情况".encode("gb18030"), "纯文本"),
    ],
)
def test_wrong_extension_names_the_real_kind(data, named):
    with pytest.raises(UnreadableFile, match=named):
        read(data)


def test_members_with_paths_are_never_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    main = part("document", f"<w:body>{p('文')}</w:body>")
    read(package({"../../evil.xml": "x", "/abs.xml": "x", "word/document.xml": main}))
    assert list(tmp_path.iterdir()) == []
