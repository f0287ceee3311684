"""What is measured of one answer: a list of findings, each passed or failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from evaluation_questions import Anything, Question, Scope

from corpus.types import Direction, Language, Position, Stance, Topic
from tutor.answer import Answer, Citation

TOLERANCE = 0.1


class Metric(StrEnum):
    """The measured properties, in the order of the report."""

    REQUIRED = "required source cited"
    STANCES = "every stance present"
    GOAL = "goal right"
    ABSTAINS = "abstains out of scope"
    ANSWERS = "answers in scope"
    QUOTES = "quotes equal stored text"
    LANGUAGE = "language right"
    WEEKS = "weeks right"
    HOURS = "hours a week right"
    DIRECTION = "direction right"
    BACKGROUND = "background right"


class Sources(Protocol):
    """What the judge asks of the corpus; `corpus.index.Index` is one."""

    def positions(self, topic: Topic) -> list[tuple[str, Position]]:
        """(source id, position) of everyone with a position on `topic`."""

    def text(self, source_id: str, language: Language, verbatim: bool) -> str | None:
        """The stored text, or None."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing checked; `detail` says what was expected and what came."""

    metric: Metric
    passed: bool
    detail: str


def judge(question: Question, answer: Answer, sources: Sources) -> list[Finding]:
    """Everything that can be said about `answer`; a metric that does not apply is left out."""
    findings = [_same(Metric.LANGUAGE, question.language, answer.language)]
    findings += [_quote(citation, sources) for citation in answer.citations]
    if question.scope is Scope.OUT:
        cited = sorted({citation.source_id for citation in answer.citations})
        return [*findings, Finding(Metric.ABSTAINS, answer.abstained, f"answered from {cited}")]
    return [
        *findings,
        Finding(Metric.ANSWERS, not answer.abstained, "abstained"),
        _required(question, answer),
        *_stances(question, answer, sources),
        *_learner(question, answer),
    ]


def _same(metric: Metric, expected: object, got: object) -> Finding:
    return Finding(metric, expected == got, f"expected {expected}, got {got}")


def _quote(citation: Citation, sources: Sources) -> Finding:
    body = sources.text(citation.source_id, citation.language, citation.verbatim)
    stored = None if body is None else body[citation.start : citation.end]
    exact = bool(citation.quote) and citation.start >= 0 and stored == citation.quote
    place = f"{citation.source_id}[{citation.start}:{citation.end}]"
    return Finding(Metric.QUOTES, exact, f"{place}: {citation.quote!r} is stored as {stored!r}")


def _required(question: Question, answer: Answer) -> Finding:
    cited = {citation.source_id for citation in answer.citations}
    passed = bool(cited & question.required)
    detail = f"cited {sorted(cited)}, none of {sorted(question.required)}"
    return Finding(Metric.REQUIRED, passed, detail)


def _stances(question: Question, answer: Answer, sources: Sources) -> Iterator[Finding]:
    """On the main topic; on any one of the topics where the question has no main one."""
    asked = question.topics if question.any_topic else question.topics[:1]
    missing = {topic: _missing(topic, answer, sources) for topic in asked}
    if missing:
        passed = not all(missing.values())
        detail = "; ".join(f"{topic} lacks {sorted(stances)}" for topic, stances in missing.items())
        yield Finding(Metric.STANCES, passed, detail)


def _missing(topic: Topic, answer: Answer, sources: Sources) -> set[Stance]:
    held = {position.stance for _, position in sources.positions(topic)}
    if not held:
        raise ValueError(f"The corpus holds no position on {topic}.")
    shown = {group.stance for group in answer.positions if group.topic is topic and group.voices}
    return held - shown


def _learner(question: Question, answer: Answer) -> Iterator[Finding]:
    learner = answer.learner
    expected = " or ".join(str(goal) for goal in question.goals)
    read = f"{learner.goal} from {learner.goal_words!r}" if learner.goal else "None"
    right = learner.goal in question.goals
    yield Finding(Metric.GOAL, right, f"expected {expected}, got {read}")
    yield from _amount(Metric.WEEKS, question.weeks, learner.weeks)
    yield from _amount(Metric.HOURS, question.hours, learner.hours_per_week)
    direction = None if learner.direction is Direction.GENERAL else learner.direction
    if question.direction != "any" and (question.direction, direction) != (None, None):
        yield _same(Metric.DIRECTION, question.direction, direction)
    for subject, levels in question.background.items():
        level = getattr(learner.background, subject)
        detail = f"{subject}: expected {' or '.join(levels)}, got {level}"
        yield Finding(Metric.BACKGROUND, level in levels, detail)


def _amount(metric: Metric, gold: float | Anything | None, got: float | None) -> Iterator[Finding]:
    """Judged where the question tells an amount and where the tutor read one that is not there."""
    if gold == "any" or (gold is None and got is None):
        return
    near = gold is not None and got is not None and abs(got - gold) <= TOLERANCE * gold
    yield Finding(metric, near, f"expected {gold}, got {got}")


def share(findings: Iterable[Finding], metric: Metric) -> tuple[int, int]:
    """How many findings of `metric` passed, and how many there are."""
    verdicts = [finding.passed for finding in findings if finding.metric is metric]
    return sum(verdicts), len(verdicts)


def dropped_share(answers: Iterable[Answer]) -> tuple[int, int]:
    """How many sentences the check dropped, and how many were written."""
    reports = [answer.check for answer in answers]
    return sum(report.dropped for report in reports), sum(report.sentences for report in reports)
