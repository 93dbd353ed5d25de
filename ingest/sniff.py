"""Tell by its bytes what a file is, whatever its extension says."""

from __future__ import annotations

import io
import zipfile

from ingest.encoding import decode
from ingest.rejected import UnreadableFile

NAMES = {
    "pdf": "PDF",
    "docx": "Word文档（.docx）",
    "doc": "旧版Word或WPS文档（.doc）",
    "rtf": "RTF文档（.rtf）",
    "html": "网页（.html）",
    "mht": "网页存档（.mht）",
    "png": "图片（.png）",
    "jpg": "图片（.jpg）",
    "tif": "图片（.tif）",
    "xlsx": "Excel表格（.xlsx）",
    "ofd": "OFD版式文件（.ofd）",
    "txt": "纯文本（.txt）",
    "rar": "压缩包（.rar）",
    "7z": "压缩包（.7z）",
    "gz": "压缩包（.gz）",
    "zip": "压缩包（.zip）",
}
"""Kind, which is also the right extension -> what to call it."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What the container of old office files begins with, and of encrypted new ones."""
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (OLE, "doc"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gz"),
)
_ZIP_MEMBERS = (("word/", "docx"), ("xl/", "xlsx"), ("OFD.xml", "ofd"))
_HTML_TAGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta")
_OPENING = 4096


def kind(data: bytes) -> str | None:
    """Return a key of :data:`NAMES`; None for anything else, such as plain text."""
    opening = data[:_OPENING].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, name in _SIGNATURES:
        if opening.startswith(signature):
            return name
    if opening.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    # Null bytes are left out so that UTF-16 reads alike.
    words = opening.replace(b"\0", b"").lower()
    if not words.startswith(b"<") and b"mime-version:" in words and b"content-type:" in words:
        return "mht"
    return "html" if any(tag in words for tag in _HTML_TAGS) else None


def require(data: bytes, allowed: tuple[str | None, ...], extension: str) -> None:
    """Refuse a file that is of another kind than its extension says.

    Raises :class:`UnreadableFile` (``empty``, ``wrong_extension``, ``damaged``) and names the real
    kind.
    """
    if not data.strip():
        raise UnreadableFile("empty", "文件是空的，请重新导出或下载后再提供。")
    found = kind(data)
    if found in allowed:
        return
    message = misnamed(data, extension)
    if message:
        raise UnreadableFile("wrong_extension", message)
    raise UnreadableFile(
        "damaged", f"文件扩展名是{extension}，内容却无法识别，可能已损坏，请重新下载或导出。"
    )


def misnamed(data: bytes, extension: str) -> str | None:
    """Say what the bytes are instead of what their extension says; None if nobody knows."""
    found = kind(data) or ("txt" if _is_text(data) else None)
    return found and (
        f"文件扩展名是{extension}，内容却是{NAMES[found]}，请用原来的程序打开后另存为"
        f"{extension}，或把扩展名改为{found}。"
    )


def _is_text(data: bytes) -> bool:
    try:
        decode(data)
    except UnreadableFile:
        return False
    return True


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        # A truncated archive has lost its list of members, but not the names before each.
        names = [start for start, _ in _ZIP_MEMBERS if start.encode() in data[:_OPENING]]
    for start, name in _ZIP_MEMBERS:
        if any(member.startswith(start) for member in names):
            return name
    return "zip"
