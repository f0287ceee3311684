"""Where the lines of a chat come from: a person at a terminal, or a pipe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from api.questions import STANDARD_INPUT, lines_of
from api.terminal import note
from corpus.types import Language

Speaks = Callable[[], Language]


class Reader(Protocol):
    """Gives one message after the other."""

    interactive: bool

    def read(self) -> str | None:
        """The next message, "" for none, None at the end."""

    def reply(self, question: str) -> str:
        """What is replied to `question`, "" for nothing."""

    def forget(self) -> None:
        """Drop what was typed before."""


class PipeReader:
    """One message a line from standard input; nothing is asked of anybody.

    What cannot be read is said on standard error, and the next line follows.
    """

    interactive = False

    def __init__(self, speaks: Speaks) -> None:
        self._lines = lines_of(STANDARD_INPUT)
        self._speaks = speaks

    def read(self) -> str | None:
        """See `Reader`."""
        for line in self._lines:
            if isinstance(line, str):
                return line
            note(line.text(self._speaks()))
        return None

    def reply(self, question: str) -> str:  # noqa: ARG002 - nobody sees it
        """See `Reader`."""
        return self.read() or ""

    def forget(self) -> None:
        """See `Reader`; a pipe has no history."""
