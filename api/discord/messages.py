"""Messages as Discord takes them, none of which calls anybody or shows a preview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

Payload = dict[str, Any]

_SUPPRESS_EMBEDS: Final = 1 << 2
_EPHEMERAL: Final = 1 << 6
_PONG: Final = 1
_MESSAGE: Final = 4
_DEFERRED_MESSAGE: Final = 5
_UPDATE_MESSAGE: Final = 7

PONG: Final[Payload] = {"type": _PONG}
# Of all flags only "ephemeral" may come with it.
DEFERRED: Final[Payload] = {"type": _DEFERRED_MESSAGE}


def message(content: str, rows: Sequence[Payload] = (), *, ephemeral: bool = False) -> Payload:
    """A message with buttons and menus below it."""
    flags = _SUPPRESS_EMBEDS | (_EPHEMERAL if ephemeral else 0)
    return {
        # Lone surrogates cannot be sent.
        "content": content.encode("utf-8", "replace").decode(),
        "allowed_mentions": {"parse": []},
        "flags": flags,
        "components": list(rows),
    }


def whispered(content: str, rows: Sequence[Payload] = ()) -> Payload:
    """The reply to an interaction that only the person who caused it can see."""
    return {"type": _MESSAGE, "data": message(content, rows, ephemeral=True)}


def replaced(content: str) -> Payload:
    """The reply that takes the place of the message whose button was pressed."""
    return {"type": _UPDATE_MESSAGE, "data": message(content)}
