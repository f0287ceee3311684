"""What is said to a language model, without any library's types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who speaks in a conversation with a language model."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One turn of what a language model is given to read."""

    role: Role
    text: str


Messages = Sequence[ChatMessage]
