"""Opening the Slack door, where its libraries and its credentials are there."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Final

from api.chat_services import slack_bot_token
from api.http.services import Services

if TYPE_CHECKING:
    from api.slack.door import SlackDoor

PACE: Final = 1.0  # seconds between two changes of a message, which Slack asks for


def open_slack(services: Services, *, pace: float = PACE) -> AbstractAsyncContextManager[SlackDoor]:
    """The running door for an `async with` block; leaving it waits for unfinished answers.

    Raises UsageError where the credentials or the libraries of the extra `slack` are missing.
    """
    token = slack_bot_token(services.settings)
    from api.slack.door import opened

    return opened(services, token, pace)
