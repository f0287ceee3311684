"""What an ingest did, or would do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from corpus.catalogue_types import ChunkedSource
from corpus.types import Bilingual, Course, Perspective, Position
from ingest.raw import Skipped


@dataclass(frozen=True, slots=True)
class Advance:
    """How far an ingest has come: `documents` finished of `of_documents`, `passages` embedded."""

    documents: int
    of_documents: int
    passages: int


IngestProgress = Callable[[Advance], None]
"""Receives how far an ingest has come, several times a second."""


def ignore_advance(_advance: Advance) -> None:
    """The IngestProgress that tells nobody."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A source that a dry run found: `length` in characters, `positions` with their labels.

    `author` is "" where unknown; `document` is the name of the document it stands in.
    """

    document: str
    author: str
    url: str
    title: Bilingual
    length: int
    passages: int
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcome of one ingest.

    Of the documents looked at, `read` gave something new, `unchanged` are as they were, `empty`
    hold nothing to learn from, `removed` are no longer there. `failures` lists the documents that
    could not be read, `skipped` what was left out of the others. `perspectives` and `courses`
    count those in the documents read; the passage counts compare with what the same documents
    gave before. `embedded` passages were embedded in `seconds`. `interrupted` says that the user
    stopped it; all that is counted was stored. After a dry run nothing was, and `planned` lists
    what would be. `notes` are what else the user should know.
    """

    read: int
    unchanged: int
    empty: int
    removed: int
    failures: tuple[Skipped, ...]
    skipped: tuple[Skipped, ...]
    perspectives: int
    courses: int
    passages_new: int
    passages_kept: int
    passages_removed: int
    embedded: int
    seconds: float
    interrupted: bool
    planned: tuple[Planned, ...]
    notes: tuple[Bilingual, ...] = ()

    @property
    def passages_per_second(self) -> float:
        """How many passages were embedded in a second, all work included."""
        return self.embedded / self.seconds if self.seconds else 0.0


@dataclass(slots=True)
class Tally:
    """The counts of an ingest while it runs; `summary` closes it."""

    read: int = 0
    unchanged: int = 0
    empty: int = 0
    removed: int = 0
    perspectives: int = 0
    courses: int = 0
    passages_new: int = 0
    passages_kept: int = 0
    passages_removed: int = 0
    embedded: int = 0
    failures: list[Skipped] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    started: float = field(default_factory=perf_counter)

    @property
    def finished(self) -> int:
        """How many documents need no more work."""
        return self.read + self.unchanged + self.empty + len(self.failures)

    def count(self, sources: tuple[ChunkedSource, ...], before: set[str]) -> None:
        """Counts a document that gives `sources` and gave the passages `before`."""
        self.read += bool(sources)
        self.empty += not sources
        self.perspectives += sum(isinstance(each.source, Perspective) for each in sources)
        self.courses += sum(isinstance(each.source, Course) for each in sources)
        after = {passage.id for each in sources for passage in each.passages}
        self.passages_new += len(after - before)
        self.passages_kept += len(after & before)
        self.passages_removed += len(before - after)

    def plan(self, document: str, sources: tuple[ChunkedSource, ...]) -> None:
        """Notes what a dry run found in a document."""
        self.planned += (_planned(document, each) for each in sources)

    def summary(self, *, interrupted: bool, notes: tuple[Bilingual, ...] = ()) -> Summary:
        """The counts as they are now, with `notes` to the user."""
        return Summary(
            read=self.read,
            unchanged=self.unchanged,
            empty=self.empty,
            removed=self.removed,
            failures=tuple(self.failures),
            skipped=tuple(self.skipped),
            perspectives=self.perspectives,
            courses=self.courses,
            passages_new=self.passages_new,
            passages_kept=self.passages_kept,
            passages_removed=self.passages_removed,
            embedded=self.embedded,
            seconds=perf_counter() - self.started,
            interrupted=interrupted,
            planned=tuple(self.planned),
            notes=notes,
        )


def _planned(document: str, chunked: ChunkedSource) -> Planned:
    source = chunked.source
    perspective = source if isinstance(source, Perspective) else None
    return Planned(
        document=document,
        author=perspective.author if perspective else "",
        url=source.url,
        title=source.title,
        length=sum(len(text.body) for text in source.texts),
        passages=len(chunked.passages),
        positions=perspective.positions if perspective else (),
    )
