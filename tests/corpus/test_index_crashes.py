"""A writer may die at any moment: the next run finds what was reported done, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from index_crashes import DOCUMENTS, POINTS, text, write
from index_material import HashEmbedder, directories, found_texts, state

from corpus.errors import StoreBusyError
from corpus.index import Index

PROGRAM = str(Path(__file__).with_name("index_crashes.py"))
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def let_happen(scenario: str, root: Path) -> str:
    result = subprocess.run(
        [sys.executable, "-W", "error", PROGRAM, scenario, str(root)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def as_if_nothing_happened(data: Path, documents: int) -> dict[str, object]:
    write(data, range(documents))
    with Index.open(data, HashEmbedder()) as index:
        return state(index)


def test_a_writer_that_died_at_any_point(tmp_path: Path) -> None:
    let_happen("points", tmp_path)
    before = as_if_nothing_happened(tmp_path / "before", 1)
    after = as_if_nothing_happened(tmp_path / "after", 2)
    for point in POINTS:
        lost = point == "before the document is stored"
        with Index.open(tmp_path / point, HashEmbedder()) as index:
            assert state(index) == (before if lost else after), point
        write(tmp_path / point, range(2))
        with Index.open(tmp_path / point, HashEmbedder()) as index:
            assert state(index) == after, point
        assert len(directories(tmp_path / point)) == 1, point


def test_a_writer_killed_again_and_again_at_random(tmp_path: Path) -> None:
    let_happen("random", tmp_path)
    lines = []
    with Index.open(tmp_path / "data", HashEmbedder(), notify=lines.append) as index:
        known = {document.uri for document in index.documents()}
        assert set((tmp_path / "done").read_text().split()) <= known
        assert index.statistics().pending == 0
    write(tmp_path / "data", range(DOCUMENTS))
    with Index.open(tmp_path / "data", HashEmbedder(), notify=lines.append) as index:
        assert state(index) == as_if_nothing_happened(tmp_path / "fresh", DOCUMENTS)
    assert len(directories(tmp_path / "data")) == 1
    assert lines == []


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    told = let_happen("disk", tmp_path).splitlines()
    assert ["disk" in line for line in told] == [True, True]
    for name, documents in {"catalogue": 1, "vectors": 2}.items():
        with Index.open(tmp_path / name, HashEmbedder()) as index:
            assert state(index) == as_if_nothing_happened(tmp_path / f"{name} fresh", documents)


def test_processes_that_start_at_once_on_an_empty_directory(tmp_path: Path) -> None:
    let_happen("together", tmp_path / "data")
    with Index.open(tmp_path / "data", HashEmbedder()) as index:
        assert state(index) == as_if_nothing_happened(tmp_path / "fresh", 4)


def test_readers_beside_a_writer_in_another_process(tmp_path: Path) -> None:
    with Index.open(tmp_path, HashEmbedder()) as index:
        assert found_texts(index, "先学")["dense"] == set()
        with subprocess.Popen(
            [sys.executable, "-W", "error", PROGRAM, "holding", str(tmp_path)],
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stdout.readline() == "waiting\n"
            assert found_texts(index, "先学")["dense"] == set(text(0).splitlines())
            assert len(found_texts(index, "先学")["lexical"]) == 12
            with pytest.raises(StoreBusyError), index.writer():
                pass
            # A reader that starts now takes what is published and does not wait.
            with Index.open(tmp_path, HashEmbedder()) as late:
                assert found_texts(late, "先学")["dense"] == set(text(0).splitlines())
            process.stdin.write("\n")
            process.stdin.flush()
            assert process.wait(timeout=30) == 0
        assert len(found_texts(index, "先学")["dense"]) == 12
