"""What a language model is told of the conversation so far."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.sentences import split_sentences
from tutor.conversation import Conversation, Turn

_MARKERS = re.compile(r" ?\[\d{1,3}\]")


def recalled(conversation: Conversation, count_tokens: Callable[[str], int], budget: int) -> str:
    """The summary and the last turns within `budget` tokens; the oldest go first, answers lose
    sentences from their end, and no sentence is cut."""
    if not conversation.turns:
        return ""
    share = budget // (len(conversation.turns) + 1)
    parts: list[str] = []
    left = budget
    for turn in reversed(conversation.turns):
        text = _turn(turn, count_tokens, share)
        cost = count_tokens(text)
        if cost > left:
            break
        parts.insert(0, text)
        left -= cost
    if conversation.summary and count_tokens(conversation.summary) <= left:
        parts.insert(0, conversation.summary)
    return "\n\n".join(parts)


def _turn(turn: Turn, count_tokens: Callable[[str], int], budget: int) -> str:
    answer = _MARKERS.sub("", turn.answer)
    kept = f"> {turn.question}"
    for start, end in split_sentences(answer):
        longer = f"{kept}\n{answer[start:end].strip()}"
        if count_tokens(longer) > budget:
            break
        kept = longer
    return kept
