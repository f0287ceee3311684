"""A page on a terminal, with colours, links and tables."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from api.blocks import Block, Heading, Line, Lines, Markdown, Table, Tone
from api.terminal import console, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

_STYLES = {
    Tone.NORMAL: "",
    Tone.STRONG: "bold",
    Tone.QUOTE: "italic",
    Tone.WARNING: "yellow",
    Tone.DIM: "dim",
    Tone.LINK: "blue",
}


def show(blocks: Iterable[Block]) -> None:
    """Prints the page on standard output."""
    screen = console(sys.stdout)
    after_heading = True
    for block in blocks:
        if not after_heading:
            screen.print()
        screen.print(*_rendered(block), sep="\n")
        after_heading = isinstance(block, Heading)


def _rendered(block: Block) -> list[RenderableType]:
    match block:
        case Markdown(text):
            from api.terminal_markdown import TerminalMarkdown

            # Where a link leads is shown, not hidden behind its words.
            return [TerminalMarkdown(printable(text), hyperlinks=False)]
        case Heading(text):
            from rich.text import Text

            return [Text(printable(text), style="bold")]
        case Lines(lines):
            return [_line(line) for line in lines]
        case Table(header, rows):
            return [_table(header, rows)]


def _line(line: Line) -> RenderableType:
    from rich.padding import Padding
    from rich.style import Style
    from rich.text import Text

    from api.wrapping import Wrapped

    text = printable(line.text)
    link = text if line.tone is Tone.LINK else None
    style = Style.parse(_STYLES[line.tone]) + Style(link=link)
    return Padding(Wrapped(Text(text, style=style)), (0, 0, 0, line.indent))


def _table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> RenderableType:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    table = RichTable(box=box.SIMPLE_HEAD, show_header=bool(header), pad_edge=False)
    for index in range(len(rows[0]) if rows else len(header)):
        name = printable(header[index]) if header else ""
        table.add_column(name, overflow="fold", style="bold" if not header and not index else "")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table
