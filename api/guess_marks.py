"""How the terminal marks the positions that a program guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from api.blocks import Line, Lines, Tone
from corpus.types import Bilingual, Language, Position

_MARK = "?"
_LEGEND = Bilingual(
    zh=f"{_MARK} 立场由程序推断，未经人核对。",
    en=f"{_MARK} A program inferred the stance; no person has confirmed it.",
)


def short_positions(positions: Iterable[Position]) -> str:
    """Topic and stance of each, as they are written in source files, guesses marked."""
    return " ".join(
        f"{each.topic}:{each.stance}{_MARK if each.guessed else ''}" for each in positions
    )


def legend(guesses: Iterable[bool], language: Language) -> Iterator[Lines]:
    """What the mark means, where any of `guesses` is one."""
    if any(guesses):
        yield Lines((Line(_LEGEND.text(language), Tone.DIM),))
