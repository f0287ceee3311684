"""What goes into the catalogue and what it tells about itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Bilingual, Kind, Passage, Source

Notify = Callable[[Bilingual], None]
"""Receives one line for the user about something the index did by itself."""

Progress = Callable[[int, int], None]
"""Receives how many passages are done and how many there are."""


def ignore_notice(_line: Bilingual) -> None:
    """The Notify that tells nobody."""


def ignore_progress(_done: int, _total: int) -> None:
    """The Progress that tells nobody."""


class Origin(StrEnum):
    """Whether a document ships with the project or was added by its user."""

    BUNDLED = "bundled"
    INGESTED = "ingested"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read: `fingerprint` tells whether it changed since (any string).

    `ingested_at` is an ISO time in UTC.
    """

    uri: str
    fingerprint: str
    origin: Origin
    ingested_at: str


@dataclass(frozen=True, slots=True)
class ChunkedSource:
    """A source as one document gives it, with the passages cut from its texts."""

    source: Source
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class EmbedderStamp:
    """Which embedder made the vectors of an index; `fingerprint` changes with the model."""

    name: str
    dimension: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much is known. `passages` counts the searchable ones of each kind.

    `shadowed` counts passages of restatements that give way to the author's own words.
    `generation` grows by one with each change; `pending` passages are in the catalogue and in
    the lexical index but not yet in the vector index. `embedder` is None while nothing is known.
    `bytes_on_disk` is the size of the data directory.
    """

    documents: int
    sources: dict[Kind, int]
    passages: dict[Kind, int]
    shadowed: int
    pending: int
    generation: int
    embedder: EmbedderStamp | None
    bytes_on_disk: int
