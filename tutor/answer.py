"""An answer and its parts; the same types whoever wrote the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.types import Bilingual, Language, Stance, Topic
from tutor.citation import Citation
from tutor.learner import Learner
from tutor.planning.types import ModuleKey, Plan

__all__ = [
    "Answer",
    "CheckReport",
    "Citation",
    "CourseAdvice",
    "Section",
    "Sentence",
    "SentenceKind",
    "StanceGroup",
    "Usage",
    "Voice",
    "Writer",
]


class SentenceKind(StrEnum):
    """Whose word a sentence is."""

    OPINION = "opinion"  # a person's view
    FACT = "fact"  # a course's syllabus
    INFERENCE = "inference"  # the tutor's own conclusion


class Section(StrEnum):
    """The part of the answer that a sentence belongs to, in the order of printing."""

    VERDICT = "verdict"
    SPLIT = "split"
    BODY = "body"  # what a language model wrote
    VOICES = "voices"
    DISSENT = "dissent"
    PLAN = "plan"
    STEPS = "steps"
    COURSES = "courses"
    CAVEATS = "caveats"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One checked sentence; `citations` are the numbers it rests on, also shown in `text`.

    `topic` is the topic it deals with, None where it belongs to the answer as a whole. `before`
    is what stands between it and the sentence before, headings included: the text of an answer is
    `before + text` of its sentences, one after the other.
    """

    text: str
    citations: tuple[int, ...]
    kind: SentenceKind
    section: Section
    topic: Topic | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """A person in the split of opinion, cited in the answer or not.

    `guessed` marks a stance that a program inferred and no person confirmed.
    """

    source_id: str
    author: str
    platform: str
    url: str
    citation: int | None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class StanceGroup:
    """Everyone in the corpus who takes one stance on a topic, for this learner's goal if known."""

    topic: Topic
    stance: Stance
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class CourseAdvice:
    """A course that the answer points to, with the part of it that was advised."""

    id: str
    title: str
    url: str
    weeks: int | None
    hours: float | None
    modules: tuple[str, ...]
    citation: int | None
    superseded_by: str | None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How many sentences were written, how many passed the check, how many were dropped.

    `repaired` of the supported ones passed only after a repair, and `reworded` stand in the stored
    words of their source, because what a language model made of them could not be verified.
    """

    sentences: int
    supported: int
    dropped: int
    repaired: int = 0
    reworded: int = 0


class Writer(StrEnum):
    """Who wrote the sentences."""

    COMPOSER = "composer"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model was asked for: calls, tokens in and out, and their price.

    `cost` is in the currency of the configured prices, None where none are configured.
    """

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the learner gets. `abstained` is the only sign of "my sources do not cover this".

    `asked` is the question made self-contained from the conversation; `topics` what the answer
    deals with, the main one first. `notices` are honest words about how the answer came about.
    `plan` is there where one was asked for; its citations begin with those of the answer, so that
    numbers agree, and go on with what its text leaves out. `finished` are the parts of the plan
    that the learner keeps which they said in this turn to have finished.
    """

    question: str
    text: str
    language: Language
    abstained: bool
    learner: Learner
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    positions: tuple[StanceGroup, ...]
    one_sided: tuple[Topic, ...]
    courses: tuple[CourseAdvice, ...]
    follow_ups: tuple[str, ...]
    check: CheckReport
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    asked: str = ""
    topics: tuple[Topic, ...] = ()
    writer: Writer = Writer.COMPOSER
    model: str | None = None
    usage: Usage = Usage()
    notices: tuple[Bilingual, ...] = ()
    plan: Plan | None = None
    finished: tuple[ModuleKey, ...] = ()
