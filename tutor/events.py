"""What happens while a question is answered, in the order in which it becomes known."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Bilingual
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
    """The learner as the question shows them; doors show it and let it be corrected."""

    learner: Learner


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """The citations that the sentences to come refer to."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """One checked sentence."""

    sentence: Sentence


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
