"""Breaking lines of Chinese, English or both, as a typesetter would.

Between Han characters a line may break anywhere, except that no line begins with a closing
punctuation mark or ends with an opening one; everywhere else it breaks at spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.measure import Measurement
    from rich.text import Text

_OPENING = "（「『《〈【〔［｛“‘([{"
_CLOSING = "，。、；：？！）」』》〉】〕］｝”’…—～·,.;:?!%)]}"
_MARKERS = r"(?:\[\d+\])+"
_WIDE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
# A piece that stays together: one wide character or a run of others, with the punctuation and
# the citation markers that cling to it, and the spaces behind it.
_PIECE = re.compile(
    rf"[{re.escape(_OPENING)}]*"
    rf"(?:[{_WIDE}]|[^\s{_WIDE}{re.escape(_OPENING)}]+|)"
    rf"(?:[{re.escape(_CLOSING)}]|{_MARKERS})*\s*"
)


def break_offsets(text: str, width: int) -> list[int]:
    """Where lines of `text` end so that none is wider than `width` terminal cells."""
    offsets = []
    start = filled = 0
    for piece in _pieces(text, width):
        size = cell_len(piece.rstrip())
        if filled and filled + size > width:
            offsets.append(start)
            filled = 0
        start += len(piece)
        filled += cell_len(piece)
    return offsets


def _pieces(text: str, width: int) -> Iterator[str]:
    """The unbreakable pieces of `text`; one that no line could hold is cut."""
    for match in _PIECE.finditer(text):
        piece = match[0]
        while cell_len(piece.rstrip()) > width:
            head = max(1, len(set_cell_size(piece, width).rstrip()))
            yield piece[:head]
            piece = piece[head:]
        if piece:
            yield piece


class Wrapped:
    """A renderable: `text`, broken by `break_offsets` to the width at hand."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """How wide it would like to be, for a table to share out its columns."""
        return self._text.__rich_measure__(console, options)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yields one line of text after the other."""
        for line in self._text.split("\n", allow_blank=True):
            for part in line.divide(break_offsets(line.plain, options.max_width)):
                part.rstrip()
                part.no_wrap, part.overflow = True, "ignore"
                yield part
