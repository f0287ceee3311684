"""What a page of text is made of, whether it is printed on a terminal or sent down a pipe."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How much a line asks to be read."""

    NORMAL = "normal"
    STRONG = "strong"
    QUOTE = "quote"
    WARNING = "warning"
    DIM = "dim"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Markdown:
    """Running text with Markdown's mark-up."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph without mark-up, `indent` columns from the left, also where it wraps."""

    text: str
    tone: Tone = Tone.NORMAL
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that belong together."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length; `header` is empty where the columns speak for themselves.

    In a `grouped` table neighbouring rows with the same first cell belong together.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    grouped: bool = False


Block = Markdown | Heading | Lines | Table
