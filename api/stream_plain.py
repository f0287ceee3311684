"""An answer down a pipe, written as it comes."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from api.blocks import Block
from api.render_plain import plain
from api.terminal import printable


class PlainStream:
    """Writes plain text and flushes it after every sentence. See `api.stream_answer`."""

    def __init__(self) -> None:
        self._written = ""
        self._after_notice = False

    def waiting(self, text: str) -> None:
        """Whoever reads a pipe wants the result only."""

    def add(self, text: str) -> None:
        """Writes the next piece of the answer."""
        if self._after_notice:
            text = "\n\n" + text.lstrip()
        self._write(text)
        self._after_notice = False

    def notice(self, text: str) -> None:
        """Writes a paragraph that is not part of the answer."""
        self._write(f"\n\n{text}" if self._written else text)
        self._after_notice = True

    def finish(self, blocks: Sequence[Block]) -> None:
        """Writes what stands below the answer."""
        if blocks:
            self._write(f"\n\n{plain(blocks)}")

    def close(self) -> None:
        """Ends the last line, also of an answer that was stopped."""
        if self._written and not self._written.endswith("\n"):
            self._write("\n")

    def _write(self, text: str) -> None:
        text = printable(text)
        sys.stdout.write(text)
        sys.stdout.flush()
        self._written = text or self._written
