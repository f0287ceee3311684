"""What was said before in a conversation, as far as the next answer needs it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.types import Topic
from tutor.answer import Answer
from tutor.learner import Learner
from tutor.planning.progress import StudyProgress

_REMEMBERED_TURNS = 6


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer.

    `question` are the learner's own words, `asked` the same made self-contained, `answer` the text
    that was printed and `topics` what it dealt with, the main one first. An abstention has none.
    """

    question: str
    asked: str
    answer: str
    topics: tuple[Topic, ...] = ()
    abstained: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns so far, oldest first, and the learner as they have shown themselves in them.

    `summary` tells in a few lines what went before the first of `turns`; "" where nothing did.
    `progress` is how far the learner has come with the plan that they keep, if they keep one.
    """

    turns: tuple[Turn, ...] = ()
    learner: Learner | None = None
    summary: str = ""
    progress: StudyProgress | None = None


NEW_CONVERSATION = Conversation()


def continued(conversation: Conversation, answer: Answer) -> Conversation:
    """The conversation with `answer` as its latest turn; only the last six turns are kept."""
    turn = Turn(
        question=answer.question,
        asked=answer.asked,
        answer=answer.text,
        topics=answer.topics,
        abstained=answer.abstained,
    )
    turns = (*conversation.turns, turn)[-_REMEMBERED_TURNS:]
    return replace(conversation, turns=turns, learner=answer.learner)
