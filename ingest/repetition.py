"""Paragraphs that a page repeats, kept once."""

from __future__ import annotations

import re
import unicodedata

from corpus.blocks import Block, BlockKind, blocks
from ingest.lines import tidied

_LONG = 15
_SIGNS = re.compile(r"[\W_]+")


def without_repetition(text: str) -> str:
    """`text` with every paragraph and item that occurred before left out.

    A short line ("数学基础"), a heading, code or a table is left out only where its neighbour is
    repeated with it: a list may well say the same word twice, and a program the same line.
    """
    found = blocks(text)
    keys = [_key(text[block.start : block.end]) for block in found]
    repeated = _repeated(found, keys)
    if not any(repeated):
        return text
    kept: list[str] = []
    end = 0
    for block, is_repeated in zip(found, repeated, strict=True):
        kept.append(text[end : block.start])
        kept.append("" if is_repeated else text[block.start : block.end])
        end = block.end
    return tidied("".join(kept))


def _key(paragraph: str) -> str:
    key = _SIGNS.sub("", unicodedata.normalize("NFKC", paragraph)).casefold()
    return key or paragraph.strip()


def _repeated(found: list[Block], keys: list[str]) -> list[bool]:
    prose = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    first: dict[str, int] = {}
    again = [first.setdefault(key, place) != place for place, key in enumerate(keys)]
    repeated = [
        is_again and block.kind in prose and len(key) >= _LONG
        for is_again, block, key in zip(again, found, keys, strict=True)
    ]
    for order, step in ((range(len(keys)), -1), (range(len(keys) - 1, -1, -1), 1)):
        for place in order:
            neighbour = place + step
            if again[place] and 0 <= neighbour < len(keys) and repeated[neighbour]:
                repeated[place] = True
    return repeated
