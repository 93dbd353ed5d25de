"""Files that no reader should trust: truncated, locked, misnamed, endless, and bombs.

Each is as small as shows it; the ones that unpack to gigabytes repeat one packed block.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

MEBIBYTE = 2**20
GIBIBYTE = 2**30
TEXT = b"BT /F1 12 Tf 72 700 Td (2023) Tj ET"

Objects = Mapping[int, bytes]


def packed(block: bytes, size: int) -> bytes:
    """A raw deflate stream of ``size`` bytes: ``block`` again and again, packed once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return once * (size // len(block)) + packer.flush()


# PDF


def pdf(objects: Objects, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, of which number 1 is the catalogue."""
    data = bytearray(b"%PDF-1.7\n")
    entries = []
    for number, content in sorted(objects.items()):
        entries.append(b"%d 1\n%010d 00000 n \n" % (number, len(data)))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n" + b"".join(entries)
    data += b"trailer\n<</Root 1 0 R/Size %d%s>>\n" % (max(objects) + 1, trailer)
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(content: bytes, dictionary: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def page(content: bytes = stream(TEXT), resources: bytes = b"", **changes: bytes) -> Objects:
    """The objects of a PDF of one page; ``o2`` replaces object 2, and so on."""
    font = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<<%s%s>>>>" % (font, resources),
        4: content,
    }
    return objects | {int(key[1:]): value for key, value in changes.items()}


def encrypted_pdf() -> bytes:
    """A PDF that opens with a password alone."""
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 700, "2023")
    canvas.save()
    return target.getvalue()


def pdf_of_pages(count: int) -> bytes:
    """A PDF of many pages that share their content."""
    kids = range(5, 5 + count)
    return pdf(
        {
            **page(),
            2: b"<</Type/Pages/Count %d/Kids[%s]>>"
            % (count, b" ".join(b"%d 0 R" % kid for kid in kids)),
            **dict.fromkeys(kids, page()[3]),
        }
    )


def pdf_with_page_tree_loop() -> bytes:
    """The tree of pages has itself as a branch."""
    return pdf(page(o2=b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"))


def pdf_with_page_tree_bush() -> bytes:
    """Nineteen levels whose two branches are the same: half a million pages."""
    levels = {
        number: b"<</Type/Pages/Count %d/Kids[%d 0 R %d 0 R]>>"
        % (2 ** (29 - number), number + 1, number + 1)
        for number in range(10, 29)
    }
    return pdf({**page(o1=b"<</Type/Catalog/Pages 10 0 R>>"), **levels, 29: page()[3]})


def pdf_with_parent_loop() -> bytes:
    """A page inherits its size from parents that are each other's."""
    return pdf(
        page(
            o2=b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 5 0 R>>",
            o3=b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
            o5=b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>",
        )
    )


def pdf_with_xref_loop() -> bytes:
    """The table of objects names itself as the one before, and the page is in neither."""
    objects = {number: content for number, content in page().items() if number != 3}
    start = pdf(objects).rpartition(b"startxref\n")[2].split()[0]
    return pdf(objects, b"/Prev %s" % start)


def pdf_with_form_loop() -> bytes:
    """A form draws itself, twice."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>"
    return pdf(page(stream(b"/X Do"), b"/XObject<</X 5 0 R>>", o5=stream(b"/X Do /X Do", form)))


def pdf_with_length_loop() -> bytes:
    """The length of the content is the content."""
    return pdf(page(b"<</Length 4 0 R>>\nstream\n%s\nendstream" % TEXT))


def pdf_with_object_stream_loop() -> bytes:
    """The pages lie in a stream of objects that extends itself, and is where it itself lies."""
    inside = {1: page()[1], 2: page()[2], 3: page()[3]}
    numbers = b""
    bodies = b""
    for number, content in inside.items():
        numbers += b"%d %d " % (number, len(bodies))
        bodies += content + b"\n"
    data = bytearray(b"%PDF-1.7\n")
    places = {}
    objects = {
        4: stream(b""),
        6: stream(
            numbers + bodies,
            b"/Type/ObjStm/N 3/First %d/Extends 6 0 R" % len(numbers),
        ),
    }
    for number, content in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    rows = [(0, 0, 255), (2, 6, 0), (2, 6, 1), (2, 6, 2), (1, places[4], 0), (0, 0, 0)]
    rows += [(1, places[6], 0), (1, start, 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    data += b"7 0 obj\n%s\nendobj\n" % stream(
        table, b"/Type/XRef/Size 8/W[1 4 1]/Root 1 0 R/Prev %d" % start
    )
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)


def pdf_bomb() -> bytes:
    """The content of the page unpacks to 2 GiB."""
    data = b"\x78\x9c" + packed(b" " * MEBIBYTE, 2 * GIBIBYTE)
    return pdf(page(stream(data, b"/Filter/FlateDecode")))


def pdf_bomb_in_bomb() -> bytes:
    """The content is packed twice, so that the outer stream is small."""
    inner = b"\x78\x9c" + packed(b" " * MEBIBYTE, 2 * GIBIBYTE)
    return pdf(page(stream(zlib.compress(inner), b"/Filter[/FlateDecode/FlateDecode]")))


# Office


def package(main: bytes) -> bytes:
    """A DOCX file with this as its main part."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", main)
    return target.getvalue()


def word(body: str) -> bytes:
    """The main part of a DOCX file."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>'.encode()


def docx_bomb(declared: int) -> bytes:
    """The main part unpacks to 2 GiB, and says that it is ``declared`` bytes long."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", packed(b" " * MEBIBYTE, 2 * GIBIBYTE))
        [member] = archive.infolist()
        member.compress_type = zipfile.ZIP_DEFLATED
        member.file_size = declared
    return target.getvalue()


def docx_with_entity_bomb() -> bytes:
    """Ten entities, each ten times the one before."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "报告"}">' for n in range(10))
    main = word("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>").decode()
    return package(f"<!DOCTYPE w [{entities}]>{main}".encode())


def docx_nested(depth: int, opening: str = "<w:tbl><w:tr><w:tc>") -> bytes:
    """Elements within each other."""
    closing = "".join(f"</{tag}>" for tag in opening.strip("<>").split("><")[::-1])
    return package(word(opening * depth + "<w:p/>" + closing * depth))


def encrypted_office_file() -> bytes:
    """The old container around an encrypted package, as Word and WPS save with a password.

    Sectors of 512 bytes: the allocation table, the directory, and the contents.
    """
    end, free, of_table, none = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
    contents = bytes(range(256)) * 16
    sectors = len(contents) // 512
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *([free] * 108))
    table = [of_table, end, *range(3, 2 + sectors), end]
    table += [free] * (128 - len(table))

    def entry(name: str, kind: int, child: int, start: int, size: int, right: int = none) -> bytes:
        text = name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16xI16xIQ", text, len(text) + 2, kind, 1, none, right, child, 0, start, size
        )

    directory = entry("Root Entry", 5, 1, end, 0)
    directory += entry("EncryptedPackage", 2, none, 2, len(contents))
    directory += bytes(256)
    return header + struct.pack("<128I", *table) + directory + contents


# Web pages


def page_of_attributes(count: int) -> bytes:
    """One tag with many attributes, each of which a parser compares with all before it."""
    return b"<html><p %s>x" % b" ".join(b"a%x" % number for number in range(count))


# Pictures


def png_of(width: int, height: int) -> bytes:
    """The beginning of a PNG that claims a size."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = packed(bytes(MEBIBYTE), (width // 8 + 1) * height)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", b"\x78\x9c" + rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + content


def tiff_with_loop() -> bytes:
    """A TIFF whose first page is also the next."""
    tags = [(256, 3, 1, 8), (257, 3, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    tags += [(273, 4, 1, 200), (278, 3, 1, 8), (279, 4, 1, 64)]
    pages = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags)
    data = b"II*\0" + struct.pack("<I", 8) + pages + struct.pack("<I", 8)
    return data.ljust(200, b"\0") + bytes(64)
