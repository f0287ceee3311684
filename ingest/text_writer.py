"""Putting the pieces of a page together as text with headings, lists and quotations marked."""

from __future__ import annotations

import re

from ingest.lines import tidied

LINE_BREAK = "\v"
_EAST_ASIAN = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_SOURCE_BREAK = re.compile(rf"(?<={_EAST_ASIAN})[ \t]*\n[ \t\n]*(?={_EAST_ASIAN})")
_BLANKS = re.compile(r"[ \t\n\f]+")


class TextWriter:
    """Collects inline text and blocks in reading order; `text()` gives the whole."""

    def __init__(self) -> None:
        self._inline: list[str] = []
        self._parts: list[str] = []
        self._lists: list[int | None] = []
        self._marker = ""
        self._heading = ""
        self._quotes = 0
        self._after_item = False

    def add(self, piece: str) -> None:
        """Add inline text; `LINE_BREAK` breaks the line."""
        self._inline.append(piece)

    def mark(self) -> int:
        """A place in the inline text, for `taken`."""
        return len(self._inline)

    def taken(self, mark: int) -> str:
        """Take back the inline text added since `mark`."""
        piece = "".join(self._inline[mark:])
        del self._inline[mark:]
        return piece

    def heading(self, level: int) -> None:
        """Make what is added until the next `end_block` a heading of `level` 1 to 6."""
        self._heading = "#" * level + " "

    def begin_list(self, *, numbered_from: int | None) -> None:
        """Open a list, numbered when a first number is given."""
        self._lists.append(numbered_from)

    def end_list(self) -> None:
        """Close the innermost list."""
        if self._lists:
            self._lists.pop()

    def begin_item(self) -> None:
        """Open an item of the innermost list."""
        number = self._lists[-1] if self._lists else None
        self._marker = "- " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def end_item(self) -> None:
        """Close an item, also an empty one."""
        self._marker = ""

    def begin_quote(self) -> None:
        """Open a quotation."""
        self._quotes += 1

    def end_quote(self) -> None:
        """Close the innermost quotation."""
        self._quotes = max(0, self._quotes - 1)

    def end_block(self) -> None:
        """Finish a paragraph, heading or item text."""
        raw = _SOURCE_BREAK.sub("", "".join(self._inline))
        self._inline.clear()
        lines = [_BLANKS.sub(" ", line).strip() for line in raw.split(LINE_BREAK)]
        lines = [line for line in lines if line]
        if lines:
            lines[0] = self._heading + lines[0]
            self._write(lines)
        self._heading = ""

    def verbatim(self, lines: list[str]) -> None:
        """Add a block whose lines stay as they are (code, a table)."""
        self.end_block()
        self._write(lines)

    def text(self) -> str:
        """Everything written so far."""
        self.end_block()
        return tidied("".join(self._parts))

    def _write(self, lines: list[str]) -> None:
        indent = "  " * max(len(self._lists) - 1, 0)
        hanging = indent + " " * len(self._marker) if self._lists else ""
        first = indent + self._marker if self._lists else ""
        quote = "> " * self._quotes
        in_list = bool(self._lists) and bool(self._marker)
        self._parts.append("\n" if in_list and self._after_item else "\n\n")
        rows = [first + lines[0], *(hanging + line for line in lines[1:])]
        self._parts.append("\n".join(quote + row for row in rows))
        self._after_item = in_list
        self._marker = " " * len(self._marker)
