"""What the sources say in stored words, to stand in for a sentence that cannot be verified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from corpus.embedding import Embedder
from corpus.terms import terms
from corpus.types import Course, Goal, Language, Perspective, Source, Text
from tutor.answer import Section, SentenceKind
from tutor.checking.evidence_windows import EvidenceFinder
from tutor.checking.own_sentences import points_elsewhere
from tutor.citations import CitationBook
from tutor.drafts import Draft, clause, marks
from tutor.phrases import author_name, platform_name, sentence
from tutor.selection import View
from tutor.steps import course_title
from tutor.voices import view_line, without_markers

_ITEM = "- "
_SAME = 0.7  # of the words of the shorter of two statements


class StoredWording:
    """Puts what a source says in place of what a model wrote of it, each statement once."""

    def __init__(
        self,
        book: CitationBook,
        embedder: Embedder,
        finder: EvidenceFinder,
        goal: Goal | None,
    ) -> None:
        self._book = book
        self._goal = goal
        self._embedder = embedder
        self._finder = finder
        self._told: set[str] = set()

    def told(self, text: str) -> bool:
        """Whether the claim `text` has been printed; it counts as printed from now on."""
        known = text in self._told
        self._told.add(text)
        return known

    def instead_of(self, claim: str, source: Source) -> Draft | None:
        """The statement of `source` that is nearest to `claim` and has not been told, or None.

        A restated view of a person, a sentence of the text on a course, or else a person's own
        words; the draft has no mark of a list.
        """
        offers = [draft for draft in self._offers(source, claim) if not self._is_told(draft.claim)]
        if not offers:
            return None
        vectors = self._embedder.embed_passages([claim, *(draft.claim for draft in offers)])
        nearest = offers[int(np.argmax(vectors[1:] @ vectors[0]))]
        self._told.add(nearest.claim)
        return nearest

    def _is_told(self, claim: str) -> bool:
        """Whether nearly the same has been printed, with or without its speaker's name."""
        said = set(terms(claim))
        told = (set(terms(other)) for other in self._told)
        return any(len(said & other) >= _SAME * min(len(said), len(other)) for other in told)

    def _offers(self, source: Source, claim: str) -> Iterator[Draft]:
        if isinstance(source, Course):
            yield from self._of_course(source, claim)
            return
        views = list(self._of_person(source))
        yield from views
        if not views:
            yield from self._quoted(source, claim)

    def _of_person(self, person: Perspective) -> Iterator[Draft]:
        for position in person.positions:
            number = self._book.cite_view(person, position) if position.says else None
            if number is not None:
                view = View(person, position, 1.0)
                others = () if self._goal in position.goals else position.goals
                draft = view_line(view, number, others, self._book, Section.BODY)
                yield _without_item(draft)

    def _of_course(self, course: Course, claim: str) -> Iterator[Draft]:
        language = self._book.language
        readable = replace(course, texts=_in(language, course))
        window = self._finder.best_window(readable, claim)
        if window is None:
            return
        fact = " ".join(window.words.split())
        number = self._book.cite_window(course, window.text, window.span, fact)
        joint, stop = ("：", "。") if language is Language.CHINESE else (": ", ".")
        printed = f"{course_title(course, language)}{joint}{clause(fact)}"
        text = f"{printed}{marks((number,), language)}{stop}"
        yield Draft(text, fact, (number,), SentenceKind.FACT, Section.BODY)

    def _quoted(self, person: Perspective, claim: str) -> Iterator[Draft]:
        language = self._book.language
        window = self._finder.best_window(person, claim)
        if window is None or points_elsewhere(window.words):
            return
        number = self._book.cite_window(person, window.text, window.span, claim)
        printed = sentence(
            "voice_quoted" if window.text.verbatim else "voice_retold",
            language,
            author=author_name(person.author, language),
            platform=platform_name(person.platform).text(language),
            quote=without_markers(" ".join(self._book.citations[number - 1].quote.split())),
            marks=marks((number,), language),
        )
        draft = Draft(printed, window.words, (number,), SentenceKind.OPINION, Section.BODY)
        yield _without_item(draft)


def _in(language: Language, source: Source) -> tuple[Text, ...]:
    return tuple(text for text in source.texts if text.language is language)


def _without_item(draft: Draft) -> Draft:
    return replace(draft, text=draft.text.removeprefix(_ITEM))
