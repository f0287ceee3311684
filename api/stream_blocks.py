"""Cutting a growing Markdown text into blocks, so that finished ones need no second look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LISTS = ("bullet_list_open", "ordered_list_open")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, heading, table or the like, or one item of a list.

    `spaced` tells whether an empty line goes before it where it is not the first.
    """

    text: str
    spaced: bool


def text_blocks(text: str) -> list[TextBlock]:
    """The blocks of the Markdown `text`, in order; only the last one can still grow."""
    lines = text.split("\n")
    return [
        TextBlock("\n".join(lines[start:end]).rstrip(), spaced)
        for start, end, spaced in _places(_parser().parse(text))
    ]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt().enable(["strikethrough", "table"])


def _places(tokens: list[Token]) -> Iterator[tuple[int, int, bool]]:
    """First line, line behind the last, and `spaced` of each block."""
    first_item = False
    for token in tokens:
        if token.level == 0 and token.type in _LISTS:
            first_item = True
        elif token.level == 1 and token.type == "list_item_open" and token.map:
            yield token.map[0], token.map[1], first_item
            first_item = False
        elif token.level == 0 and token.nesting >= 0 and token.map:
            yield token.map[0], token.map[1], True
