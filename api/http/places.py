"""Where a question belongs, when the caller names a conversation."""

from __future__ import annotations

from api.turns import Place
from corpus.types import Bilingual
from tutor.memory.errors import ConversationNotFoundError


def place_of(owner: str | None, conversation_id: str) -> Place:
    """The place of a conversation; ConversationNotFoundError where the caller owns none."""
    return Place(owned(owner), conversation_id)


def owned(owner: str | None) -> str:
    """`owner`; ConversationNotFoundError where there is none."""
    if owner is None:
        raise ConversationNotFoundError(
            Bilingual(
                zh="没有这个对话。请用 POST /v1/conversations 开始一个新的。",
                en="There is no such conversation. Begin one with POST /v1/conversations.",
            )
        )
    return owner
