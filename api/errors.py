"""The errors of the doors; each of them knows its stable name and says what to do next."""

from __future__ import annotations

import logging
import math

from corpus.errors import (
    ConversationError,
    EmbedderError,
    EmbedderMismatchError,
    SourceFileError,
    StoreError,
    XianhouError,
)
from corpus.types import Bilingual

_log = logging.getLogger(__name__)


class DoorError(XianhouError):
    """A request that a door turns away before, or instead of, asking the tutor."""


class WaitError(DoorError):
    """Come again later: `retry_after` is in how many seconds."""

    def __init__(self, message: Bilingual, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RateLimitedError(WaitError):
    """This caller asks more often than is allowed."""


class TooBusyError(WaitError):
    """As many questions as may be are being answered at this moment."""


class ShuttingDownError(WaitError):
    """The server is about to stop and takes no more questions."""


class AnswerTimeoutError(DoorError):
    """The answer took longer than is allowed; nothing of it was kept."""


class KeyMissingError(DoorError):
    """Nobody may ask here without an API key."""


class KeyInvalidError(DoorError):
    """The API key is unknown or was revoked."""


class ScopeMissingError(DoorError):
    """The API key may not do this."""


class SourceNotFoundError(DoorError):
    """There is no perspective or course with this id."""


_UNAVAILABLE = Bilingual(
    zh="服务现在读不到或存不了资料。请稍后再试；若一再出现，请告诉管理员。",
    en="The server cannot read or keep what it needs right now. Try again later; if it stays so, "
    "tell whoever runs it.",
)
_FOR_OPERATORS = (StoreError, EmbedderError, EmbedderMismatchError, SourceFileError)


def told_outside(error: XianhouError) -> Bilingual:
    """What somebody who does not run the server is told.

    Errors of storage name files, addresses and remedies that only whoever runs it can use: they go
    into the log.
    """
    if isinstance(error, _FOR_OPERATORS) or type(error) is ConversationError:
        _log.error("%s: %s", type(error).__name__, error.message.en)
        return _UNAVAILABLE
    return error.message


def rate_limited(seconds: float) -> RateLimitedError:
    """Turned away for `seconds`."""
    shown = max(1, math.ceil(seconds))
    return RateLimitedError(
        Bilingual(
            zh=f"请求太频繁了。请 {shown} 秒后再试。",
            en=f"Too many requests. Try again in {shown} s.",
        ),
        seconds,
    )


def too_busy() -> TooBusyError:
    """All places are taken."""
    return TooBusyError(
        Bilingual(
            zh="现在提问的人太多。请过几秒再试。",
            en="Too many questions are being answered right now. Try again in a few seconds.",
        ),
        5.0,
    )


def shutting_down() -> ShuttingDownError:
    """The server stops."""
    return ShuttingDownError(
        Bilingual(
            zh="服务正在重启，这个问题没有答完。请稍后再问一次。",
            en="The server is restarting, and this question was not answered. "
            "Ask again in a moment.",
        ),
        10.0,
    )


def answer_timeout(seconds: float) -> AnswerTimeoutError:
    """Not done in `seconds`."""
    return AnswerTimeoutError(
        Bilingual(
            zh=f"{seconds:g} 秒内没有答完，这个问题没有保存。请再问一次，或把问题拆小。",
            en=f"The answer was not finished within {seconds:g} s and was not kept. "
            "Ask again, or ask for less at once.",
        )
    )
