"""The blocks of a stored text: headings, paragraphs, list items, code, tables and formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from corpus.language import han_count, han_share


class BlockKind(Enum):
    """What a block is; sentences are looked for in paragraphs and items only."""

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    CODE = auto()
    TABLE = auto()
    FORMULA = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text; `level` is 1 to 6 for a heading and 0 for anything else."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        return not self.text.strip()


_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})\s+\S")
_TABLE = re.compile(r"\s*\|.*\|\s*$")
_INDENTED = re.compile(r" {4}|\t")
_ITEM = re.compile(
    r"\s*(?:[-*+•·]\s+\S|\d{1,2}(?:[.)](?=\s|[^\s\d\w.])|[.)](?=[^\W\d])|[、）])|[（(]\d{1,2}[)）]|[①-⑳])"
)
_FORMULA_ENDS = {"$$": "$$", "\\[": "\\]"}
_FORMULA_LINES = 40
_CODE_HAN_SHARE = 0.3
_WRAPPED_COLUMNS = 50
_CLOSING = "，。、；：？！）」』”’》…,.;:!?)]}"
_COMMAS = "，、,"
_TERMINAL = "。！？；：…!?.;:」』”)）|"


def blocks(text: str) -> list[Block]:
    """The blocks of `text` in order; together they hold every character that is not blank.

    A line break ends a paragraph unless the line was plainly wrapped: it is long, does not end in
    punctuation, and the next one is neither a heading, an item, a table nor code.
    """
    return list(_parse(_lines(text)))


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for raw in text.split("\n"):
        lines.append(_Line(start, raw))
        start += len(raw) + 1
    return lines


def _parse(lines: list[_Line]) -> Iterator[Block]:
    index = 0
    previous: Block | None = None
    while index < len(lines):
        if lines[index].blank:
            index += 1
            continue
        kind, count = _block_at(lines, index, previous)
        run = lines[index : index + count]
        heading = _HEADING.match(run[0].text)
        level = len(heading[1]) if heading and kind is BlockKind.HEADING else 0
        previous = _trimmed(run, kind, level)
        yield previous
        index += count


def _trimmed(run: list[_Line], kind: BlockKind, level: int) -> Block:
    first = run[0]
    last = next(line for line in reversed(run) if not line.blank)
    start = first.start
    if kind is not BlockKind.CODE:
        start += len(first.text) - len(first.text.lstrip())
    return Block(start, last.start + len(last.text.rstrip()), kind, level)


def _block_at(lines: list[_Line], index: int, previous: Block | None) -> tuple[BlockKind, int]:
    line = lines[index].text
    if fence := _FENCE.match(line):
        return BlockKind.CODE, _fenced(lines, index, fence[1])
    if _HEADING.match(line):
        return BlockKind.HEADING, 1
    if count := _formula(lines, index):
        return BlockKind.FORMULA, count
    if _TABLE.match(line):
        return BlockKind.TABLE, _while(lines, index, lambda text: bool(_TABLE.match(text)))
    in_list = previous is not None and previous.kind is BlockKind.ITEM
    if not in_list and (count := _indented_code(lines, index)):
        return BlockKind.CODE, count
    kind = BlockKind.ITEM if _ITEM.match(line) else BlockKind.PARAGRAPH
    return kind, _wrapped(lines, index)


def _while(lines: list[_Line], index: int, holds: Callable[[str], bool]) -> int:
    count = 0
    while index + count < len(lines) and holds(lines[index + count].text):
        count += 1
    return count


def _fenced(lines: list[_Line], index: int, fence: str) -> int:
    for offset, line in enumerate(lines[index + 1 :], start=2):
        stripped = line.text.strip()
        if stripped.startswith(fence) and not stripped.strip(fence[0]):
            return offset
    return len(lines) - index


def _formula(lines: list[_Line], index: int) -> int:
    opening = lines[index].text.strip()
    end = _FORMULA_ENDS.get(opening[:2])
    if end is None:
        return 0
    if end in opening[2:]:
        return 1 if opening.endswith(end) else 0
    for offset, line in enumerate(lines[index + 1 : index + _FORMULA_LINES], start=2):
        if line.text.rstrip().endswith(end):
            return offset
    return 0


def _indented_code(lines: list[_Line], index: int) -> int:
    if index and not lines[index - 1].blank:
        return 0
    count = _while(lines, index, lambda text: bool(_INDENTED.match(text)) or not text.strip())
    run = "\n".join(line.text for line in lines[index : index + count])
    # Chinese paragraphs are often indented by four blanks; they are prose, not code.
    return 0 if han_share(run) > _CODE_HAN_SHARE else count


def _wrapped(lines: list[_Line], index: int) -> int:
    count = 1
    while index + count < len(lines) and _continues(lines, index + count):
        count += 1
    return count


def _continues(lines: list[_Line], index: int) -> bool:
    return wraps(lines[index - 1].text, lines[index].text) and not _formula(lines, index)


def wraps(above: str, line: str) -> bool:
    """Whether `line` goes on with the sentence of the line `above` it."""
    above = above.rstrip()
    starts_block = any(start.match(line) for start in (_FENCE, _HEADING, _TABLE, _ITEM))
    if not above or not line.strip() or starts_block:
        return False
    if line.lstrip()[0] in _CLOSING or above[-1] in _COMMAS:
        return True
    columns = len(above) + han_count(above)
    return columns >= _WRAPPED_COLUMNS and above[-1] not in _TERMINAL
