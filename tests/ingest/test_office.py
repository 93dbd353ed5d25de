import os
import shutil
import time
from pathlib import Path

import pytest

from ingest import office
from ingest.document import digest
from ingest.rejected import UnreadableFile
from ingest.sniff import OLE
from tests.ingest.documents import grids, paragraphs
from tests.ingest.test_docx import body, p, row, tbl

HAS_OFFICE = any(shutil.which(name) for name in office.PROGRAMS)
RTF = (
    rb"{\rtf1\ansi\ansicpg936 \u24180?\u25253?\par "
    rb"\trowd\cellx2000\cellx4000\intbl \u30002?\cell 12\cell\row\pard \u23614?\par}"
)


def encrypted_doc() -> bytes:
    """The opening of an old file whose text stream says that it is encrypted."""
    return OLE + b"\0" * 504 + b"\xec\xa5\xc1\0" + b"\0" * 7 + b"\x01" + b"\0" * 500


@pytest.mark.skipif(not HAS_OFFICE, reason="needs LibreOffice")
def test_old_document_is_converted():
    document = office.read(RTF)
    assert paragraphs(document) == ["年报", "尾"]
    assert grids(document) == [[["甲", "12"]]]
    assert document.sha256 == digest(RTF)
    assert document.byte_size == len(RTF)
    assert document.format == "docx"
    assert document.reader == "office"


def test_docx_and_web_pages_under_a_false_name_are_read():
    data = body(p("文") + tbl(row("甲", "1")))
    assert grids(office.read(data)) == [[["甲", "1"]]]
    document = office.read(b"<html><table><tr><td>" + "甲<td>1".encode())
    assert grids(document) == [[["甲", "1"]]]
    assert document.format == "html"


def test_without_libreoffice_the_remedy_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile, match="请用WPS或Word另存为") as caught:
        office.read(OLE + b"\0" * 2000)
    assert caught.value.reason == "no_converter"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"abc", "wrong_extension"),
        (b"\0\1abc", "damaged"),
        (b"%PDF-1.7", "wrong_extension"),
        (encrypted_doc(), "encrypted"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ],
)
def test_unreadable(data, reason):
    with pytest.raises(UnreadableFile) as caught:
        office.read(data)
    assert caught.value.reason == reason


def program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_program_that_makes_nothing(tmp_path):
    with pytest.raises(UnreadableFile) as caught:
        office.convert(program(tmp_path, "exit 0"), b"x", "doc")
    assert caught.value.reason == "conversion_failed"


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_program_that_hangs_is_ended_with_its_children(tmp_path):
    mark = tmp_path / "still_there"
    script = f"(sleep 2; touch {mark}) &\nwait"
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match="超过1秒"):
        office.convert(program(tmp_path, script), b"x", "doc", time_limit=1)
    assert time.monotonic() - started < 2
    time.sleep(1.5)
    assert not mark.exists()
