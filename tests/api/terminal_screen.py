"""What a person sees: terminal output laid out on a screen, with what has scrolled off it."""

from __future__ import annotations

import io
import sys

import pyte
import pytest


class Screen:
    """A terminal of so many columns and rows that remembers every line."""

    def __init__(self, columns: int, rows: int = 24) -> None:
        self._screen = pyte.HistoryScreen(columns, rows, history=10_000)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, output: bytes) -> None:
        """Shows `output`."""
        self._stream.feed(output)

    @property
    def lines(self) -> list[str]:
        """Everything that has been shown and not wiped, without blanks at the ends."""
        width = range(self._screen.columns)
        above = ["".join(row[x].data for x in width) for row in self._screen.history.top]
        return [line.rstrip() for line in (*above, *self._screen.display)]

    @property
    def text(self) -> str:
        """The lines that are not empty at the end, joined."""
        return "\n".join(self.lines).rstrip()

    @property
    def squeezed(self) -> str:
        """The text without any blanks, so that it does not matter where a line was broken."""
        return "".join(self.text.split())


class TerminalFile(io.StringIO):
    """A stream that says it is a terminal of so many columns and rows."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__()
        self._size = columns, rows

    def isatty(self) -> bool:
        return True

    @property
    def screen(self) -> Screen:
        """What a person sees of all that was written."""
        screen = Screen(*self._size)
        screen.feed(self.getvalue().replace("\n", "\r\n").encode())
        return screen


def at_terminal(monkeypatch: pytest.MonkeyPatch, columns: int, rows: int = 24) -> TerminalFile:
    """Puts a terminal in place of standard output until the test ends; for a test's own body."""
    file = TerminalFile(columns, rows)
    monkeypatch.setattr(sys, "stdout", file)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", str(rows))
    return file
