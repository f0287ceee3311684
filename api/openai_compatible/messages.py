"""What was said, from the messages of a request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.openai_compatible.bodies import MessageBody
from api.openai_compatible.refusals import already_answered, no_question, unread_content
from api.openai_compatible.source_list import without_source_list

_USER: Final = "user"
_ASSISTANT: Final = "assistant"


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question and the answer to it, without its list of sources."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Said:
    """The question of a request and what went before, oldest first."""

    question: str
    earlier: tuple[Exchange, ...]


def read_messages(messages: Sequence[MessageBody]) -> Said:
    """What the user asks and what was said before.

    System and developer messages are written by the client, for a language model that does as it
    is told. The tutor's rules are not the client's to change, so they are passed over, and so are
    the results of tools, which the tutor never calls. Raises CompletionRefusedError.
    """
    spoken = [each for each in messages if each.role in (_USER, _ASSISTANT)]
    if not any(each.role == _USER for each in spoken):
        raise no_question()
    if spoken[-1].role == _ASSISTANT:
        raise already_answered()
    return Said(_question(spoken[-1].content), tuple(_exchanges(spoken[:-1])))


def texts_of(content: Any) -> Iterator[str]:
    """The texts in `content`, which is one or a list of parts, without halves of characters."""
    for part in content if isinstance(content, list) else [content]:
        is_text = isinstance(part, dict) and part.get("type") == "text"
        text = part["text"] if is_text and "text" in part else part
        if isinstance(text, str):
            yield text.encode("utf-8", "ignore").decode("utf-8")


def _exchanges(spoken: Sequence[MessageBody]) -> Iterator[Exchange]:
    """Each question that was answered, with the answer; one that was not is left out."""
    asked: str | None = None
    for message in spoken:
        text = "\n".join(texts_of(message.content))
        if message.role == _USER:
            asked = text
        elif asked is not None:
            yield Exchange(asked, without_source_list(text))
            asked = None


def _question(content: Any) -> str:
    # An earlier message may hold whatever another model could read; the question may not.
    parts = content if isinstance(content, list) else [content]
    texts = list(texts_of(content))
    if not texts or len(texts) < len(parts):
        raise unread_content()
    return "\n".join(texts)
