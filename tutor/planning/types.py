"""A study plan and its parts, and what it is asked for with."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from corpus.types import Bilingual
from tutor.citation import Citation
from tutor.learner import Learner


class Budget(StrEnum):
    """What a learner wants to spend."""

    ANY = "any"
    FREE = "free"


class HoursBasis(StrEnum):
    """Where the hours of a module come from."""

    STATED = "stated"  # the syllabus gives them for this module
    SHARED = "shared"  # an equal part of the hours that the syllabus gives for the whole course
    ESTIMATED = "estimated"  # our own estimate


class StepKind(StrEnum):
    """What the time of a step goes into."""

    STUDY = "study"
    PROJECT = "project"


class Left(StrEnum):
    """Why something that would serve the learner is not in the plan."""

    TIME = "time"
    COST = "cost"
    SKIPPED = "skipped"  # people with this goal say that it is not needed


class ModuleKey(NamedTuple):
    """One module of one course, by their ids; written `course/module` where it crosses a door."""

    course: str
    module: str


class Swap(NamedTuple):
    """The learner's wish to take the course `to` in place of the course `away`."""

    away: str
    to: str


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """For whom and within what a plan is wanted.

    Goal, direction, `weeks`, `hours_per_week`, background and language are those of `learner`;
    what is None there is assumed, and the plan says so. `done` are the modules that the learner
    has finished: they are not planned again, and what they teach counts as known.
    """

    learner: Learner
    budget: Budget = Budget.ANY
    done: frozenset[ModuleKey] = frozenset()
    swaps: tuple[Swap, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedModule:
    """One module within a week. `hours` are those of this week; where it does not fit into one
    week it goes on in the next, and `of_hours` are those of all its weeks together."""

    key: ModuleKey
    title: Bilingual
    hours: float
    of_hours: float
    basis: HoursBasis
    skills: tuple[str, ...] = ()
    done: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another course that teaches what a step is for, the best one first.

    `hours` is what the whole plan would take more (or less, negative) with it.
    """

    course: str
    title: Bilingual
    hours: float
    free: bool


@dataclass(frozen=True, slots=True)
class PlanStep:
    """What to do in one week with one course, or on one's own project.

    `course` is None exactly for a project. `why` says in one sentence why it is there;
    `citations` are the numbers of the sources that it rests on, never empty.
    """

    kind: StepKind
    title: Bilingual
    course: str | None
    url: str | None
    modules: tuple[PlannedModule, ...]
    hours: float
    why: Bilingual
    citations: tuple[int, ...]
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanWeek:
    """One week, counted from 1. `checkpoints` complete "after this week you can …"."""

    number: int
    hours: float
    steps: tuple[PlanStep, ...]
    checkpoints: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not in the plan and what it would cost to add: `hours`, with all that it needs."""

    title: Bilingual
    course: str | None
    modules: tuple[ModuleKey, ...]
    hours: float
    reason: Left
    why: Bilingual
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlanVerdict:
    """Whether the time is enough for what the goal cannot do without.

    `hours_available` is weeks times hours a week; `hours_planned` what the plan uses of it;
    `hours_least` the smallest time that covers all essentials, project included, and
    `weeks_least` the same in whole weeks at the learner's pace. `missing` are the essential
    skills (ids) that the plan leaves out; empty exactly where `fits`. `says` is the verdict in
    words.
    """

    fits: bool
    hours_available: float
    hours_planned: float
    hours_least: float
    weeks_least: int
    missing: tuple[str, ...]
    says: Bilingual


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of study with the sources of every step.

    `assumptions` name everything that was taken for granted, `notes` what was replaced (a course
    that was superseded, a paid one with a free alternative). `citations[n - 1].number == n`.
    `value` is what was maximised: with more time it never falls. `done` are the modules of the
    request that the plan's courses hold.
    """

    request: PlanRequest
    weeks: tuple[PlanWeek, ...]
    left_out: tuple[LeftOut, ...]
    verdict: PlanVerdict
    assumptions: tuple[Bilingual, ...]
    notes: tuple[Bilingual, ...]
    citations: tuple[Citation, ...]
    value: float
    done: tuple[PlannedModule, ...] = field(default=())
