"""What a person sees of a failure: one line, no stack trace, an exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from api import wiring
from corpus.embedding import Embedder

Tutor = Callable[..., Result]


def is_one_line(text: str) -> bool:
    return len(text.strip().splitlines()) == 1 and "Traceback" not in text


def test_a_data_directory_that_is_a_file(tutor: Tutor, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for arguments in (["ask", "Do I need calculus?"], ["sources"], ["index", "rebuild"]):
        result = tutor(*arguments, data=file)
        assert result.exit_code == 1
        assert str(file) in result.stderr
        assert is_one_line(result.stderr)
    assert file.read_text() == "mine"


def test_a_damaged_catalogue(tutor: Tutor, own_copy: Path) -> None:
    (own_copy / "catalogue.sqlite3").write_bytes(b"this is no database" * 1000)
    for path in own_copy.glob("catalogue.sqlite3-*"):
        path.unlink()
    result = tutor("ask", "要先学数学吗？", data=own_copy)
    assert result.exit_code == 1
    assert "损坏" in result.stderr
    assert is_one_line(result.stderr)


def test_another_embedder_is_refused_until_the_index_is_rebuilt(
    tutor: Tutor, own_copy: Path, tiny_embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "open_embedder", lambda settings: tiny_embedder)
    refused = tutor("ask", "Do I need calculus?", data=own_copy)
    assert refused.exit_code == 1
    assert "tutor index rebuild" in refused.stderr
    assert is_one_line(refused.stderr)
    # What is known can be looked at all the same.
    assert json.loads(tutor("index", "--json", data=own_copy).stdout)["embedder"]["name"] != "tiny"

    assert tutor("index", "rebuild", data=own_copy).exit_code == 0
    assert json.loads(tutor("index", "--json", data=own_copy).stdout)["embedder"]["name"] == "tiny"
    assert tutor("ask", "Do I need calculus?", data=own_copy).exit_code == 0


def test_a_wrong_setting_is_wrong_usage(tutor: Tutor) -> None:
    result = tutor("ask", "要先学数学吗？", env={"TUTOR_EMBEDDER": "word2vec"})
    assert result.exit_code == 2
    assert "TUTOR_EMBEDDER" in result.stderr
    assert is_one_line(result.stderr)


def test_an_error_nobody_foresaw_says_how_to_report_it(
    tutor: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(settings: object) -> None:
        raise RuntimeError("the reactor")

    monkeypatch.setattr(wiring, "open_embedder", fails)
    result = tutor("ask", "要先学数学吗？")
    assert result.exit_code == 1
    assert "TUTOR_DEBUG=1" in result.stderr
    assert "reactor" not in result.stderr
    assert is_one_line(result.stderr)
    debugged = tutor("ask", "要先学数学吗？", env={"TUTOR_DEBUG": "1"})
    assert debugged.exit_code == 1
    assert "RuntimeError: the reactor" in debugged.stderr


def test_ctrl_c_is_quiet(tutor: Tutor, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(settings: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(wiring, "open_embedder", interrupted)
    result = tutor("ask", "要先学数学吗？")
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "")
