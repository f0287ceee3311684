"""Reading a learner's message with a language model, where the rules are not certain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from corpus.errors import LanguageModelError
from corpus.numerals import numbers
from corpus.types import Direction, Goal, Topic
from tutor.conversation import Conversation
from tutor.learner import Background, Known, Learner, Level
from tutor.model.language_model import LanguageModel
from tutor.model.usage import UsageMeter
from tutor.prompts import understanding_messages
from tutor.question import LONGEST_QUESTION
from tutor.recall import recalled
from tutor.understanding import Understanding

_EARLIER_SHARE = 0.25  # of the context, for the conversation so far
_MOST_WEEKS = 520
_MOST_HOURS = 168


def _one_of(known: type[Goal | Direction | Level]) -> Callable[[object], object]:
    """What is not a known value counts as nothing said: weak models invent values."""

    def read(value: object) -> object:
        return value if value in list(known) else None

    return read


def _known_topics(value: object) -> object:
    return [each for each in value if each in list(Topic)] if isinstance(value, list) else []


class ReadMessage(BaseModel):
    """A learner's message as a language model reads it; None where nothing was said."""

    standalone_question: Annotated[str | None, Field(max_length=LONGEST_QUESTION)] = None
    in_scope: bool | None = None
    goal: Annotated[Goal | None, BeforeValidator(_one_of(Goal))] = None
    direction: Annotated[Direction | None, BeforeValidator(_one_of(Direction))] = None
    weeks: Annotated[float | None, Field(gt=0, le=_MOST_WEEKS)] = None
    hours_per_week: Annotated[float | None, Field(gt=0, le=_MOST_HOURS)] = None
    mathematics: Annotated[Level | None, BeforeValidator(_one_of(Level))] = None
    programming: Annotated[Level | None, BeforeValidator(_one_of(Level))] = None
    machine_learning: Annotated[Level | None, BeforeValidator(_one_of(Level))] = None
    topics: Annotated[list[Topic], BeforeValidator(_known_topics)] = []
    translated_question: Annotated[str | None, Field(max_length=2 * LONGEST_QUESTION)] = None


async def read_message(
    model: LanguageModel,
    meter: UsageMeter,
    question: str,
    understanding: Understanding,
    conversation: Conversation,
) -> ReadMessage | None:
    """What the model reads in `question`; None where it fails, so that the rules decide."""
    budget = int(model.context_tokens * _EARLIER_SHARE)
    earlier = recalled(conversation, model.count_tokens, budget)
    messages = understanding_messages(
        question, conversation.learner, earlier, understanding.language
    )
    try:
        return await model.structured(messages, ReadMessage, meter)
    except LanguageModelError:
        return None


def joined(understanding: Understanding, read: ReadMessage, question: str) -> Understanding:
    """`understanding` with what the rules did not find; what they found goes first.

    A goal that only the model sees counts as likely, so that the answer asks to be corrected.
    Amounts of time count only where the learner's message has a number at all.
    """
    learner = _learner(understanding.learner, read, has_number=bool(numbers(question)))
    topics = understanding.topics or tuple(dict.fromkeys(read.topics))
    return replace(understanding, learner=learner, topics=topics)


def _learner(learner: Learner, read: ReadMessage, *, has_number: bool) -> Learner:
    background = learner.background
    if learner.goal is None and read.goal is not None:
        learner = replace(learner, goal=read.goal, goal_known=Known.LIKELY)
    if learner.weeks is None and has_number:
        learner = replace(learner, weeks=read.weeks)
    if learner.hours_per_week is None and has_number:
        learner = replace(learner, hours_per_week=read.hours_per_week)
    return replace(
        learner,
        direction=learner.direction or read.direction,
        background=Background(
            mathematics=background.mathematics or read.mathematics,
            programming=background.programming or read.programming,
            machine_learning=background.machine_learning or read.machine_learning,
        ),
    )
