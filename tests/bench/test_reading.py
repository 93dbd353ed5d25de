"""The benchmark of reading runs on files with a truth and counts what is right."""

import csv

import pytest

from bench.reading import main, measure, read_truth
from bench.tools import FLOOR, OURS, PLAIN
from data.generator.corpus import TRUTH, members, write_corpus

READERS = [OURS, "gouji --reader pdfplumber", PLAIN, FLOOR]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two reports that need no browser to be printed, and their truth."""
    folder = tmp_path_factory.mktemp("bench")
    made = [each for each in members(60, seed=1, scans=False) if each.layout == "pdf_platypus"]
    write_corpus(made[:2], folder)
    return folder


def test_every_reader_reads_every_file_and_ours_reads_every_cell_right(folder):
    files = list(measure([folder], rounds=1))
    with (folder / TRUTH).open(encoding="utf-8", newline="") as lines:
        count = len(list(csv.DictReader(lines)))
    assert len(files) == 2
    assert sum(file.total for file in files) == count
    for file in files:
        assert set(READERS) <= set(file.seconds)
        assert file.right[OURS] == file.right[READERS[1]] == file.total


def test_a_wrong_figure_counts_as_not_right(folder, tmp_path):
    truth = (folder / TRUTH).read_text(encoding="utf-8").splitlines()
    name = truth[1].partition(",")[0]
    (tmp_path / name).write_bytes((folder / name).read_bytes())
    own = [line for line in truth[1:] if line.startswith(f"{name},")]
    *head, _, is_zero = own[0].rsplit(",", 2)
    own[0] = ",".join([*head, "987654", is_zero])
    (tmp_path / TRUTH).write_text("\n".join([truth[0], *own]), encoding="utf-8")
    (file,) = measure([tmp_path], rounds=1)
    assert file.right[OURS] == file.total - 1


def test_files_without_a_truth_are_timed_under_their_folders_name(folder, tmp_path):
    bare = tmp_path / "bare"
    bare.mkdir()
    name = next(iter(read_truth(folder)))
    (bare / name).write_bytes((folder / name).read_bytes())
    (file,) = measure([bare], rounds=1)
    assert (file.layout, file.total) == ("bare", 0)
    assert file.seconds[OURS] > 0


def test_the_tables_are_printed(folder, capsys):
    main([str(folder), "--rounds", "1"])
    assert f"| {OURS} |" in capsys.readouterr().out


def test_a_folder_without_pdf_is_named(tmp_path):
    with pytest.raises(SystemExit, match=str(tmp_path)):
        main([str(tmp_path)])
