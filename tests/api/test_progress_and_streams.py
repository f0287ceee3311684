"""Progress, notes and streams, where there is a terminal and where there is none."""

from __future__ import annotations

import io
import sys

import pytest

from api.progress import shown_progress
from api.terminal import note, prepare_streams, printable, write_json


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_bar_appears_on_a_terminal_and_cleans_up(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with shown_progress("Reading") as report:
        report(1, 2, "30 passages")
        report(2, 2, "60 passages")
    assert "Reading" in screen.getvalue()
    assert "60 passages" in screen.getvalue()
    assert screen.getvalue().endswith("\x1b[2K")  # the line is cleared again


def test_a_file_gets_one_line_however_much_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress("Reading") as report:
        for done in range(5):
            report(done, 5)
    captured = capsys.readouterr()
    assert captured.err == "Reading …\n"
    assert captured.out == ""


def test_nothing_to_do_is_not_announced(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress("Reading") as report:
        report(0, 0)
    assert capsys.readouterr().err == ""


def test_missing_streams_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    prepare_streams()
    note("to nobody")
    write_json({"to": "nobody"})


def test_json_on_a_terminal_carries_no_commands(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"title": "a\x9b31m\x1b[2Jb\u202e"}, indent=None)
    assert capsys.readouterr().out == '{"title": "a\\u009b31m\\u001b[2Jb\\u202e"}\n'


def test_line_ends_and_tabs_stay() -> None:
    assert printable("a\tb\nc\u200d") == "a\tb\nc\u200d"
