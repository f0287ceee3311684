"""A page as plain text: no colours, no boxes, no line longer or shorter than it was written."""

from __future__ import annotations

from collections.abc import Iterable

from api.blocks import Block, Heading, Line, Lines, Markdown, Table
from api.terminal import printable


def plain(blocks: Iterable[Block]) -> str:
    """The page as text, for a pipe or a file."""
    text = ""
    after_heading = False
    for block in blocks:
        text += ("\n" if after_heading else "\n\n") if text else ""
        text += _plain(block)
        after_heading = isinstance(block, Heading)
    return printable(text)


def _plain(block: Block) -> str:
    match block:
        case Markdown(text):
            return text
        case Heading(text):
            return f"## {text}"
        case Lines(lines):
            return "\n".join(map(_line, lines))
        case Table(header=header, rows=rows):
            # With a header it is data, for `cut` and a spreadsheet; without, a list to read.
            table = map(_record, (header, *rows)) if header else map(_item, rows)
            return "\n".join(table)


def _line(line: Line) -> str:
    margin = " " * line.indent
    return "\n".join(margin + part for part in line.text.splitlines() or [""])


def _item(row: tuple[str, ...]) -> str:
    return f"- {': '.join(row)}"


def _record(row: tuple[str, ...]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in row)
