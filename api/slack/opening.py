"""Opening the Slack door, where its libraries and its credentials are there."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Final

from api.http.services import Services
from api.slack import texts
from corpus.errors import UsageError

if TYPE_CHECKING:
    from api.slack.door import SlackDoor

PACE: Final = 1.0  # seconds between two changes of a message, which Slack asks for
_LIBRARIES: Final = {"slack_bolt", "slack_sdk", "aiohttp"}


def open_slack(services: Services, *, pace: float = PACE) -> AbstractAsyncContextManager[SlackDoor]:
    """The running door for an `async with` block; leaving it waits for unfinished answers.

    Raises UsageError where the credentials or the libraries of the extra `slack` are missing.
    """
    settings = services.settings
    token = settings.slack_bot_token
    if token is None or not (settings.slack_signing_secret or settings.slack_app_token):
        raise UsageError(texts.NO_CREDENTIALS)
    try:
        from api.slack.door import opened
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        raise UsageError(texts.NO_LIBRARY) from error
    return opened(services, token.get_secret_value(), pace)
