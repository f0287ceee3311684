"""Numbering the sources of an answer and cutting their quotations from the stored text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from corpus.course_names import find_courses
from corpus.embedding import Embedder
from corpus.types import Bilingual, Course, Kind, Language, Passage, Perspective, Position, Text
from tutor.answer import Citation
from tutor.phrases import author_name
from tutor.quoting import Span, best_span, lexical_spans, sentence_spans

OLD_AFTER_YEARS = 5
# The least cosine of a claim with somebody's own words in the same language: below it, our
# restatement is quoted instead, marked as one.
LEAST_CLOSENESS = {Language.CHINESE: 0.87, Language.ENGLISH: 0.82}
LONGEST_LIST = 400  # characters of a quoted list of units
_LIST_MARK = 12  # characters about a title in a list of units


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quotation stands: the same place has the same number."""

    source_id: str
    language: Language
    verbatim: bool
    start: int
    end: int


def texts_to_quote(person: Perspective, language: Language) -> list[Text]:
    """The texts of a person, the first to quote from first: their own words, then ours in
    `language`, then ours in the other language."""

    def rank(text: Text) -> tuple[bool, bool]:
        return not text.verbatim, text.language is not language

    return sorted(person.texts, key=rank)


def _rendering(source: Perspective | Course, language: Language) -> Text | None:
    texts = [text for text in source.texts if text.language is language and not text.verbatim]
    return texts[0] if texts else None


class CitationBook:
    """The citations of one answer, numbered from 1 in the order in which they are asked for."""

    def __init__(self, language: Language, embedder: Embedder, today: date) -> None:
        self._language = language
        self._embedder = embedder
        self._today = today
        self._numbers: dict[_Place, int] = {}
        self._citations: list[Citation] = []

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self._language

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far; `citations[n - 1].number == n`."""
        return tuple(self._citations)

    def cite_view(self, perspective: Perspective, position: Position) -> int | None:
        """Cite the words in which a person takes a position; None if nothing can be quoted."""
        return self.cite_claim(perspective, position.says or perspective.title)

    def cite_claim(self, person: Perspective, claim: Bilingual) -> int | None:
        """Cite the words in which a person says `claim`.

        Their own words where some are close enough in meaning, else our restatement of them.
        """
        said = claim.text(self._language)
        for text in texts_to_quote(person, self._language):
            least = LEAST_CLOSENESS[text.language] if text.verbatim else 0.0
            span = self._span(text, claim.text(text.language), least=least)
            if span is not None:
                return self._add(person, text, span, said)
        return None

    def cite_course(self, course: Course, claim: str) -> int | None:
        """Cite the words of the text on a course that state `claim`, in the reader's language."""
        text = _rendering(course, self._language)
        span = self._span(text, claim) if text else None
        return self._add(course, text, span, None) if text and span else None

    def cite_opening(self, course: Course) -> int | None:
        """Cite the first sentence of the text on a course."""
        text = _rendering(course, self._language)
        spans = sentence_spans(text.body) if text else []
        return self._add(course, text, Span(*spans[0], 1.0), None) if text and spans else None

    def cite_mention(self, person: Perspective, course: Course) -> int | None:
        """Cite the first sentence in which a person names a course."""
        said = course.title.text(self._language)
        for text in texts_to_quote(person, self._language):
            for start, end in sentence_spans(text.body):
                if find_courses(text.body[start:end], (course,)):
                    return self._add(person, text, Span(start, end, 1.0), said)
        return None

    def cite_course_units(self, course: Course, titles: Sequence[str]) -> int | None:
        """Cite the lines of a course from the first to the last of the units `titles`."""
        text = _rendering(course, self._language)
        lines = _unit_lines(text.body, titles) if text else []
        if text is None or not lines:
            return None
        start, end = lines[0][0], lines[-1][1]
        if end - start > LONGEST_LIST:
            end = lines[0][1]
        return self._add(course, text, Span(start, end, 1.0), None)

    def cite_passage(
        self, source: Perspective | Course, passage: Passage, claim: str
    ) -> int | None:
        """Cite the words of a passage that come closest to `claim`."""
        for text in source.texts:
            if (text.language, text.verbatim) == (passage.language, passage.verbatim):
                span = self._span(text, claim, passage.start, passage.end)
                return self._add(source, text, span, None) if span else None
        return None

    def cite_window(self, source: Perspective | Course, text: Text, span: Span, claim: str) -> int:
        """Cite `span` of `text` for `claim`, in the reader's language; words that a citation of
        the same text holds already are not cited a second time."""
        for citation in self._citations:
            same_text = (citation.source_id, citation.language, citation.verbatim) == (
                source.id,
                text.language,
                text.verbatim,
            )
            if same_text and citation.start <= span.start and span.end <= citation.end:
                return citation.number
        return self._add(source, text, span, claim)

    def _span(
        self,
        text: Text,
        claim: str,
        start: int = 0,
        end: int | None = None,
        *,
        least: float = 0.0,
    ) -> Span | None:
        """The words that state `claim`: in our own wording words decide, else meaning, and it
        must be at least as near as `least`, a cosine."""
        if text.verbatim:
            return best_span(text.body, claim, self._embedder, start, end, least=least)
        spans = lexical_spans(text.body, claim, start, end)
        return spans[0] if spans else None

    def _add(self, source: Perspective | Course, text: Text, span: Span, said: str | None) -> int:
        place = _Place(source.id, text.language, text.verbatim, span.start, span.end)
        if place not in self._numbers:
            self._numbers[place] = len(self._citations) + 1
            self._citations.append(self._citation(source, text, span, said))
        return self._numbers[place]

    def _citation(
        self, source: Perspective | Course, text: Text, span: Span, said: str | None
    ) -> Citation:
        person = source if isinstance(source, Perspective) else None
        return Citation(
            number=len(self._citations) + 1,
            source_id=source.id,
            kind=Kind.PERSPECTIVE if person else Kind.COURSE,
            author=_author(source, self._language),
            platform=source.platform if isinstance(source, Perspective) else source.provider,
            title=source.title.text(self._language),
            url=source.url,
            published=person.published if person else None,
            language=text.language,
            verbatim=text.verbatim,
            quote=text.body[span.start : span.end],
            start=span.start,
            end=span.end,
            rendering=self._in_own_language(source, text, said),
            age_warning=person is not None and is_old(person, self._today),
        )

    def _in_own_language(
        self, source: Perspective | Course, text: Text, said: str | None
    ) -> str | None:
        """The same content in the reader's language, from a stored text, never from a model."""
        rendering = None if text.language is self._language else _rendering(source, self._language)
        if rendering is None or not said:
            return None
        span = self._span(rendering, said)
        return rendering.body[span.start : span.end] if span else None


def quotable_units(titles: Sequence[str]) -> int:
    """How many of the first `titles` fit into one quoted list, at least one."""
    lengths = accumulate(len(title) + _LIST_MARK for title in titles)
    return max(1, sum(length <= LONGEST_LIST for length in lengths))


def _unit_lines(body: str, titles: Sequence[str]) -> list[tuple[int, int]]:
    """The spans of the list items that name one of `titles`, without their list marks."""
    items = re.finditer(r"(?m)^- (.+)$", body)
    return [match.span(1) for match in items if any(title in match[1] for title in titles)]


def _author(source: Perspective | Course, language: Language) -> str:
    if isinstance(source, Perspective):
        return author_name(source.author, language)
    return ", ".join(source.instructors) or source.provider


def is_old(perspective: Perspective, today: date) -> bool:
    """Whether a dated perspective is older than `OLD_AFTER_YEARS` years."""
    if perspective.published is None:
        return False
    return today.year - int(perspective.published[:4]) > OLD_AFTER_YEARS
