"""What may be sent to the routes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from corpus.types import Direction, Goal, Language
from tutor.learner import Level
from tutor.memory.records import FeedbackKind
from tutor.understanding import Wishes

_LONGEST_SAID = 20_000  # what is longer than a question may be is refused with a better reason
_LONGEST_REMARK = 4000
_MOST_URLS = 20

Id = Annotated[str, StringConstraints(max_length=64)]
Weeks = Annotated[float, Field(gt=0, le=520, allow_inf_nan=False)]
Hours = Annotated[float, Field(gt=0, le=168, allow_inf_nan=False)]


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
