"""What may be sent to the routes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from corpus.types import Direction, Goal, Language
from tutor.learner import Background, Level
from tutor.memory.records import FeedbackKind
from tutor.planning.requests import LEAST_HOURS, MOST_HOURS, MOST_WEEKS
from tutor.planning.types import Budget, ModuleKey, Swap
from tutor.understanding import Wishes

_LONGEST_SAID = 20_000  # what is longer than a question may be is refused with a better reason
_LONGEST_REMARK = 4000
_MOST_URLS = 20
_MOST_SWAPS = 20
_MOST_MODULES = 500
# Calendars of learners hold these days, and the last week of the longest plan still has a date.
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)

Id = Annotated[str, StringConstraints(max_length=64)]
Weeks = Annotated[float, Field(gt=0, le=520, allow_inf_nan=False)]
Hours = Annotated[float, Field(ge=LEAST_HOURS, le=168, allow_inf_nan=False)]
PlanWeeks = Annotated[float, Field(gt=0, le=MOST_WEEKS, allow_inf_nan=False)]
PlanHours = Annotated[float, Field(ge=LEAST_HOURS, le=MOST_HOURS, allow_inf_nan=False)]
ModuleName = Annotated[
    str,
    StringConstraints(max_length=200, pattern=r"^[^/]+/[^/]+$"),
    Field(description='a module as "course/module"'),
]
CourseId = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Body):
    """A question, and what the learner has set; every field that is given wins over the words."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "学深度学习要先学机器学习吗？我只是做毕设"},
                {
                    "question": "do I need machine learning before deep learning?",
                    "goal": "job",
                    "weeks": 12,
                    "hours_per_week": 10,
                },
            ]
        }
    )

    question: Annotated[str, StringConstraints(max_length=_LONGEST_SAID)]
    conversation_id: Id | None = None
    goal: Goal | None = None
    direction: Direction | None = None
    weeks: Weeks | None = None
    hours_per_week: Hours | None = None
    language: Language | None = None

    def wishes(self) -> Wishes:
        """What the learner has set."""
        return Wishes(self.goal, self.direction, self.weeks, self.hours_per_week, self.language)


class NewConversation(_Body):
    """A conversation to begin."""

    language: Language | None = None


class BackgroundChange(_Body):
    """What the learner already knows; null for what is not known."""

    mathematics: Level | None = None
    programming: Level | None = None
    machine_learning: Level | None = None


class LearnerChange(_Body):
    """The fields of the profile to set; null clears one, and what is not given stays.

    The language can only be changed.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"goal": "research", "weeks": 20, "direction": None}]}
    )

    goal: Goal | None = None
    direction: Direction | None = None
    weeks: Weeks | None = None
    hours_per_week: Hours | None = None
    language: Language = Language.ENGLISH
    background: BackgroundChange | None = BackgroundChange()


class SwapWish(_Body):
    """A course to take in place of another."""

    away: CourseId
    to: CourseId


class PlanWish(_Body):
    """For whom and within what a plan is wanted; `words` say it in the learner's own words.

    Every field that is given wins over the words. What neither says is assumed, and the plan says
    so. `begins` is the first day of the first week.
    """

    words: Annotated[str, StringConstraints(max_length=_LONGEST_SAID)] = ""
    goal: Goal | None = None
    direction: Direction | None = None
    weeks: PlanWeeks | None = None
    hours_per_week: PlanHours | None = None
    language: Language | None = None
    background: BackgroundChange = BackgroundChange()
    budget: Budget | None = None
    swaps: Annotated[list[SwapWish], Field(max_length=_MOST_SWAPS)] = []
    begins: Annotated[date, Field(ge=_FIRST_DAY, le=_LAST_DAY)] | None = None

    def learner_background(self) -> Background:
        """What is said of what the learner knows."""
        said = self.background
        return Background(said.mathematics, said.programming, said.machine_learning)

    def wanted_swaps(self) -> tuple[Swap, ...]:
        """The courses to take in place of others."""
        return tuple(Swap(swap.away, swap.to) for swap in self.swaps)


class PlanQuestion(PlanWish):
    """The same, for a plan that is not kept; `done` are the modules that are finished already."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"words": "我有两个月，每周 10 小时，想做 NLP 的毕设，数学学过，机器学习没学过"},
                {"goal": "job", "direction": "vision", "weeks": 12, "hours_per_week": 10},
            ]
        }
    )

    done: Annotated[list[ModuleName], Field(max_length=_MOST_MODULES)] = []

    def finished_modules(self) -> frozenset[ModuleKey]:
        """The modules that are finished already."""
        return frozenset(module_key(name) for name in self.done)


class Ticks(_Body):
    """What of the plan is done, or is not: modules, or the work on the project in a week."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"parts": ["d2l/attention", "project/3"], "done": True}]}
    )

    parts: Annotated[list[ModuleName], Field(min_length=1, max_length=_MOST_MODULES)]
    done: bool

    def keys(self) -> list[ModuleKey]:
        """The parts that are meant."""
        return [module_key(name) for name in self.parts]


class Remark(_Body):
    """What the learner says about an answer, or about one sentence of it."""

    conversation_id: Id
    message_id: Id
    kind: FeedbackKind
    sentence: Annotated[str, StringConstraints(max_length=_LONGEST_REMARK)] | None = None
    comment: Annotated[str, StringConstraints(max_length=_LONGEST_REMARK)] | None = None


class Documents(_Body):
    """Web pages to take in as sources."""

    urls: Annotated[
        list[Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://\S+$")]],
        Field(min_length=1, max_length=_MOST_URLS),
    ]


ExportFormat = Literal["json", "markdown"]


def module_key(name: str) -> ModuleKey:
    """The module that "course/module" names."""
    return ModuleKey(*name.split("/"))
