"""Why a call to a language model failed, read once from what the vendor's library raised.

LangChain's own exceptions come first, then HTTP status, then the words by which vendors that give
one status to several causes tell them apart. The vendor's words go no further than this module:
they may hold the key or the prompt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final

from tutor.model.retry import retry_after


class Reason(StrEnum):
    """Why there is no reply, or no whole one."""

    KEY = "key"
    MODEL = "model"
    BALANCE = "balance"
    BUSY = "busy"
    TOO_LONG = "too-long"
    FILTERED = "filtered"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    INTERRUPTED = "interrupted"
    SERVER = "server"
    MALFORMED = "malformed"
    EMPTY = "empty"
    USAGE_REFUSED = "usage-refused"  # the server does not count tokens; nothing else is wrong


RETRYABLE: Final = frozenset({Reason.BUSY, Reason.SERVER, Reason.UNREACHABLE})
NEEDS_A_PERSON: Final = frozenset({Reason.KEY, Reason.MODEL, Reason.BALANCE})
ABOUT_THE_REQUEST: Final = frozenset(
    {Reason.TOO_LONG, Reason.FILTERED, Reason.REFUSED, Reason.USAGE_REFUSED}
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong. `detail` is a short code that is safe to print, "" where there is none.

    `retry_after` is how many seconds the vendor asks to wait, None where it does not say.
    """

    reason: Reason
    status: int | None = None
    detail: str = ""
    retry_after: float | None = None


class CallFailed(Exception):  # noqa: N818 - never leaves the adapter
    """A call came to nothing, with all its retries."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason.value)
        self.failure = failure


_STATUS_REASONS: Final[Mapping[int, Reason]] = {
    HTTPStatus.UNAUTHORIZED: Reason.KEY,
    HTTPStatus.FORBIDDEN: Reason.KEY,
    HTTPStatus.PAYMENT_REQUIRED: Reason.BALANCE,
    HTTPStatus.NOT_FOUND: Reason.MODEL,
    HTTPStatus.REQUEST_TIMEOUT: Reason.BUSY,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Reason.TOO_LONG,
    HTTPStatus.TOO_MANY_REQUESTS: Reason.BUSY,
}
# What OpenAI, Azure, DeepSeek, DashScope, Anthropic, Ollama, llama.cpp and vLLM say.
_WORDS: Final = (
    (
        Reason.TOO_LONG,
        re.compile(
            r"context_length|context length|context window|maximum context|context.size"
            r"|prompt is too long|input tokens exceed|range of input length|max_model_len"
        ),
    ),
    (
        Reason.FILTERED,
        re.compile(
            r"content_filter|content_policy|content management policy|data_?inspection_?failed"
            r"|content exists risk|inappropriate content"
        ),
    ),
    (
        Reason.BALANCE,
        re.compile(
            r"insufficient_quota|insufficient balance|arrearage|exceeded your current quota"
            r"|credit balance|余额不足|欠费"
        ),
    ),
    (Reason.MODEL, re.compile(r"model_not_found|model not exist|unknown model|invalid model")),
    (Reason.USAGE_REFUSED, re.compile(r"stream_options|include_usage")),
    (Reason.BUSY, re.compile(r"rate_limit|rate limit|overloaded")),
)
_CODE = re.compile(r"[A-Za-z][A-Za-z_.\[\]]{1,49}")


def failure_of(error: Exception, *, started: bool = False) -> Failure:
    """What `error` means; `started` when a part of the reply had already come."""
    status = _status(error)
    reason = (
        _by_type(error)
        or _by_words(error, status)
        or (Reason.INTERRUPTED if started else None)
        or _by_status(status)
        or _by_origin(error)
    )
    detail = _detail(error)
    if reason is Reason.SERVER and status is None:
        detail = detail or type(error).__name__
    return Failure(reason, status, detail, retry_after(error))


def _status(error: Exception) -> int | None:
    response: Any = getattr(error, "response", None)
    candidates = (
        getattr(error, "status_code", None),
        getattr(response, "status_code", None),
        getattr(error, "code", None),
    )
    return next((status for status in candidates if isinstance(status, int)), None)


def _by_type(error: Exception) -> Reason | None:
    from langchain_core.exceptions import ContextOverflowError, ModelTimeoutError

    if isinstance(error, ContextOverflowError):
        return Reason.TOO_LONG
    return Reason.TIMEOUT if isinstance(error, TimeoutError | ModelTimeoutError) else None


def _by_status(status: int | None) -> Reason | None:
    if status is None:
        return None
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Reason.SERVER
    return _STATUS_REASONS.get(status, Reason.REFUSED)


def _by_origin(error: Exception) -> Reason:
    """By LangChain's own exceptions, then whether the network failed or the reply is unreadable."""
    import httpx
    from langchain_core import exceptions as langchain

    kinds: tuple[tuple[Reason, tuple[type[Exception], ...]], ...] = (
        (
            Reason.KEY,
            (langchain.ModelAuthenticationError, langchain.ModelPermissionDeniedError),
        ),
        (Reason.MODEL, (langchain.ModelNotFoundError,)),
        (Reason.BUSY, (langchain.ModelRateLimitError,)),
        (Reason.REFUSED, (langchain.ModelInvalidRequestError,)),
        (Reason.UNREACHABLE, (langchain.ModelConnectionError, httpx.TransportError, OSError)),
        (Reason.MALFORMED, (ValueError, LookupError, TypeError, AttributeError)),
    )
    return next((reason for reason, types in kinds if isinstance(error, types)), Reason.SERVER)


def _by_words(error: Exception, status: int | None) -> Reason | None:
    """The cause that the vendor's words name, for errors that a vendor worded at all."""
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return None
    if status is None and getattr(error, "body", None) is None:
        return None
    words = f"{error} {getattr(error, 'body', '')}".casefold()
    return next((reason for reason, pattern in _WORDS if pattern.search(words)), None)


def _detail(error: Exception) -> str:
    """The vendor's code for the error and the parameter at fault, where they look like such."""
    named = (getattr(error, "code", None), getattr(error, "param", None))
    codes = [code for code in named if isinstance(code, str) and _CODE.fullmatch(code)]
    return ", ".join(codes)
