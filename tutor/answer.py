"""An answer and its parts; the same types whoever wrote the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.types import Bilingual, Kind, Language, Stance, Topic
from tutor.learner import Learner


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
class Citation:
    """A numbered source with the exact words that the answer rests on.

    `quote == body[start:end]` of the stored text of `source_id` in `language` with `verbatim`.
    `verbatim` is False when the stored text is our restatement, not the person's own words.
    `rendering` is a stored text of the same content in the reader's language, where there is one.
    """

    number: int
    source_id: str
    kind: Kind
    author: str
    platform: str
    title: str
    url: str
    published: str | None
    language: Language
    verbatim: bool
    quote: str
    start: int
    end: int
    rendering: str | None = None
    age_warning: bool = False


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
