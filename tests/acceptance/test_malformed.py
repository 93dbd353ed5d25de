"""Malformed, locked, endless and hostile files: each is named, and the good ones are read."""

from __future__ import annotations

import ast
import contextlib
import ctypes
import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import PIL.Image
import pytest

from checkpoints.exit_codes import ExitCode
from checkpoints.wording import REASONS_EN
from data.generator.docx import render_docx
from data.generator.html import render_html
from data.generator.pdf import render_pdf
from ingest.limits import Limits
from ingest.read import IngestReport, ingest
from ingest.registry import READERS
from tests.acceptance.reports import clean, write
from tests.acceptance.runs import PROGRAM, Ended, rows
from tests.ingest import malformed

pytestmark = [
    pytest.mark.xdist_group("malformed"),
    pytest.mark.skipif(sys.platform != "linux", reason="needs special files and memory limits"),
]

LIMITS = Limits(seconds=10)
LONGEST_NAME = "长" * 82 + "称.txt"
GOOD = ("good.txt", "two\nlines.txt", LONGEST_NAME)
# Read as what it is, as word processors do.
PAGE_NAMED_DOC = "page.doc"
MISNAMED = b"\xb1\xa8\xb8\xe6.txt"
MISNAMED_SHOWN = r"\udcb1\udca8\udcb8\udce6.txt"

REPORT = clean(20)
TEXT = "一、总体情况\n".encode()
# Without the extra nobody looks at the pictures.
BLANK_SCAN = {"nothing_printed", "ocr_not_installed"}
# Where a reader breaks, and how, depends on the machine.
GIVEN_UP = {"reader_crashed", "out_of_memory", "timed_out"}


def picture(form: str) -> bytes:
    """A page of stripes."""
    target = io.BytesIO()
    PIL.Image.frombytes("L", (800, 600), bytes(range(200)) * 2400).save(target, form)
    return target.getvalue()


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


class Case(NamedTuple):
    """Bytes under a name, and the reasons for which they may be rejected."""

    name: str
    reasons: set[str]
    make: Callable[[], bytes]


CASES = [
    Case("half.pdf", {"damaged"}, lambda: half(render_pdf(REPORT))),
    Case("half.docx", {"damaged"}, lambda: half(render_docx(REPORT))),
    Case("within_a_tag.html", {"empty"}, lambda: b"<!DOCTYPE html><html><head><tit"),
    Case("half.png", {"damaged", "ocr_not_installed"}, lambda: half(picture("PNG"))),
    Case("half.tif", {"damaged", "ocr_not_installed"}, lambda: half(picture("TIFF"))),
    *(Case(f"empty{ending}", {"empty", "ocr_not_installed"}, bytes) for ending in READERS),
    Case("locked.pdf", {"encrypted"}, malformed.encrypted_pdf),
    Case("locked.docx", {"encrypted"}, malformed.encrypted_office_file),
    Case("locked.doc", {"encrypted"}, malformed.encrypted_office_file),
    Case("pages.pdf", {"too_many_pages"}, lambda: malformed.pdf_of_pages(10_000)),
    Case("tree_loop.pdf", {"damaged"}, malformed.pdf_with_page_tree_loop),
    Case("tree_bush.pdf", {"too_many_pages"}, malformed.pdf_with_page_tree_bush),
    Case("parent_loop.pdf", BLANK_SCAN, malformed.pdf_with_parent_loop),
    Case("xref_loop.pdf", {"damaged"}, malformed.pdf_with_xref_loop),
    Case("form_loop.pdf", GIVEN_UP, malformed.pdf_with_form_loop),
    Case("length_loop.pdf", {"not_a_report"}, malformed.pdf_with_length_loop),
    Case("object_stream_loop.pdf", BLANK_SCAN, malformed.pdf_with_object_stream_loop),
    Case("bomb.pdf", {"too_large"}, malformed.pdf_bomb),
    Case("bomb_in_bomb.pdf", GIVEN_UP, malformed.pdf_bomb_in_bomb),
    Case("bomb.docx", {"too_large"}, lambda: malformed.docx_bomb(2 * malformed.GIBIBYTE)),
    Case("lying_bomb.docx", {"damaged"}, lambda: malformed.docx_bomb(1000)),
    Case("entity_bomb.docx", {"damaged"}, malformed.docx_with_entity_bomb),
    Case("nested.docx", {"too_deep"}, lambda: malformed.docx_nested(10_000)),
    Case("nested_100.html", {"too_deep"}, lambda: b"<table><tr><td>" * 100 + b"1"),
    Case("nested_10000.html", {"too_deep"}, lambda: b"<table><tr><td>" * 10_000 + b"1"),
    Case("one_tag.html", {"too_large"}, lambda: b"<b>" * (200 * malformed.MEBIBYTE // 3)),
    Case("one_tag_30.html", {"too_deep"}, lambda: b"<p><b>" * (30 * malformed.MEBIBYTE // 6)),
    Case("attributes.html", {"timed_out"}, lambda: malformed.page_of_attributes(300_000)),
    Case("vast.png", {"too_large", "ocr_not_installed"}, lambda: malformed.png_of(60_000, 60_000)),
    Case("loop.tif", BLANK_SCAN, malformed.tiff_with_loop),
]
# Name, reason, what the message calls the true format, and the bytes.
MISLEADING = [
    ("pdf.docx", "wrong_extension", "PDF", lambda: render_pdf(REPORT)),
    ("docx.pdf", "not_a_pdf", ".docx", lambda: render_docx(REPORT)),
    ("png.pdf", "not_a_pdf", ".png", lambda: picture("PNG")),
    ("html.pdf", "not_a_pdf", "网页", lambda: render_html(REPORT)),
    ("text.docx", "wrong_extension", "纯文本", lambda: TEXT),
    ("text.html", "wrong_extension", "纯文本", lambda: TEXT),
    ("docx.html", "wrong_extension", ".docx", lambda: render_docx(REPORT)),
]

SPECIAL = {
    "pipe.pdf": {"not_a_file"},
    "socket.pdf": {"not_a_file"},
    "zeros.txt": {"not_a_file"},
    "sparse.pdf": {"too_large"},
    "itself.pdf": {"no_access"},
    "there.pdf": {"no_access"},
    "back.pdf": {"no_access"},
    "dangling.pdf": {"no_access"},
    "vanishes.txt": {"no_access"},
    "folder.pdf/empty.pdf": {"empty"},
    MISNAMED_SHOWN: {"misnamed"},
}


def special_files(folder: Path) -> None:
    """What is no plain file of a plausible size, or is somewhere else than it seems."""
    os.mkfifo(folder / "pipe.pdf")
    with contextlib.chdir(folder), socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.pdf")  # the path of a socket is short
    with (folder / "sparse.pdf").open("wb") as sparse:
        sparse.truncate(5 * malformed.GIBIBYTE)
    links = {
        "zeros.txt": "/dev/zero",
        "itself.pdf": "itself.pdf",
        "there.pdf": "back.pdf",
        "back.pdf": "there.pdf",
        "dangling.pdf": "nowhere.pdf",
        "loop": ".",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    (folder / "folder.pdf").mkdir()
    (folder / "folder.pdf" / "empty.pdf").touch()
    (folder / "vanishes.txt").write_bytes(TEXT)
    (folder / os.fsdecode(MISNAMED)).write_bytes(TEXT)


class Run(NamedTuple):
    folder: Path
    database: Path
    found: IngestReport
    seconds: float


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All of them in one folder, read in one run."""
    top = tmp_path_factory.mktemp("malformed")
    folder = top / "reports"
    for number, name in enumerate(GOOD):
        write(clean(number), folder / name)
    (folder / PAGE_NAMED_DOC).write_bytes(render_html(clean(10)))
    for case in CASES:
        (folder / case.name).write_bytes(case.make())
    for name, _, _, make in MISLEADING:
        (folder / name).write_bytes(make())
    special_files(folder)

    def once_all_are_found(done: int, total: int) -> None:
        (folder / "vanishes.txt").unlink(missing_ok=True)

    start = time.monotonic()
    found = ingest([folder], top / "gouji.duckdb", 2, once_all_are_found, limits=LIMITS)
    return Run(folder, top / "gouji.duckdb", found, time.monotonic() - start)


def messages(run: Run) -> dict[str, tuple[str, str]]:
    """Reason and message in the database by path within the folder."""
    listed = rows(run.database, "select source_path, reason, message from raw.rejections")
    return {os.path.relpath(path, run.folder): (why, says) for path, why, says in listed}


def test_every_malformed_file_is_rejected_by_name_and_for_its_reason(run: Run) -> None:
    expected = {case.name: case.reasons for case in CASES} | SPECIAL
    expected |= {name: {reason} for name, reason, _, _ in MISLEADING}
    found = {name: reason for name, (reason, _) in messages(run).items()}
    assert found.keys() == expected.keys()
    assert {name: why for name, why in found.items() if why not in expected[name]} == {}
    assert len(run.found.rejections) == len(expected)


def test_every_rejection_says_what_to_do_in_both_languages(run: Run) -> None:
    for name, (reason, message) in messages(run).items():
        assert "请" in message, name
        assert reason in REASONS_EN, name


@pytest.mark.parametrize(("name", "named"), [(name, named) for name, _, named, _ in MISLEADING])
def test_a_misleading_extension_is_answered_with_the_true_format(
    run: Run, name: str, named: str
) -> None:
    assert named in messages(run)[name][1]


def test_good_reports_beside_them_are_read_once(run: Run) -> None:
    good = sorted((run.folder / name).as_posix() for name in (*GOOD, PAGE_NAMED_DOC))
    read = rows(run.database, "select source_path from raw.sources order by source_path")
    assert [path for (path,) in read] == good
    assert rows(run.database, "select count(*) from raw.documents") == [(len(good),)]
    assert run.found.count_read == len(good)
    cells = rows(run.database, "select count(*) from raw.cells group by document_id")
    assert len(cells) == len(good)
    assert min(count for (count,) in cells) > 200


def test_all_of_them_cost_less_time_than_two_files_may(run: Run) -> None:
    assert run.seconds < 2 * Limits().seconds


def test_what_is_only_named_is_no_report_that_has_gone(run: Run) -> None:
    assert run.found.gone == ()
    again = ingest([run.folder / GOOD[0], run.folder / os.fsdecode(MISNAMED)], run.database)
    assert again.gone == ()
    assert [rejected.reason for rejected in again.rejections] == ["misnamed"]


def without_privileges() -> None:
    """Take from root, on its next ``exec``, the right to pass over permissions."""
    drop_from_bounding_set = 24
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


@pytest.fixture
def command_on_locked(tmp_path: Path) -> Ended:
    """``gouji ingest`` by a user who may not read everything."""
    folder = tmp_path / "reports"
    write(clean(1), folder / "good.txt")
    for name in ("listed", "closed"):
        write(clean(2), folder / name / "hidden.txt")
    write(clean(4), folder / "secret.txt")
    os.mkfifo(folder / "pipe.txt")
    modes = {"listed": 0o444, "closed": 0o000, "secret.txt": 0o000}
    for name, mode in modes.items():
        (folder / name).chmod(mode)
    arguments = ["ingest", folder, "--db", tmp_path / "gouji.duckdb", "--jobs", "2", "--lang", "en"]
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(malformed.__file__).parents[2])},
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=without_privileges,
    )
    for name in modes:
        (folder / name).chmod(0o755)
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def test_what_may_not_be_read_is_named_by_the_command(command_on_locked: Ended) -> None:
    ended = command_on_locked
    assert ended.code == ExitCode.INCOMPLETE
    assert "Traceback" not in ended.err
    assert "reports 1 · read 1" in ended.out
    refused = {line.split(": ")[1].removeprefix("reports/") for line in ended.out.splitlines()[1:]}
    assert refused == {"closed", "listed", "secret.txt", "pipe.txt"}
    assert ended.out.count(REASONS_EN["no_access"]) == 3
    assert ended.out.count(REASONS_EN["not_a_file"]) == 1


def test_every_reason_of_the_readers_is_worded_in_english_too(root: Path) -> None:
    reasons = {
        str(call.args[0].value)
        for module in (root / "ingest").rglob("*.py")
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"UnreadableFile", "NotAReport"}
        and isinstance(call.args[0], ast.Constant)
    }
    assert {"empty", "not_a_report"} < reasons
    assert reasons - set(REASONS_EN) == set()
