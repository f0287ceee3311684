"""What happens while a question is answered, in the order in which it becomes known."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Bilingual, Kind
from tutor.answer import Answer, Citation, Sentence
from tutor.evidence import Evidence
from tutor.learner import Learner
from tutor.retrieval import Candidate
from tutor.selection import Decision


@dataclass(frozen=True, slots=True)
class Trace:
    """Why the answer is as it is: what was found, measured, chosen and dropped."""

    candidates: tuple[Candidate, ...]
    evidence: Evidence
    probability: float
    decisions: tuple[Decision, ...]
    dropped: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class LearnerUnderstood:
    """The learner as the question shows them; doors show it and let it be corrected.

    `asked` is the question made self-contained; `changed` names the fields of the profile that are
    other than in the turn before.
    """

    learner: Learner
    asked: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A source that the answer is going to be written from. `author` is "" where unknown."""

    source_id: str
    kind: Kind
    author: str
    platform: str
    title: Bilingual
    url: str
    published: str | None


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """The sources that are read for the answer, before its first sentence."""

    sources: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """One checked sentence, with the citations that it is the first to use."""

    sentence: Sentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A word to the user about the answer, outside of it."""

    message: Bilingual


@dataclass(frozen=True, slots=True)
class Done:
    """The whole answer; always the last event."""

    answer: Answer
    trace: Trace


Event = LearnerUnderstood | SourcesFound | SentenceReady | Notice | Done
