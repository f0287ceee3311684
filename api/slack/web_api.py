"""Calls to Slack's Web API and how they fail."""

from __future__ import annotations

import logging
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

FAILURES: Final = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)
_RETRIES: Final = 3
_OK: Final = 200


def library_log() -> logging.Logger:
    """The log of Slack's libraries, which below ERROR would hold what people write."""
    log = logging.getLogger("api.slack.libraries")
    log.setLevel(logging.ERROR)
    return log


def web_client(token: str, url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client that waits as long as Slack asks it to, and repeats nothing else by itself.

    A call that failed otherwise may have been done: to append once more would say a thing twice.
    """
    return AsyncWebClient(
        token=token,
        base_url=url if url.endswith("/") else f"{url}/",
        session=session,
        logger=library_log(),
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=_RETRIES)],
    )


def refused(error: Exception) -> bool:
    """Whether Slack understood a call and certainly did nothing of it."""
    response = getattr(error, "response", None)
    return isinstance(response, AsyncSlackResponse) and response.status_code == _OK


def reason(error: Exception) -> str:
    """Why a call failed, in a word for the log; never what was to be said."""
    response = getattr(error, "response", None)
    if isinstance(error, SlackApiError) and isinstance(response, AsyncSlackResponse):
        data = response.data
        code = data.get("error") if isinstance(data, dict) else None
        return str(code or f"status {response.status_code}")
    return type(error).__name__
