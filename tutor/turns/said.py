"""A turn being read, with what it may go on from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Language, Topic
from tutor.conversation import Conversation, Turn
from tutor.turns.conversation_thread import Thread, thread


class Act(StrEnum):
    """What a turn of a conversation wants."""

    QUESTION = "question"  # the first question, or one that goes on with what was said
    NEW_TOPIC = "new-topic"  # a later question that stands by itself
    PROFILE_CHANGE = "profile-change"  # says something of the learner; the question is asked again
    REPEAT = "repeat"  # the last answer again: longer, shorter, in other words, another language
    WHY = "why"  # the reasons for the last answer
    SOURCES = "sources"  # who said so, and whether it can be relied on
    SMALL_TALK = "small-talk"  # thanks, greetings, "ok"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a turn was read as; `Resolved` explains the fields."""

    asked: str
    act: Act
    certain: bool = True
    withdrawn: frozenset[str] = frozenset()
    continues: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A turn: `text` without a wish for a language, `rest` without "ok, and" in front as well.

    `last` is the turn before, `answered` the last one that was answered. `language` is the one to
    answer in.
    """

    text: str
    rest: str
    conversation: Conversation
    last: Turn
    answered: Turn | None
    language: Language

    @property
    def from_last(self) -> Thread:
        """The thread from the turn before, answered or not."""
        return thread(self.conversation, self.last, self.language)

    @property
    def from_answer(self) -> Thread:
        """The thread from the last answer; what the sources did not cover is left aside."""
        return thread(self.conversation, self.answered or self.last, self.language)
