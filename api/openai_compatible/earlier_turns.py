"""A conversation that the client remembers, heard once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from api.openai_compatible.messages import Exchange
from tutor.conversation import NEW_CONVERSATION, Conversation, Turn
from tutor.listening import listen
from tutor.question import is_readable, readable_question

_MOST_HEARD: Final = 30  # exchanges in which the learner may have told of themselves
_MOST_TURNS: Final = 6  # as many as are remembered of a conversation that is kept
_MARKER: Final = re.compile(r"\[\d{1,2}\]")


def conversation_of(earlier: Sequence[Exchange]) -> Conversation:
    """The conversation that consists of `earlier`; rules read it, as they do when it is new.

    What is no question, or too long for one, tells nothing and is left out.
    """
    conversation = NEW_CONVERSATION
    for exchange in earlier[-_MOST_HEARD:]:
        if is_readable(exchange.question):
            conversation = _continued(conversation, exchange)
    return conversation


def _continued(conversation: Conversation, exchange: Exchange) -> Conversation:
    question = readable_question(exchange.question)
    heard = listen(question, None, conversation)
    topics = heard.understanding.topics
    cited = _MARKER.search(exchange.answer) is not None
    turn = Turn(
        question=question,
        asked=heard.understanding.question,
        answer=exchange.answer,
        topics=topics if cited else (),
        # An answer without a source is an abstention or a courtesy, or another model's.
        abstained=not cited,
    )
    turns = (*conversation.turns, turn)[-_MOST_TURNS:]
    return Conversation(turns, heard.understanding.learner)
