"""Checking a sentence against what it cites, before it leaves the tutor."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np

from corpus.course_names import find_courses
from corpus.embedding import Embedder
from corpus.numerals import numbers
from corpus.terms import terms
from corpus.types import Course, Language, Perspective, Source
from tutor.answer import Citation, SentenceKind
from tutor.drafts import Draft

# A claim that shares this share of its terms with a quotation needs no measuring.
NEAR_COPY = 0.7
# The least cosine between a claim and its quotation, by their languages: below nearly all of the
# bundled restatements beside the words they rest on, above unrelated text (docs/evaluation.md).
CLOSENESS = {
    (Language.CHINESE, Language.CHINESE): 0.88,
    (Language.ENGLISH, Language.ENGLISH): 0.82,
    (Language.ENGLISH, Language.CHINESE): 0.79,
    (Language.CHINESE, Language.ENGLISH): 0.79,
}
T = TypeVar("T")

_MARKER = re.compile(r"\[(\d{1,3})\]")
_LATIN_TERM = re.compile(r"[A-Za-z][A-Za-z0-9+#.\-]*[A-Za-z0-9+#]|[A-Za-z](?![A-Za-z])")
_ENGLISH_NAME = re.compile(
    r"[A-Za-z]*[A-Z][A-Za-z0-9+#.\-]*[A-Z0-9+#][A-Za-z0-9+#\-]*|(?<=[a-z,;] )[A-Z][a-z]{2,}"
)


class Problem(StrEnum):
    """Why a sentence may not leave."""

    MARKER = "a marker without a source"
    NO_SOURCE = "no source for a claim"
    NUMBER = "a number that the source does not state"
    TERM = "a name or term that the source does not use"
    COURSE = "a course that the source does not name"
    MEANING = "too far in meaning from the quotation"
    STANCE = "a side that the person does not take"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found; `closeness` is the best cosine of claim and quotation, or None."""

    problems: tuple[Problem, ...]
    closeness: float | None

    @property
    def supported(self) -> bool:
        """Whether the sentence may leave."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a source states, in whatever language it is stored."""

    numbers: frozenset[float]
    words: frozenset[str]
    courses: frozenset[str]


class Checker:
    """Checks the sentences of one answer against its citations and their sources."""

    def __init__(
        self,
        citations: Sequence[Citation],
        sources: Mapping[str, Source],
        courses: Sequence[Course],
        embedder: Embedder,
    ) -> None:
        self._citations = {citation.number: citation for citation in citations}
        self._sources = sources
        self._courses = courses
        self._embedder = embedder
        self._stated: dict[str, _Stated] = {}

    def check(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """One verdict for each draft; all claims and quotations are embedded in one batch."""
        closeness = self._closeness(drafts)
        return [
            Verdict(tuple(self._problems(draft, close)), close)
            for draft, close in zip(drafts, closeness, strict=True)
        ]

    def _problems(self, draft: Draft, closeness: float | None) -> list[Problem]:
        printed = {int(number) for number in _MARKER.findall(draft.text)}
        if printed != set(draft.citations) or not printed <= self._citations.keys():
            return [Problem.MARKER]
        if not draft.claim:
            return []
        if not draft.citations:
            return [] if draft.kind is SentenceKind.INFERENCE else [Problem.NO_SOURCE]
        cited = [self._citations[number] for number in draft.citations]
        stated = [self._stated_by(citation.source_id) for citation in cited]
        found = {
            Problem.NUMBER: not numbers(draft.claim) <= _all(each.numbers for each in stated),
            Problem.TERM: not _terms(draft.claim) <= _all(each.words for each in stated),
            Problem.COURSE: not self._courses_in(draft.claim)
            <= _all(each.courses for each in stated),
            Problem.MEANING: closeness is None or closeness < self._least(draft.claim, cited),
            Problem.STANCE: not self._takes_side(draft, cited),
        }
        return [problem for problem, true in found.items() if true]

    def _stated_by(self, source_id: str) -> _Stated:
        if source_id not in self._stated:
            source = self._sources[source_id]
            text = "\n".join([*(stored.body for stored in source.texts), *_names(source)])
            named = self._courses_in(text) | {source.id}
            if isinstance(source, Perspective):
                named |= {resource.course for resource in source.resources if resource.course}
            self._stated[source_id] = _Stated(numbers(text), frozenset(_words(text)), named)
        return self._stated[source_id]

    def _courses_in(self, text: str) -> frozenset[str]:
        return frozenset(find_courses(text, self._courses))

    def _takes_side(self, draft: Draft, cited: Sequence[Citation]) -> bool:
        if draft.stance is None:
            return True
        people = [self._sources[citation.source_id] for citation in cited]
        return all(
            any(
                position.stance is draft.stance and draft.topic in (None, position.topic)
                for position in person.positions
            )
            for person in people
            if isinstance(person, Perspective)
        )

    def _least(self, claim: str, cited: Sequence[Citation]) -> float:
        language = _language_of(claim)
        return max(CLOSENESS[language, _quoted_in(citation, language)] for citation in cited)

    def _closeness(self, drafts: Sequence[Draft]) -> list[float | None]:
        """The best cosine of each claim with the quotations it cites; 1 for a near copy."""
        places: dict[str, int] = {}
        for draft in drafts:
            for text in self._compared(draft):
                places.setdefault(text, len(places))
        if not places:
            return [None] * len(drafts)
        vectors = self._embedder.embed_passages(list(places))
        best: list[float | None] = []
        for draft in drafts:
            rows = [places[text] for text in self._compared(draft)]
            similar = vectors[rows[1:]] @ vectors[rows[0]] if len(rows) > 1 else np.empty(0)
            best.append(float(similar.max()) if similar.size else None)
        return best

    def _compared(self, draft: Draft) -> list[str]:
        """The claim of a draft and the quotations that it cites, renderings included."""
        if not draft.claim:
            return []
        cited = [self._citations[n] for n in draft.citations if n in self._citations]
        quotes = [quote for c in cited for quote in (c.quote, c.rendering) if quote]
        if any(_covers(quote, draft.claim) for quote in quotes):
            return [draft.claim, draft.claim]
        return [draft.claim, *quotes]


def _all(parts: Iterable[frozenset[T]]) -> frozenset[T]:
    return frozenset().union(*parts)


def _names(source: Source) -> Sequence[str]:
    if isinstance(source, Perspective):
        return [source.author, *(resource.name for resource in source.resources)]
    titles = [source.title.zh, source.title.en]
    return [*source.aliases, *titles, source.provider, *source.instructors]


def _covers(quote: str, claim: str) -> bool:
    """Whether a quotation has nearly all words of a claim, so that meaning need not be measured."""
    wanted = set(terms(claim))
    return len(wanted & set(terms(quote))) >= NEAR_COPY * len(wanted)


def _quoted_in(citation: Citation, language: Language) -> Language:
    """The language that a claim in `language` is compared with: a rendering counts."""
    return language if citation.rendering else citation.language


def _language_of(text: str) -> Language:
    han = sum("\u4e00" <= character <= "\u9fff" for character in text)
    return Language.CHINESE if han * 4 > len(text) else Language.ENGLISH


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _terms(claim: str) -> set[str]:
    """Names and terms in Latin script: every one in Chinese text, the capitalised in English."""
    chinese = _language_of(claim) is Language.CHINESE
    found = (_LATIN_TERM if chinese else _ENGLISH_NAME).findall(
        unicodedata.normalize("NFKC", claim)
    )
    return {_stem(term) for term in found}


def _words(evidence: str) -> set[str]:
    return {_stem(word) for word in _LATIN_TERM.findall(_fold(evidence))}


def _stem(word: str) -> str:
    """A word without case and plural, so that "CNNs" finds "CNN"."""
    folded = _fold(word).strip(".-")
    return folded[:-1] if folded.endswith("s") and len(folded) > 2 else folded  # noqa: PLR2004
