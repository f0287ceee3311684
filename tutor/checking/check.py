"""Checking a sentence against what it cites, before it leaves the tutor.

Exact rules come first: amounts, names, terms, courses and quotations of a sentence must be those
of the sources it cites. What rules cannot see (a turned negation, an invented reason) is left to
a trained judge where one is given, and to nearness in meaning where none is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from corpus.course_names import is_too_general
from corpus.embedding import Embedder
from corpus.language import detect_language
from corpus.sentences import split_sentences
from corpus.terms import terms
from corpus.types import Course, Language, Perspective, Source
from tutor.answer import Citation, SentenceKind
from tutor.checking.contrary import is_contrary
from tutor.checking.evidence_windows import EvidenceFinder, passage_around
from tutor.checking.exact_rules import Problem, exact_problems
from tutor.checking.own_sentences import own_problems
from tutor.checking.stated import Stated, people_of, stated_by, stated_in
from tutor.citations import CitationBook
from tutor.drafts import Draft, marks

__all__ = ["Checker", "Problem", "Verdict"]

# A claim that shares this share of its terms with a quotation needs no measuring.
NEAR_COPY = 0.7
# The least cosine between a claim and its quotation, by their languages: below nearly everything
# that is supported, above far-off text (docs/evaluation.md). Nearness tells no more than that.
CLOSENESS = {
    (Language.CHINESE, Language.CHINESE): 0.88,
    (Language.ENGLISH, Language.ENGLISH): 0.82,
    (Language.ENGLISH, Language.CHINESE): 0.76,
    (Language.CHINESE, Language.ENGLISH): 0.77,
}
# The same for a sentence without a source and the nearest words of what it was written from.
NEAR_CONTEXT = {True: 0.80, False: 0.75}  # by whether both are in one language

_MARKER = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found.

    `closeness` is the best cosine of claim and quotation, or None where none was measured.
    """

    problems: tuple[Problem, ...]
    closeness: float | None

    @property
    def supported(self) -> bool:
        """Whether the sentence may leave."""
        return not self.problems


class Checker:
    """Checks the sentences of one answer against its citations and their sources.

    `book` and `sources` may grow between calls; a cited source must be in `sources` by the time
    its sentence is checked. `context` is what an uncited sentence may speak of: the question and
    the sources given; with one, sentences count as written freely and are read more strictly
    than restatements of ours. `known_people` are names besides those in `sources` and `courses`.
    """

    def __init__(
        self,
        book: CitationBook | Sequence[Citation],
        sources: Mapping[str, Source],
        courses: Sequence[Course],
        embedder: Embedder,
        *,
        context: str = "",
        known_people: frozenset[str] = frozenset(),
    ) -> None:
        self._book = book
        self._sources = sources
        self._courses = courses
        self._embedder = embedder
        self._finder = EvidenceFinder(embedder)
        self._context = context
        self._of_context: Stated | None = None
        self._known_people = known_people
        self._stated: dict[str, Stated] = {}

    def check(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """One verdict for each draft; all claims and quotations are embedded in one batch."""
        citations = self._citations()
        pieces = [piece for draft in drafts for piece in _pieces(draft)]
        closeness = self._closeness(pieces, citations)
        verdicts = iter(
            [
                self._verdict(piece, citations, close)
                for piece, close in zip(pieces, closeness, strict=True)
            ]
        )
        return [_joined([next(verdicts) for _ in _pieces(draft)]) for draft in drafts]

    def supporting(self, claim: str, candidates: Sequence[Source]) -> Source | None:
        """The candidate that supports `claim` best, None where none does.

        A sentence that names a person is moved to that person's source only: every name in it
        must be one of the source's.
        """
        found = []
        for source in candidates:
            problems, score = self._against(claim, source)
            if not problems:
                found.append((score, source))
        return max(found, key=lambda one: one[0])[1] if found else None

    def _citations(self) -> dict[int, Citation]:
        known = self._book.citations if isinstance(self._book, CitationBook) else self._book
        return {citation.number: citation for citation in known}

    def _verdict(
        self, draft: Draft, citations: Mapping[int, Citation], closeness: float | None
    ) -> Verdict:
        printed = {int(number) for number in _MARKER.findall(draft.text)}
        if printed != set(draft.citations) or not printed <= citations.keys():
            return Verdict((Problem.MARKER,), closeness)
        if not draft.claim:
            return Verdict((), closeness)
        if not draft.citations:
            return self._without_source(draft, closeness)
        cited = [citations[number] for number in draft.citations]
        sources = [self._sources[citation.source_id] for citation in cited]
        problems = exact_problems(
            draft.claim, self._all_stated(sources), self._courses, self._people()
        )
        if closeness is None or closeness < self._least(draft.claim, cited):
            problems.append(Problem.MEANING)
        if self._context:
            passages = "\n".join(self._passages(draft.claim, sources))
            problems += [Problem.CONTRARY] * is_contrary(draft.claim, passages)
        if not _takes_side(draft, sources):
            problems.append(Problem.STANCE)
        return Verdict(tuple(problems), closeness)

    def _without_source(self, draft: Draft, closeness: float | None) -> Verdict:
        if draft.kind is not SentenceKind.INFERENCE:
            return Verdict((Problem.NO_SOURCE,), closeness)
        if not self._context:
            return Verdict((), closeness)
        if self._of_context is None:
            self._of_context = stated_in(self._context, self._courses)
        problems = own_problems(draft.claim, self._of_context, self._courses)
        closeness = self._near_context(draft.claim, self._context)
        if closeness < NEAR_CONTEXT[_same_language(draft.claim, self._context)]:
            problems.append(Problem.MEANING)
        return Verdict(tuple(problems), closeness)

    def _near_context(self, claim: str, context: str) -> float:
        """The best cosine of a claim with a sentence of the context."""
        sentences = [context[start:end] for start, end in split_sentences(context)] or [context]
        vectors = self._embedder.embed_passages([claim, *sentences])
        return float((vectors[1:] @ vectors[0]).max())

    def _against(self, claim: str, source: Source) -> tuple[list[Problem], float]:
        """What speaks against `source` for a free sentence, and how near it comes."""
        stated = self._stated_by(source)
        problems = exact_problems(claim, stated, self._courses, self._people())
        window = self._finder.best_window(source, claim)
        if window is None:
            return [*problems, Problem.NO_SOURCE], 0.0
        passage = passage_around(window)
        if window.closeness < CLOSENESS[detect_language(claim), window.text.language]:
            problems.append(Problem.MEANING)
        if is_contrary(claim, passage):
            problems.append(Problem.CONTRARY)
        return problems, window.closeness

    def _passages(self, claim: str, sources: Sequence[Source]) -> list[str]:
        windows = (self._finder.best_window(source, claim) for source in sources)
        return [passage_around(window) for window in windows if window]

    def _people(self) -> frozenset[str]:
        sources = (*self._sources.values(), *self._courses)
        named = (name for source in sources for name in people_of(source))
        return self._known_people.union(name for name in named if _is_telling(name))

    def _all_stated(self, sources: Iterable[Source]) -> Stated:
        return reduce(or_, map(self._stated_by, sources))

    def _stated_by(self, source: Source) -> Stated:
        if source.id not in self._stated:
            self._stated[source.id] = stated_by(source, self._courses)
        return self._stated[source.id]

    def _least(self, claim: str, cited: Sequence[Citation]) -> float:
        language = detect_language(claim)
        return max(CLOSENESS[language, _quoted_in(citation, language)] for citation in cited)

    def _closeness(
        self, drafts: Sequence[Draft], citations: Mapping[int, Citation]
    ) -> list[float | None]:
        """The best cosine of each claim with the quotations it cites; 1 for a near copy."""
        compared = [_compared(draft, citations) for draft in drafts]
        places = {text: i for i, text in enumerate(dict.fromkeys(t for c in compared for t in c))}
        if not places:
            return [None] * len(drafts)
        vectors = self._embedder.embed_passages(list(places))
        best: list[float | None] = []
        for texts in compared:
            rows = [places[text] for text in texts]
            best.append(float((vectors[rows[1:]] @ vectors[rows[0]]).max()) if rows[1:] else None)
        return best


def _pieces(draft: Draft) -> list[Draft]:
    """What of a draft is checked by itself: the markers of all of it, and each of its parts."""
    if not draft.parts:
        return [draft]
    whole = replace(draft, claim="", parts=())
    parts = [
        replace(
            whole,
            text=marks(part.citations, Language.CHINESE),
            claim=part.text,
            citations=part.citations,
        )
        for part in draft.parts
    ]
    return [whole, *parts]


def _joined(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on a draft: everything that was found in its pieces, and the least nearness."""
    near = [verdict.closeness for verdict in verdicts if verdict.closeness is not None]
    problems = dict.fromkeys(problem for verdict in verdicts for problem in verdict.problems)
    return Verdict(tuple(problems), min(near, default=None))


def _same_language(one: str, other: str) -> bool:
    return detect_language(one) is detect_language(other)


def _takes_side(draft: Draft, sources: Sequence[Source]) -> bool:
    if draft.stance is None:
        return True
    return all(
        any(
            position.stance is draft.stance and draft.topic in (None, position.topic)
            for position in person.positions
        )
        for person in sources
        if isinstance(person, Perspective)
    )


def _is_telling(name: str) -> bool:
    """Whether a name is long and particular enough to be looked for in running text."""
    return len(name) > 1 and not is_too_general(name)


def _compared(draft: Draft, citations: Mapping[int, Citation]) -> list[str]:
    """The claim of a draft and the quotations that it cites, renderings included."""
    if not draft.claim or not draft.citations:
        return []
    cited = [citations[n] for n in draft.citations if n in citations]
    quotes = [quote for c in cited for quote in (c.quote, c.rendering) if quote]
    if any(_covers(quote, draft.claim) for quote in quotes):
        return [draft.claim, draft.claim]
    return [draft.claim, *quotes]


def _covers(quote: str, claim: str) -> bool:
    """Whether a quotation has nearly all words of a claim, so that meaning need not be measured."""
    wanted = set(terms(claim))
    return len(wanted & set(terms(quote))) >= NEAR_COPY * len(wanted)


def _quoted_in(citation: Citation, language: Language) -> Language:
    """The language that a claim in `language` is compared with: a rendering counts."""
    return language if citation.rendering else citation.language
