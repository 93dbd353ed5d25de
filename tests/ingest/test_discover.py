import io
import os

import pytest

from ingest.discover import PathNotFound, discover


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


def test_named_pipe_is_passed_over(folder):
    os.mkfifo(folder / "pipe.txt")
    assert discover([folder]).passed_over == 1


def test_paths_from_standard_input(folder):
    listed = io.StringIO(f"{folder / 'b.txt'}\r\n\n{folder / 'sub'}\n")
    assert names(discover(["-"], listed), folder) == ["b.txt", "sub/c.md", "sub/d.docx"]


def test_missing_path_is_named(folder):
    with pytest.raises(PathNotFound, match="nowhere"):
        discover([folder / "nowhere"])
