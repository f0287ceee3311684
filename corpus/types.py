"""The domain: perspectives, courses and the passages cut from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language that the tutor reads and writes."""

    CHINESE = "zh"
    ENGLISH = "en"


class Kind(StrEnum):
    """What a source is: one person's answer, or a course or book."""

    PERSPECTIVE = "perspective"
    COURSE = "course"


class Topic(StrEnum):
    """A question on which experienced people take different sides."""

    ML_BEFORE_DL = "ml-before-dl"
    MATH_DEPTH = "math-depth"
    PROGRAMMING_FIRST = "programming-first"
    FOUNDATIONS_FOR_LLM = "foundations-for-llm"
    FRAMEWORK = "framework"
    STUDY_ORDER = "study-order"
    TIME_PLAN = "time-plan"


class Stance(StrEnum):
    """The side a person takes on a topic; `docs/sources.md` says what it means for each topic."""

    NEEDED = "needed"
    CORE_SUBSET = "core-subset"
    NOT_NEEDED = "not-needed"
    DEPENDS_ON_GOAL = "depends-on-goal"


class Goal(StrEnum):
    """What a learner wants to reach."""

    GRADUATION_PROJECT = "graduation-project"
    JOB = "job"
    RESEARCH = "research"
    APPLICATION = "application"
    LLM_APPLICATION = "llm-application"
    LLM_ENGINEERING = "llm-engineering"
    CURIOSITY = "curiosity"


class Direction(StrEnum):
    """The field of use a learner is heading for."""

    GENERAL = "general"
    VISION = "vision"
    LANGUAGE = "language"


class ReadExtent(StrEnum):
    """How much of an original was read before it was restated."""

    WHOLE = "whole"
    PART = "part"


class CourseStatus(StrEnum):
    """Whether a course is still the one to take."""

    CURRENT = "current"
    SUPERSEDED = "superseded"


class Confidence(StrEnum):
    """How well the facts about a course are established."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same statement in Chinese and in English, each natural in its language."""

    zh: str
    en: str

    def text(self, language: Language) -> str:
        """The statement in `language`."""
        return self.zh if language is Language.CHINESE else self.en


@dataclass(frozen=True, slots=True)
class Position:
    """The side one person takes on one topic, and the goals it speaks to.

    `says` restates the view in one sentence; None where nobody has restated it.
    `guessed` marks a label that a program chose and no person confirmed.
    Empty `goals` means that the view is not tied to a goal.
    """

    topic: Topic
    stance: Stance
    goals: tuple[Goal, ...]
    says: Bilingual | None = None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a study path; `course` and `modules` are ids from the course files."""

    text: Bilingual
    course: str | None = None
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyPath:
    """Steps in the order in which a person advises to take them.

    `weeks` is the total length that the person names, or None. Empty `goals` means any goal.
    """

    goals: tuple[Goal, ...]
    weeks: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """Something to learn from that a person names; `course` is its id where we have a file."""

    name: str
    url: str | None = None
    course: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The stored text of a source in one language.

    `verbatim` is True for the author's own words and False for a restatement in ours.
    All character offsets in this project count code points of `body`.
    """

    language: Language
    verbatim: bool
    body: str


@dataclass(frozen=True, slots=True)
class Perspective:
    """One person's answer. Its canonical `url` is its identity.

    `published` is an ISO date, year-month or year ("2018-11-23", "2018-11", "2018"), or None
    where unknown. `votes` is None where unknown. `language` is that of the original. `author` is
    "" where unknown; `author_aliases` are other spellings of the name. `question` and `title` of
    a document that exists in one language only stand in both places as they are.
    """

    id: str
    author: str
    platform: str
    url: str
    question: Bilingual
    title: Bilingual
    published: str | None
    votes: int | None
    language: Language
    read: ReadExtent
    positions: tuple[Position, ...]
    paths: tuple[StudyPath, ...]
    resources: tuple[Resource, ...]
    texts: tuple[Text, ...]
    author_aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """One unit of a course in its order; `week` counts from 1, `hours` is None where unknown."""

    id: str
    title: Bilingual
    week: int | None = None
    hours: float | None = None
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """What to have done before: exactly one of `course` (an id) and `skill` (a name) is given.

    `source` says who asks for it: a syllabus, a person, or a guide.
    """

    course: str | None
    skill: str | None
    required: bool
    source: str


@dataclass(frozen=True, slots=True)
class Course:
    """A course or book to learn from, with its modules in order.

    `hours` and `weeks` are totals, None where unknown. `unverified` names the fields that rest
    on nothing better than hearsay. `verified_on` is the ISO date on which `sources` were read.
    `module_hours` is our own estimate of the study hours of one module, watching or reading plus
    exercises, for planning where nobody states any; it is never the provider's word.
    """

    id: str
    title: Bilingual
    aliases: tuple[str, ...]
    provider: str
    instructors: tuple[str, ...]
    url: str
    links: tuple[Resource, ...]
    languages: tuple[Language, ...]
    level: str
    directions: tuple[Direction, ...]
    prerequisites: tuple[Prerequisite, ...]
    teaches: tuple[str, ...]
    hours: float | None
    hours_basis: str
    weeks: int | None
    modules: tuple[Module, ...]
    cost: str
    cost_note: Bilingual
    status: CourseStatus
    superseded_by: str | None
    verified_on: str
    confidence: Confidence
    sources: tuple[str, ...]
    unverified: tuple[str, ...]
    summary: Bilingual
    texts: tuple[Text, ...]
    module_hours: float | None = None


Source = Perspective | Course


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk of a stored text: `body[start:end] == text` of the text it was cut from.

    `id` is a hash of content and place. `headings` is the path of headings above it.
    """

    id: str
    source_id: str
    kind: Kind
    language: Language
    verbatim: bool
    start: int
    end: int
    text: str
    headings: tuple[str, ...] = ()
