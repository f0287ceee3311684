"""Text as lines: undoing hard wraps, and tidying blank lines."""

from __future__ import annotations

import re

from corpus.blocks import wraps

_EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CLOSING = ".,;:!?)"
_BLANK_LINES = re.compile(r"\n{3,}")


def unwrapped(text: str) -> str:
    """`text` with the lines joined that were cut by a fixed width or by a converter.

    Between Han characters nothing is put in place of the line break, else one blank.
    """
    pieces: list[str] = []
    above = ""
    fenced = False
    for line in text.split("\n"):
        fence = line.lstrip().startswith("```")
        if pieces and not fenced and not fence and wraps(above, line):
            pieces[-1] = pieces[-1].rstrip()
            pieces += [_between(above, line), line.lstrip()]
        else:
            pieces += ["\n", line]
        fenced ^= fence
        above = line
    return "".join(pieces[1:])


def _between(above: str, line: str) -> str:
    """What stands in place of the line break when `line` goes on with the line `above`."""
    last, first = above.rstrip()[-1], line.lstrip()[0]
    joined = _EAST_ASIAN.match(last) or _EAST_ASIAN.match(first) or first in _CLOSING
    return "" if joined else " "


def tidied(text: str) -> str:
    """`text` without blanks at line ends, without runs of empty lines and without empty edges."""
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()
