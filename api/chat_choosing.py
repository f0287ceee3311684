"""Choosing one of the earlier conversations by its place in the list or by its id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.errors import UsageError
from corpus.types import Bilingual
from tutor.memory.records import ConversationHead

_SHORTEST_ID: Final = 4  # characters; shorter ones are taken for numbers in the list


def chosen(heads: Sequence[ConversationHead], words: str) -> ConversationHead:
    """The conversation with this number, from 1, or whose id begins so; UsageError if none."""
    words = words.strip()
    if words.isdecimal() and 1 <= int(words) <= len(heads):
        return heads[int(words) - 1]
    found = [head for head in heads if head.id.startswith(words.casefold())]
    if len(words) >= _SHORTEST_ID and len(found) == 1:
        return found[0]
    raise UsageError(
        Bilingual(
            zh=f"没有编号为 {words} 的对话。在 tutor chat 里用 /resume 看列表。",
            en=f"There is no conversation {words}. In tutor chat, /resume lists them.",
        )
    )
