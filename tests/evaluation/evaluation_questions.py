"""The evaluation set: its questions with what a good answer to each must hold."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import yaml
from evaluation_labels import Labels

from corpus.types import Direction, Goal, Language, Topic
from tutor.learner import Level

QUESTIONS = Path(__file__).with_name("questions.yaml")
# Chosen once, before anything was measured, as the salt that splits every cell most evenly.
SALT = "xianhou-16112"


class Half(StrEnum):
    """Tuning may look at one half only."""

    TUNE = "tune"
    TEST = "test"


class Scope(StrEnum):
    """Whether the bundled sources answer the question."""

    IN = "in"
    OUT = "out"


class QuestionKind(StrEnum):
    """What is asked about; `FAR` and `NEAR` are out of scope."""

    TOPIC = "topic"
    COURSE = "course"
    PERSON = "person"
    FAR = "far"
    NEAR = "near"


Anything = Literal["any"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question and its gold labels, as `docs/evaluation.md` defines them.

    `goals` are the acceptable goals, None standing for "no goal is told". `weeks`, `hours` (a week)
    and `direction` are None where the question tells nothing, "any" where either reading will do.
    `background` maps a subject to the levels that are right for it. Out of scope, only `language`
    says anything about the answer.
    """

    id: str
    text: str
    language: Language
    scope: Scope
    kind: QuestionKind
    half: Half
    goals: tuple[Goal | None, ...]
    topics: tuple[Topic, ...]
    any_topic: bool
    required: frozenset[str]
    weeks: float | Anything | None
    hours: float | Anything | None
    direction: Direction | Anything | None
    background: Mapping[str, tuple[Level, ...]]

    @property
    def cell(self) -> tuple[Language, str]:
        """What the halves are balanced over: the language, and the main topic or else the kind."""
        return self.language, str(self.topics[0] if self.topics else self.kind)


def half_of(question_id: str) -> Half:
    """The half of a question follows from its id alone, so that a new question moves no other."""
    digest = hashlib.sha256(f"{SALT}/{question_id}".encode()).digest()
    return Half.TEST if digest[0] & 1 else Half.TUNE


def load_questions(
    path: Path = QUESTIONS, sources: Collection[str] | None = None
) -> list[Question]:
    """Read the set; `required` holds only those among the ids `sources`, where these are given.

    Raises KeyError or ValueError for a question that breaks the format.
    """
    labels = Labels(sources)
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [_question(entry, labels, sources) for entry in entries]


def _question(entry: dict[str, Any], labels: Labels, sources: Collection[str] | None) -> Question:
    unknown = entry.keys() - _FIELDS
    if unknown:
        raise ValueError(f"{entry.get('id')}: unknown fields {sorted(unknown)}")
    goals = [entry.get("goal"), *entry.get("goal_also", [])]
    direction = entry.get("direction")
    return Question(
        id=entry["id"],
        text=entry["question"],
        language=Language(entry["language"]),
        scope=Scope(entry["scope"]),
        kind=QuestionKind(entry["kind"]),
        half=Half(entry["half"]),
        goals=tuple(None if goal is None else Goal(goal) for goal in goals),
        topics=tuple(Topic(topic) for topic in entry.get("topics", [])),
        any_topic=entry.get("any_topic", False),
        required=_required(entry, labels, sources),
        weeks=entry.get("weeks"),
        hours=entry.get("hours"),
        direction=direction if direction in (None, "any") else Direction(direction),
        background={
            subject: tuple(Level(level) for level in levels)
            for subject, levels in entry.get("background", {}).items()
        },
    )


def _required(
    entry: dict[str, Any], labels: Labels, sources: Collection[str] | None
) -> frozenset[str]:
    """The sources named, or else those who speak on the topics for the goal, and those besides."""
    named = {*entry.get("required", []), *entry.get("required_also", [])}
    if sources is not None:
        named &= set(sources)
    if "required" in entry or not entry.get("topics"):
        return frozenset(named)
    goal = entry.get("goal")
    topics = [Topic(topic) for topic in entry["topics"]]
    return labels.speakers(topics, None if goal is None else Goal(goal)) | named


_FIELDS = {
    *("id", "question", "language", "scope", "kind", "half"),
    *("goal", "goal_also", "topics", "any_topic", "required", "required_also"),
    *("weeks", "hours", "direction", "background"),
}
