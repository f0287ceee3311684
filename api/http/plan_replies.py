"""What the routes send about study plans, as the OpenAPI document describes it."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from api.http.shared_replies import CitationReply, LearnerReply
from tutor.planning.types import Budget, HoursBasis, Left, StepKind


class SwapReply(BaseModel):
    """A course that is taken in place of another."""

    away: str
    to: str


class PlanRequestReply(LearnerReply):
    """What the plan was drawn for; null where it was assumed, as `assumptions` say."""

    budget: Budget
    done: list[str]
    swaps: list[SwapReply]


class SkillReply(BaseModel):
    """Something to be learned."""

    id: str
    name: str


class VerdictReply(BaseModel):
    """Whether the time is enough for what the goal cannot do without, in numbers and words."""

    fits: bool
    hours_available: float
    hours_planned: float
    hours_least: float
    weeks_least: int
    missing: list[SkillReply]
    says: str


class PlannedModuleReply(BaseModel):
    """A module within a week: `hours` there, `of_hours` in all its weeks."""

    key: str = Field(description='"course/module"')
    title: str
    hours: float
    of_hours: float
    hours_basis: HoursBasis
    skills: list[SkillReply]
    done: bool


class AlternativeReply(BaseModel):
    """A course that could be taken instead, and how many hours more the whole plan would take."""

    course: str
    title: str
    hours: float
    free: bool


class PlanStepReply(BaseModel):
    """What to do in a week with one course, or (`course` null) on one's own project."""

    kind: StepKind
    title: str
    course: str | None
    url: str | None
    hours: float
    modules: list[PlannedModuleReply]
    why: str
    citations: list[int]
    alternatives: list[AlternativeReply]


class PlanWeekReply(BaseModel):
    """A week; `checkpoints` complete "after this week you can …"."""

    number: int
    starts: date | None
    hours: float
    steps: list[PlanStepReply]
    checkpoints: list[str]


class LeftOutReply(BaseModel):
    """What is not in the plan, why, and how many hours it would take to add."""

    title: str
    course: str | None
    modules: list[str]
    hours: float
    reason: Left
    why: str
    citations: list[int]


class PlanReply(BaseModel):
    """A plan, its texts in the learner's language; `citations` hold the sources by number."""

    request: PlanRequestReply
    verdict: VerdictReply
    weeks: list[PlanWeekReply]
    left_out: list[LeftOutReply]
    done: list[PlannedModuleReply]
    assumptions: list[str]
    notes: list[str]
    citations: list[CitationReply]
    value: float


class FinishedReply(BaseModel):
    """Something that was ticked: "course/module", or "project/3" for the project in week 3."""

    part: str
    at: datetime


class ProgressReply(BaseModel):
    """How far the learner is: `share` of the whole way, from 0 to 1.

    `begun` is the first day of week 1. `weeks_left` is the time that the weeks ahead have, null
    for any; ask for that when the plan is to be drawn again within the time that there was.
    """

    begun: date
    weeks_finished: int
    weeks_left: float | None
    share: float
    finished: list[FinishedReply]


class KeptPlanReply(BaseModel):
    """The plan of the learner and how far they are with it, null where there is none."""

    plan: PlanReply | None
    progress: ProgressReply | None
