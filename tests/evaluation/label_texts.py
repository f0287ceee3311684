"""The labelled texts on which the labeller is measured, in two halves by author."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evaluation_questions import Half

from corpus.types import Goal, Language, Perspective, Position, Stance, Topic
from ingest.documents import find_documents, load
from ingest.identity import KnownAnswers, identified
from ingest.readers import read_document

# Chosen once, before anything was measured, as the salt that splits labels most evenly.
SALT = "labels-890"


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text of `author` with the labels that a person gave it; `question` is what it answers.

    `restated` is False for an author's own words. `half` is the same for all texts of an author.
    """

    id: str
    author: str
    half: Half
    language: Language
    question: str
    body: str
    positions: tuple[Position, ...]
    restated: bool = True

    @property
    def topics(self) -> frozenset[Topic]:
        """The topics on which the text takes a side."""
        return frozenset(position.topic for position in self.positions)

    @property
    def sides(self) -> frozenset[tuple[Topic, Stance]]:
        """The sides that it takes, for whatever goal."""
        return frozenset((position.topic, position.stance) for position in self.positions)

    @property
    def goals(self) -> frozenset[Goal]:
        """The goals to which any of its positions is tied."""
        return frozenset(goal for position in self.positions for goal in position.goals)


def half_of_author(perspective: Perspective) -> Half:
    """The half of all that its author wrote; an unnamed author has written nothing else."""
    name = " ".join(perspective.author.casefold().split()) or perspective.id
    digest = hashlib.sha256(f"{SALT}:{name}".encode()).digest()
    return Half.TUNE if digest[0] % 2 == 0 else Half.TEST


def restatements(perspectives: Iterable[Perspective], language: Language) -> list[LabelledText]:
    """The restatement of each of `perspectives` in `language`, with its labels."""
    return [
        LabelledText(
            perspective.id,
            perspective.author or perspective.id,
            half_of_author(perspective),
            language,
            perspective.question.text(language),
            text.body,
            perspective.positions,
        )
        for perspective in perspectives
        for text in perspective.texts
        if text.language is language
    ]


def originals(directory: Path, perspectives: Iterable[Perspective]) -> list[LabelledText]:
    """The answers in the documents below `directory` of which `perspectives` has the labels."""
    perspectives = list(perspectives)
    by_url = {perspective.url: perspective for perspective in perspectives}
    known = KnownAnswers(perspectives)
    return [
        LabelledText(
            by_url[answer.url].id,
            by_url[answer.url].author or by_url[answer.url].id,
            half_of_author(by_url[answer.url]),
            answer.language,
            f"{answer.question} {answer.title}",
            answer.body,
            by_url[answer.url].positions,
            restated=False,
        )
        for location in find_documents([str(directory)])
        for answer in identified(read_document(load(location)).perspectives, known)
        if answer.url in by_url
    ]
