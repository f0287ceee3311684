"""One source out of the editions that several documents give of it.

The same answer may be known from a shipped restatement and from the original that a user added.
Every function here is pure and does not depend on the order in which documents arrived, so that
adding and removing a document leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from corpus.catalogue_types import Origin
from corpus.types import Course, Kind, Language, Perspective, Position, Source

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Edition:
    """A source as the document at `document_uri` gives it; `source.texts` is left empty."""

    document_uri: str
    origin: Origin
    source: Source


@dataclass(frozen=True, slots=True)
class EditionText:
    """A text of an edition; `length` in characters, `passages` how many were cut from it."""

    document_uri: str
    origin: Origin
    language: Language
    verbatim: bool
    length: int
    passages: int

    @property
    def place(self) -> tuple[str, Language, bool]:
        """What tells this text from all others of its source."""
        return self.document_uri, self.language, self.verbatim


def identity(source: Source) -> str:
    """What makes two editions one source: the canonical url of a perspective, a course's id."""
    if isinstance(source, Perspective):
        return f"{Kind.PERSPECTIVE}:{source.url or source.id}"
    return f"{Kind.COURSE}:{source.id}"


def merged(editions: Sequence[Edition]) -> Source:
    """The source that `editions` (at least one, all of the same identity) give together.

    The bundled edition comes first: its id and its labels win, because a person confirmed them.
    Facts that it does not know come from the others.
    """
    ordered = [
        edition.source
        for edition in sorted(
            editions,
            key=lambda edition: (edition.origin is not Origin.BUNDLED, edition.document_uri),
        )
    ]
    first = ordered[0]
    if isinstance(first, Course):
        return first
    perspectives = [source for source in ordered if isinstance(source, Perspective)]
    return replace(
        first,
        author=_first_known(perspectives, lambda source: source.author),
        platform=_first_known(perspectives, lambda source: source.platform),
        published=_first_known(perspectives, lambda source: source.published),
        votes=_first_known(perspectives, lambda source: source.votes),
        positions=_confirmed_positions(perspectives),
        paths=_first_known(perspectives, lambda source: source.paths),
        resources=_first_known(perspectives, lambda source: source.resources),
    )


def current_texts(texts: Collection[EditionText]) -> set[tuple[str, Language, bool]]:
    """The places of the texts that speak for the source: one a language and wording.

    Where several documents give one, the bundled text wins, then the longest, which is the one
    least likely to be cut short.
    """
    best: dict[tuple[Language, bool], EditionText] = {}
    for text in sorted(texts, key=_preference):
        best.setdefault((text.language, text.verbatim), text)
    return {text.place for text in best.values()}


def searchable_texts(texts: Collection[EditionText]) -> set[tuple[str, Language, bool]]:
    """The places of the texts whose passages can be found.

    A restatement gives way to the author's own words in the same language: what is quoted should
    be what the person wrote.
    """
    current = current_texts(texts)
    own_words = {
        text.language for text in texts if text.verbatim and text.passages and text.place in current
    }
    return {
        text.place
        for text in texts
        if text.place in current and (text.verbatim or text.language not in own_words)
    }


def _preference(text: EditionText) -> tuple[bool, int, str]:
    return text.origin is not Origin.BUNDLED, -text.length, text.document_uri


def _first_known(sources: Sequence[Perspective], value: Callable[[Perspective], _Value]) -> _Value:
    values = [value(source) for source in sources]
    return next((known for known in values if known not in (None, "", ())), values[0])


def _confirmed_positions(sources: Sequence[Perspective]) -> tuple[Position, ...]:
    labelled = [source.positions for source in sources if source.positions]
    confirmed = (positions for positions in labelled if not all(each.guessed for each in positions))
    return next(confirmed, labelled[0] if labelled else ())
