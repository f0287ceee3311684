"""Cutting a stored text into chunks that one embedding can hold.

Our own code, because the splitters of langchain-text-splitters either lose the offsets (headings)
or cut within formulas and code (recursive), and citations need `body[start:end]` to be exact.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.atoms import Span, atoms, enclosing
from corpus.blocks import Block, BlockKind, blocks
from corpus.language import han_count
from corpus.sentences import block_sentences

_HAN_TARGET = 220
_WORD_TARGET = 120
_FULL = 1.0
_LONGEST = 1.35
_SHORT = 0.3
_SIGNS_A_WORD = 9
_WINDOW = _SIGNS_A_WORD * _WORD_TARGET + 1
_WORD = re.compile(r"[^\W\u3400-\u9fff]+(?:['’-][^\W\u3400-\u9fff]+)*")
_COMMA = re.compile(r"[，、,：:]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Chunk:
    """`body[start:end]` of the text that was cut; `headings` is the path of headings above it."""

    start: int
    end: int
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Unit:
    """The least piece that is moved as a whole; `opens` marks the first one of a block."""

    start: int
    end: int
    weight: float
    opens: bool


@dataclass(frozen=True, slots=True)
class _Section:
    headings: tuple[str, ...]
    units: list[_Unit]

    @property
    def weight(self) -> float:
        return sum(unit.weight for unit in self.units)


def chunk(body: str) -> list[Chunk]:
    """Cut `body` into chunks of about 220 Han characters or 120 words, in order, without overlap.

    A chunk holds whole sentences of one section where that is possible; formulas, code blocks and
    links are never cut, so that a long code block is one chunk. Every character of `body` that is
    not blank belongs to exactly one chunk.
    """
    return [
        Chunk(units[0].start, units[-1].end, section.headings)
        for section in _merged(_sections(body))
        for units in _packed(body, section.units)
    ]


def _weight(text: str) -> float:
    """How full `text` makes a chunk (1 is full); long strings of signs count as several words."""
    han = han_count(text)
    words = max(len(_WORD.findall(text)), (len(text) - han) / _SIGNS_A_WORD)
    return han / _HAN_TARGET + words / _WORD_TARGET


def _sections(body: str) -> list[_Section]:
    path: dict[int, str] = {}
    sections: list[_Section] = []
    bare_heading = False
    for block in blocks(body):
        if block.kind is BlockKind.HEADING:
            path = {level: title for level, title in path.items() if level < block.level}
            path[block.level] = body[block.start + block.level : block.end].strip(" #")
        if not sections or (block.kind is BlockKind.HEADING and not bare_heading):
            sections.append(_Section(tuple(path.values()), []))
        elif block.kind is BlockKind.HEADING:
            sections[-1] = _Section(tuple(path.values()), sections[-1].units)
        bare_heading = block.kind is BlockKind.HEADING
        sections[-1].units.extend(_units(body, block))
    return sections


def _units(body: str, block: Block) -> Iterator[_Unit]:
    opens = True
    for start, end in _pieces(body, block):
        yield _Unit(start, end, _weight(body[start:end]), opens)
        opens = False


def _pieces(body: str, block: Block) -> Iterator[Span]:
    if block.kind is BlockKind.TABLE:
        start = block.start
        for row in body[block.start : block.end].split("\n"):
            yield start, start + len(row)
            start += len(row) + 1
        return
    for start, end in block_sentences(body, block):
        prose = block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
        if prose and _weight(body[start:end]) > _LONGEST:
            yield from _shortened(body, start, end)
        else:
            yield start, end


def _shortened(body: str, start: int, end: int) -> Iterator[Span]:
    """Cut a sentence that no chunk can hold at a comma or a blank, else anywhere outside atoms."""
    whole = [(start + left, start + right) for left, right in atoms(body[start:end])]
    while start < end:
        cut = _reach(body, start, end)
        if cut < end:
            cut = max((match.end() for match in _COMMA.finditer(body, start, cut)), default=cut)
        atom = enclosing(whole, cut)
        if atom:
            cut = atom[0] if atom[0] > start else atom[1]
        yield start, cut
        start = cut


def _reach(body: str, start: int, end: int) -> int:
    """The last position up to which `body` from `start` fits into one chunk."""
    positions = range(start + 1, min(end, start + _WINDOW) + 1)
    fitting = bisect_right(positions, _FULL, key=lambda position: _weight(body[start:position]))
    return positions[max(fitting - 1, 0)]


def _merged(sections: list[_Section]) -> list[_Section]:
    """Join a short section to the one before it, under the headings that both share."""
    merged: list[_Section] = []
    for section in sections:
        if merged and _belong_together(merged[-1], section):
            before = merged.pop()
            shared = _common(before.headings, section.headings)
            merged.append(_Section(shared, before.units + section.units))
        else:
            merged.append(section)
    return merged


def _belong_together(before: _Section, section: _Section) -> bool:
    short = min(before.weight, section.weight) < _SHORT
    return short and before.weight + section.weight <= _FULL


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    shared: list[str] = []
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared.append(left)
    return tuple(shared)


def _packed(body: str, units: list[_Unit]) -> list[list[_Unit]]:
    packs: list[list[_Unit]] = [[]]
    weight = 0.0
    for index, unit in enumerate(units):
        full = weight + unit.weight > _FULL
        half_full = unit.opens and weight > _FULL / 2
        tidy = half_full and weight + _block_weight(units, index) > _FULL
        if packs[-1] and (full or tidy):
            carried = _introduction(body, packs[-1])
            packs.append(carried)
            weight = sum(one.weight for one in carried)
        packs[-1].append(unit)
        weight += unit.weight
    return _without_short_tail(packs)


def _block_weight(units: list[_Unit], index: int) -> float:
    weight = units[index].weight
    for unit in units[index + 1 :]:
        if unit.opens:
            break
        weight += unit.weight
    return weight


def _introduction(body: str, pack: list[_Unit]) -> list[_Unit]:
    """Take the last unit of `pack` along when it announces what follows."""
    last = pack[-1]
    announces = body[last.end - 1] in ":：" or body[last.start] == "#"
    return [pack.pop()] if announces and len(pack) > 1 else []


def _without_short_tail(packs: list[list[_Unit]]) -> list[list[_Unit]]:
    if len(packs) == 1:
        return packs
    tail, before = packs[-1], packs[-2]
    weights = [sum(unit.weight for unit in pack) for pack in (before, tail)]
    if weights[1] < _SHORT and sum(weights) <= _LONGEST:
        packs[-2:] = [before + tail]
    return packs
