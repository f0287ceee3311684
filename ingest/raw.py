"""What reading a document yields: raw perspectives, finished sources, and what was skipped."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Bilingual, Language, Resource, Source


@dataclass(frozen=True, slots=True)
class RawPerspective:
    """One person's answer as a document gives it, cleaned but not yet labelled.

    `author` is "" where unknown. `url` is canonical, or "" as long as `identity.identified` has
    not given one. `question_url` is the address of the question it answers ("" where unknown) and
    `place` tells answers without an author apart on their page ("accepted-answer",
    "answer-2020-06-09"). `published` is an ISO date or None; `votes` is None where unknown.
    `body` is the clean text that all offsets refer to.
    """

    author: str
    platform: str
    url: str
    question: str
    title: str
    published: str | None
    votes: int | None
    language: Language
    body: str
    resources: tuple[Resource, ...] = ()
    question_url: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left out: `what` names it (a document, an author), `reason` says why."""

    what: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document holds: raw perspectives, or sources in the project's own format."""

    perspectives: tuple[RawPerspective, ...] = ()
    sources: tuple[Source, ...] = ()
    skipped: tuple[Skipped, ...] = ()
