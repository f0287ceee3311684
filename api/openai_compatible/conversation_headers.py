"""Which kept conversation a request belongs to, as its client names it in headers."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers

from api.http.callers import Caller
from api.http.services import Services
from api.turns import Place
from corpus.language import detect_language

_CONVERSATION_HEADERS: Final = ("x-conversation-id", "x-openwebui-chat-id")
_USER_HEADERS: Final = ("x-user-id", "x-openwebui-user-id")
_TASK_HEADERS: Final = ("x-task", "x-openwebui-task")
_TEMPORARY: Final = "local:"  # Open WebUI's chats that are not to be kept
_NOTHING: Final = ("", "new", "null", "none", "undefined")
_LONGEST_NAME: Final = 200


async def place_named(
    headers: Headers, caller: Caller, services: Services, question: str
) -> Place | None:
    """The place of the conversation that `headers` name, made where there is none.

    None without a name, and without a key: whoever has no key must not name others' conversations.
    Where the client does not say which of its users is asking, the conversation stands for one:
    what one user told of themselves must not show in the answers to another.
    """
    conversation = _named(headers, _CONVERSATION_HEADERS)
    if caller.key is None or conversation is None or conversation.startswith(_TEMPORARY):
        return None
    conversations = services.conversations
    # Marked as what it is: a conversation may have the name that a user has.
    user = _named(headers, _USER_HEADERS) or f"conversation:{conversation}"
    owner = await conversations.learner_for(caller.namespace, user)
    language = detect_language(question)
    return Place(owner, await conversations.conversation_for(owner, conversation, language))


def task_named(headers: Headers) -> str | None:
    """The task that the client names; None for a question."""
    return _named(headers, _TASK_HEADERS)


def _named(headers: Headers, names: tuple[str, ...]) -> str | None:
    """The first value that says something: a placeholder that was not filled in does not."""
    for name in names:
        value = headers.get(name, "").strip()
        if "{{" in value or value.casefold() in _NOTHING or len(value) > _LONGEST_NAME:
            continue
        return value
    return None
