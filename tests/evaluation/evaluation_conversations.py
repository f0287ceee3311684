"""The evaluation set of conversations: what is said in them, and what is measured of each reply.

A conversation has an `id`, the `language` it begins in, its `half`, its `traits` and its `turns`.
A turn has `say`, the learner's words, and what must hold once they are answered. Of the following
only what is given is judged, and only what can be decided without argument is given:

- `goal`, `weeks`, `hours` (a week), `direction`: the profile after the turn, whether told in this
  turn or before; `null` where nothing must be known. `background`: the right levels of a subject.
- `language`: that of this answer and of all that follow.
- `topics`: one of them is the main topic of the answer. `required`: one of these sources is cited,
  or of those who speak on a topic (for a goal). Either means that the tutor must not abstain.
- `abstains`: whether it does. `courtesy`: thanks, which are neither a question to answer from the
  sources nor one out of scope.
- `changed`: the parts of the profile that the reply must say are other than before; `[]` where it
  must not claim any change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from evaluation_labels import Labels
from evaluation_metrics import TOLERANCE
from evaluation_questions import Half

from corpus.types import Direction, Goal, Language, Topic
from tutor.answer import Answer
from tutor.learner import Level

CONVERSATIONS = Path(__file__).with_name("conversations.yaml")
# Chosen once, before anything was measured, as the salt that splits traits and goals most evenly.
SALT = "xianhou-talk-40304"


class Trait(StrEnum):
    """What makes a conversation hard."""

    TERSE = "terse"  # follow-ups that mean nothing alone
    KEPT = "kept"  # what was told is still known turns later
    CHANGED = "changed"  # another goal than before
    CORRECTED = "corrected"  # the tutor's assumption, or the learner's own slip
    RETRACTED = "retracted"
    SEVERAL_FACTS = "several-facts"
    TOLD_LATE = "told-late"
    LANGUAGE_SWITCH = "language-switch"
    CODE_SWITCHED = "code-switched"
    NEW_QUESTION = "new-question"
    OUTSIDE = "outside"
    AFTER_ABSTENTION = "after-abstention"
    COURTESY = "courtesy"
    AGAIN = "again"  # the same once more: simpler, shorter, whose words
    NAMED = "named"  # a person or course in a follow-up
    PRONOUN = "pronoun"
    INJECTION = "injection"
    RAMBLING = "rambling"


class Metric(StrEnum):
    """The measured properties, in the order of the report."""

    GOAL = "goal right"
    TOPICS = "topic right"
    REQUIRED = "required source cited"
    ABSTAINS = "abstains out of scope"
    ANSWERS = "answers in scope"
    LANGUAGE = "language right"
    FACTS = "profile facts right"
    CHANGED = "change said"
    UNCHANGED = "no change invented"
    COURTESY = "courtesy"


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the learner, with what must hold once it is answered.

    `goal` is a tuple of one, and `facts` maps fields of the `Learner`: both leave out what is not
    judged. `abstains` and `changed` are None where not judged.
    """

    text: str
    language: Language
    goal: tuple[Goal | None] | None
    facts: Mapping[str, float | Direction | None]
    background: Mapping[str, tuple[Level, ...]]
    topics: tuple[Topic, ...]
    required: frozenset[str]
    abstains: bool | None
    courtesy: bool
    changed: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation as the learner holds it."""

    id: str
    language: Language
    half: Half
    traits: tuple[Trait, ...]
    turns: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the answer, and the parts of the profile that it said have changed."""

    answer: Answer
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing checked; `detail` says what was expected and what came."""

    metric: Metric
    passed: bool
    detail: str


def half_of(script_id: str) -> Half:
    """The half follows from the id alone, so that a new conversation moves no other."""
    digest = hashlib.sha256(f"{SALT}/{script_id}".encode()).digest()
    return Half.TEST if digest[0] & 1 else Half.TUNE


def load_conversations(path: Path = CONVERSATIONS) -> list[Script]:
    """Read the set. Raises KeyError or ValueError for a conversation that breaks the format."""
    return [_script(entry) for entry in yaml.safe_load(path.read_text("utf-8"))["conversations"]]


def _script(entry: dict[str, Any]) -> Script:
    _refuse_unknown(entry, entry, _SCRIPT_FIELDS)
    language = Language(entry["language"])
    turns = []
    for turn in entry["turns"]:
        _refuse_unknown(entry, turn, _TURN_FIELDS)
        language = Language(turn.get("language", language))
        turns.append(_said(turn, language))
    return Script(
        id=entry["id"],
        language=Language(entry["language"]),
        half=Half(entry["half"]),
        traits=tuple(Trait(trait) for trait in entry["traits"]),
        turns=tuple(turns),
    )


def _refuse_unknown(script: dict[str, Any], given: dict[str, Any], known: set[str]) -> None:
    unknown = given.keys() - known
    if unknown:
        raise ValueError(f"{script.get('id')}: unknown fields {sorted(unknown)}")


def _said(turn: dict[str, Any], language: Language) -> Said:
    answered = False if "topics" in turn or "required" in turn else None
    return Said(
        text=turn["say"],
        language=language,
        goal=(_read(turn["goal"], Goal),) if "goal" in turn else None,
        facts={
            field: _read(turn[name], kind) for name, (field, kind) in _FACTS.items() if name in turn
        },
        background={
            subject: tuple(Level(level) for level in levels)
            for subject, levels in turn.get("background", {}).items()
        },
        topics=tuple(Topic(topic) for topic in turn.get("topics", [])),
        required=_required(turn.get("required", [])),
        abstains=turn.get("abstains", answered),
        courtesy=turn.get("courtesy", False),
        changed=tuple(turn["changed"]) if "changed" in turn else None,
    )


def _required(given: list[str] | dict[str, str]) -> frozenset[str]:
    if isinstance(given, list):
        return frozenset(given)
    goal = given.get("goal")
    return Labels().speakers([Topic(given["topic"])], None if goal is None else Goal(goal))


def _read(value: Any, kind: Any) -> Any:
    return None if value is None else kind(value)


_FACTS = {
    "weeks": ("weeks", float),
    "hours": ("hours_per_week", float),
    "direction": ("direction", Direction),
}
_SCRIPT_FIELDS = {"id", "language", "half", "traits", "turns"}
_TURN_FIELDS = {
    *("say", "language", "goal", "background", "topics", "required"),
    *("abstains", "courtesy", "changed"),
    *_FACTS,
}


def judge(said: Said, reply: Reply) -> list[Finding]:
    """Everything that can be said about `reply`; what is not judged is left out."""
    answer = reply.answer
    return [
        _finding(Metric.LANGUAGE, said.language == answer.language, said.language, answer.language),
        *_goal(said, answer),
        *_facts(said, answer),
        *_content(said, answer),
        *_changes(said, reply),
    ]


def _finding(metric: Metric, passed: bool, expected: object, got: object) -> Finding:
    return Finding(metric, passed, f"expected {expected}, got {got}")


def _goal(said: Said, answer: Answer) -> Iterator[Finding]:
    if said.goal is not None:
        (expected,) = said.goal
        learner = answer.learner
        read = f"{learner.goal} ({learner.goal_known}, {learner.goal_words!r})"
        yield _finding(Metric.GOAL, learner.goal == expected, expected, read)


def _facts(said: Said, answer: Answer) -> Iterator[Finding]:
    learner = answer.learner
    for field, expected in said.facts.items():
        got = getattr(learner, field)
        got = None if got is Direction.GENERAL else got
        yield _finding(Metric.FACTS, _equal(expected, got), f"{field} {expected}", got)
    for subject, levels in said.background.items():
        level = getattr(learner.background, subject)
        wanted = f"{subject} {' or '.join(levels)}"
        yield _finding(Metric.FACTS, level in levels, wanted, level)


def _equal(expected: float | Direction | None, got: float | Direction | None) -> bool:
    if isinstance(expected, float) and isinstance(got, float | int):
        return abs(got - expected) <= TOLERANCE * expected
    return expected == got


def _content(said: Said, answer: Answer) -> Iterator[Finding]:
    cited = {citation.source_id for citation in answer.citations}
    if said.courtesy:
        passed = not answer.abstained and not cited
        got = "an abstention" if answer.abstained else f"citations of {sorted(cited)}"
        yield _finding(Metric.COURTESY, passed, "a short word back", got)
    if said.abstains is not None:
        metric = Metric.ABSTAINS if said.abstains else Metric.ANSWERS
        passed = answer.abstained is said.abstains
        got = "an abstention" if answer.abstained else f"an answer from {sorted(cited)}"
        yield _finding(metric, passed, "an abstention" if said.abstains else "an answer", got)
    if said.topics:
        main = main_topic(answer)
        yield _finding(Metric.TOPICS, main in said.topics, " or ".join(said.topics), main)
    if said.required:
        passed = bool(cited & said.required)
        yield _finding(Metric.REQUIRED, passed, f"one of {sorted(said.required)}", sorted(cited))


def main_topic(answer: Answer) -> Topic | None:
    """What the answer deals with first; None for an abstention."""
    topics = answer.topics or tuple(group.topic for group in answer.positions)
    return topics[0] if topics else None


def _changes(said: Said, reply: Reply) -> Iterator[Finding]:
    if said.changed:
        passed = set(said.changed) <= set(reply.changed)
        yield _finding(Metric.CHANGED, passed, list(said.changed), list(reply.changed))
    elif said.changed is not None:
        yield _finding(Metric.UNCHANGED, not reply.changed, "no change", list(reply.changed))
