import io
import os
import sys

import pytest

from ingest.discover import PathNotFound, discover

bytes_as_names = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems have Unicode names only"
)


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.PDF", "sub/c.md", "sub/d.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def names(found, folder):
    return [os.path.relpath(file, folder) for file in found.files]


def test_folder_is_searched_recursively_and_sorted(folder):
    found = discover([folder])
    assert names(found, folder) == ["a.PDF", "b.txt", "sub/c.md", "sub/d.docx"]
    assert found.passed_over == 0


def test_other_hidden_and_temporary_files_are_counted(folder):
    for name in ("x.xlsx", ".hidden.txt", "~$draft.docx", "noextension"):
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "e.txt").write_text("x")
    found = discover([folder])
    assert found.passed_over == 5
    assert len(found.files) == 4


def test_companions_are_not_counted(folder):
    for name in ("sources.csv", "expected.csv", "waivers.csv", "corrections.csv", "gouji.toml"):
        (folder / name).write_text("x")
    assert discover([folder]).passed_over == 0


@pytest.mark.parametrize("parts", ["年报_files", "年报.files", "年报_Files"])
@pytest.mark.parametrize("page", ["年报.html", "年报.HTM"])
def test_folder_saved_with_a_page_is_passed_over(folder, page, parts):
    (folder / page).write_text("x")
    (folder / parts).mkdir()
    (folder / parts / "frame.htm").write_text("x")
    found = discover([folder])
    assert page in names(found, folder)
    assert found.passed_over == 1
    assert len(found.files) == 5


@pytest.mark.parametrize("parts", ["其他_files", "年报", "年报_files2"])
def test_folder_without_its_page_is_searched(folder, parts):
    (folder / "年报.html").write_text("x")
    (folder / parts).mkdir()
    (folder / parts / "e.htm").write_text("x")
    assert f"{parts}/e.htm" in names(discover([folder]), folder)


def test_overlapping_paths_count_once(folder):
    found = discover([folder / "sub", folder, folder / "b.txt", folder / "sub" / ".." / "b.txt"])
    assert names(found, folder) == ["a.PDF", "b.txt", "sub/c.md", "sub/d.docx"]


def test_link_to_a_parent_ends(folder):
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    assert len(discover([folder]).files) == 4


def test_broken_link_is_handed_on_to_be_reported(folder):
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    assert "gone.txt" in names(discover([folder]), folder)


def test_named_pipe_is_handed_on_to_be_reported(folder):
    os.mkfifo(folder / "pipe.txt")
    assert "pipe.txt" in names(discover([folder]), folder)


@bytes_as_names
def test_names_that_are_no_text_are_shown_and_left_unread(folder):
    for name in (b"\xb1\xa8.txt", b"\xb1\xa8/e.txt", b"\xb1\xa8.xlsx"):
        path = folder / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = discover([folder])
    shown = {os.path.relpath(path, folder) for path in found.misnamed}
    assert shown == {r"\udcb1\udca8.txt", r"\udcb1\udca8"}
    assert len(found.files) == 4
    assert found.passed_over == 1


@bytes_as_names
def test_named_path_that_is_no_text_is_no_root(folder):
    path = folder / os.fsdecode(b"\xb1\xa8.txt")
    path.write_text("x")
    found = discover([path])
    assert len(found.misnamed) == 1
    assert found.roots == found.folders == found.files == ()


def test_folder_a_thousand_levels_deep_is_searched(folder):
    levels = 1100
    deepest = folder
    for _ in range(levels):
        deepest /= "a"
        deepest.mkdir()
    report = deepest / "e.txt"
    report.write_text("x")
    found = discover([folder])
    # Removed here: what removes temporary folders goes down by recursion.
    report.unlink()
    for empty in (deepest, *deepest.parents[: levels - 1]):
        empty.rmdir()
    assert report.as_posix() in found.files


def test_paths_from_standard_input(folder):
    listed = io.StringIO(f"{folder / 'b.txt'}\r\n\n{folder / 'sub'}\n")
    assert names(discover(["-"], listed), folder) == ["b.txt", "sub/c.md", "sub/d.docx"]


def test_missing_path_is_named(folder):
    with pytest.raises(PathNotFound, match="nowhere"):
        discover([folder / "nowhere"])
