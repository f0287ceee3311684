"""What comes from Slack: who said what where, and who pressed which button."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from corpus.language import detect_language
from corpus.types import Language

# Whatever else a message event tells (edits, deletions, joins, bots) is nobody's question.
_SAID_BY_A_PERSON: Final = ("", "file_share", "thread_broadcast")
_REFERENCE: Final = re.compile(r"<([^<>]*)>")
_IDS: Final = re.compile(r"([0-9a-f]{32}):([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class Spot:
    """A person in a thread. A thread holds one conversation for each person who asks in it."""

    team: str
    channel: str
    thread: str
    user: str

    @property
    def person(self) -> str:
        """The name of the learner in the namespace "slack"."""
        return f"{self.team}:{self.user}"

    @property
    def conversation(self) -> str:
        """The name of the conversation among those of the learner."""
        return f"{self.team}:{self.channel}:{self.thread}"


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a person; `text` is as they read it, "" for a bare mention."""

    spot: Spot
    ts: str
    text: str

    @property
    def sight(self) -> str:
        """The same for the two events that one message can cause."""
        return f"slack-message:{self.spot.team}:{self.spot.channel}:{self.ts}"


@dataclass(frozen=True, slots=True)
class Clicked:
    """A control below an answer. Nothing of it is proof of whose answer it is.

    `language` is that of the control, `value` the option of a menu or "".
    """

    spot: Spot
    conversation_id: str
    message_id: str
    value: str
    language: Language


def said_in(event: Mapping[str, Any], team: str) -> Said | None:
    """The message in an event; None for what is not meant for the tutor."""
    if (
        event.get("bot_id")
        or event.get("edited")
        or event.get("subtype", "") not in _SAID_BY_A_PERSON
    ):
        return None
    if event.get("type") == "message" and event.get("channel_type") != "im":
        return None  # In a channel only a mention asks.
    channel, user, ts = (event.get(name) for name in ("channel", "user", "ts"))
    thread = event.get("thread_ts") or ts
    if not all(isinstance(each, str) and each for each in (channel, user, ts, thread)):
        return None
    spot = Spot(team, str(channel), str(thread), str(user))
    return Said(spot, str(ts), readable(str(event.get("text") or "")))


def clicked_in(body: Mapping[str, Any], action: Mapping[str, Any], team: str) -> Clicked | None:
    """The click in an interaction; None where the control is not one of ours."""
    ids = _IDS.fullmatch(str(action.get("block_id", "")))
    channel = _member(body, "channel", "id") or _member(body, "container", "channel_id")
    message = body.get("message") or {}
    thread = (
        message.get("thread_ts") or message.get("ts") or _member(body, "container", "message_ts")
    )
    user = _member(body, "user", "id")
    if not (ids and channel and thread and user):
        return None
    option = action.get("selected_option") or {}
    label = _member(option, "text", "text") or _member(action, "text", "text")
    return Clicked(
        spot=Spot(team, channel, str(thread), user),
        conversation_id=ids[1],
        message_id=ids[2],
        value=str(option.get("value", "")),
        language=detect_language(label),
    )


def readable(text: str) -> str:
    """Slack's form of a message as its writer sees it, without mentions."""
    plain = html.unescape(_REFERENCE.sub(_shown, text))
    # Lone surrogates and NUL, which JSON can hold and databases cannot.
    return plain.encode("utf-8", "ignore").decode("utf-8").replace("\0", "").strip()


def _shown(reference: re.Match[str]) -> str:
    target, _, label = reference[1].partition("|")
    if target.startswith(("@", "!")):
        return ""
    return label or target


def _member(outer: Mapping[str, Any], name: str, key: str) -> str:
    inner = outer.get(name)
    return str(inner.get(key) or "") if isinstance(inner, Mapping) else ""
