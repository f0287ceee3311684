"""What the conversation store gives out. Importing this needs no database library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.types import Language
from tutor.answer import Answer, Citation
from tutor.learner import Learner


class Role(StrEnum):
    """Whose message it is."""

    LEARNER = "learner"
    TUTOR = "tutor"


class FeedbackKind(StrEnum):
    """What a learner says about an answer."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not-helpful"
    WRONG_CITATION = "wrong-citation"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to add turns to a conversation, until it is given back or runs out.

    `holder` is known to nobody else. `profile` is the number of the learner's profile that was
    the newest when the lease began, 0 for none.
    """

    owner: str
    conversation_id: str
    holder: str
    profile: int


@dataclass(frozen=True, slots=True)
class ConversationHead:
    """A conversation in a list. `title` is its first question, shortened; "" before that.

    `updated` is when its last turn was stored; both times are in UTC. `cursor` asks for what
    follows this conversation in the list.
    """

    id: str
    title: str
    language: Language
    created: datetime
    updated: datetime
    turns: int

    @property
    def cursor(self) -> str:
        """The place of this conversation in the list, opaque to whoever passes it on."""
        return f"{self.updated.isoformat()}~{self.id}"


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """The ids of the two messages of a turn that has been stored."""

    question_id: str
    answer_id: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was said; `turn` counts from 1, `created` is in UTC.

    `answer` holds everything about a tutor's message; None for a learner's, and where a later
    version of the program stored it in a form that this one cannot read.
    """

    id: str
    turn: int
    role: Role
    text: str
    created: datetime
    citations: tuple[Citation, ...] = ()
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the learner said about the answer `message_id`, or about one `sentence` of it."""

    message_id: str
    kind: FeedbackKind
    sentence: str | None
    comment: str | None
    created: datetime


@dataclass(frozen=True, slots=True)
class ConversationExport:
    """Everything that is stored about a conversation, oldest first."""

    head: ConversationHead
    learner: Learner | None
    messages: tuple[Message, ...]
    feedback: tuple[Feedback, ...]
