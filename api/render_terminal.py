"""A page on a terminal, with colours, links and tables."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from api.blocks import Block, Heading, Line, Lines, Markdown, Table, Tone
from api.terminal import console, printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.style import Style

_MARK = "- "
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
        case Table():
            return [_table(block)]


def _line(line: Line) -> RenderableType:
    from rich.padding import Padding
    from rich.style import Style
    from rich.text import Text

    from api.wrapping import Wrapped

    text = printable(line.text)
    link = text if line.tone is Tone.LINK else None
    style = Style.parse(_STYLES[line.tone]) + Style(link=link)
    return Padding(_item(text, style) or Wrapped(Text(text, style=style)), (0, 0, 0, line.indent))


def _item(text: str, style: Style) -> RenderableType | None:
    """A list item, whose further lines stand below its words and not below its mark."""
    from rich.table import Table as RichTable
    from rich.text import Text

    from api.wrapping import Wrapped

    if not text.startswith(_MARK):
        return None
    grid = RichTable.grid()
    grid.add_column(width=len(_MARK), no_wrap=True)
    grid.add_row(Text(_MARK, style=style), Wrapped(Text(text.removeprefix(_MARK), style=style)))
    return grid


def _table(block: Table) -> RenderableType:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    from api.wrapping import Wrapped

    header, rows = block.header, block.rows
    table = RichTable(box=box.SIMPLE_HEAD, show_header=bool(header), pad_edge=False)
    for index in range(len(rows[0]) if rows else len(header)):
        name = printable(header[index]) if header else ""
        table.add_column(name, overflow="fold", style="bold" if not header and not index else "")
    before = None
    for first, *others in rows:
        repeated = block.grouped and first == before
        if block.grouped and not repeated:
            table.add_section()  # a blank line
        before = first
        cells = ("" if repeated else first, *others)
        table.add_row(*(Wrapped(Text(printable(cell))) for cell in cells))
    return table
