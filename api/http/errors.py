"""What a caller over HTTP gets for each error: a status and one shape of body."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.errors import (
    AnswerTimeoutError,
    KeyInvalidError,
    KeyMissingError,
    RateLimitedError,
    ScopeMissingError,
    ShuttingDownError,
    SourceNotFoundError,
    TooBusyError,
    WaitError,
    told_outside,
)
from api.http.languages import request_language
from api.http.validation_texts import field_of, validation_text
from corpus.errors import (
    ConversationBusyError,
    StoreBusyError,
    UsageError,
    XianhouError,
)
from corpus.types import Bilingual, Language
from tutor.memory.errors import ConversationNotFoundError, PlanNotFoundError
from tutor.question import QuestionUnreadableError

_log = logging.getLogger(__name__)

# The most special class first.
_STATUSES: Final[Sequence[tuple[type[XianhouError], int]]] = (
    (KeyMissingError, 401),
    (KeyInvalidError, 401),
    (ScopeMissingError, 403),
    (ConversationNotFoundError, 404),
    (PlanNotFoundError, 404),
    (SourceNotFoundError, 404),
    (ConversationBusyError, 409),
    (RateLimitedError, 429),
    (TooBusyError, 503),
    (ShuttingDownError, 503),
    (StoreBusyError, 503),
    (AnswerTimeoutError, 504),
    (UsageError, 400),
)
_TYPES: Final[Mapping[int, str]] = {
    401: "authentication_error",
    403: "permission_error",
    429: "rate_limit_error",
}
_FRAMEWORK: Final[Mapping[int, tuple[str, Bilingual]]] = {
    404: (
        "not_found",
        Bilingual(
            zh="没有这个地址。接口说明见 /docs。",
            en="There is nothing at this address. /docs lists what there is.",
        ),
    ),
    405: (
        "method_not_allowed",
        Bilingual(
            zh="这个地址不接受这种请求方法。接口说明见 /docs。",
            en="This address does not take this method. /docs lists what there is.",
        ),
    ),
    408: (
        "too_slow",
        Bilingual(
            zh="请求发得太慢。请检查网络后再发一次。",
            en="The request took too long to arrive. Check the network and send it again.",
        ),
    ),
    413: (
        "too_large",
        Bilingual(zh="请求太大。请缩短后再发。", en="The request is too large. Send less at once."),
    ),
}
_UNREADABLE: Final = Bilingual(
    zh="请求的内容读不懂。请发送 UTF-8 编码的 JSON。",
    en="The body cannot be read. Send JSON in UTF-8.",
)
_INTERNAL: Final = Bilingual(
    zh="服务内部出错。请稍后再试；若一再出现，请把响应头 X-Request-ID 的值告诉管理员。",
    en="Something went wrong inside the server. Try again later; if it stays so, give the value "
    "of the header X-Request-ID to whoever runs it.",
)


def error_body(error: Exception, language: Language) -> dict[str, Any]:
    """`{"error": {type, message, param, code}}` for anything that was raised."""
    message = told_outside(error) if isinstance(error, XianhouError) else _INTERNAL
    status = status_of(error)
    code = _code(error) if isinstance(error, XianhouError) else "internal_error"
    param = "question" if isinstance(error, QuestionUnreadableError) else None
    return _body(status, message.text(language), code, param)


def status_of(error: Exception) -> int:
    """The HTTP status for anything that was raised; 500 for what nobody foresaw."""
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return status
    return 503 if isinstance(error, XianhouError) else 500


def error_response(error: Exception, language: Language) -> JSONResponse:
    """The whole response for anything that was raised."""
    headers = {}
    if isinstance(error, WaitError):
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after)))
    elif isinstance(error, ConversationBusyError):
        headers["Retry-After"] = "5"
    status = status_of(error)
    if status == 401:  # noqa: PLR2004
        headers["WWW-Authenticate"] = "Bearer"
    elif status == 503 and not headers:  # noqa: PLR2004
        headers["Retry-After"] = "5"
    return JSONResponse(error_body(error, language), status, headers)


def add_error_handlers(application: FastAPI) -> None:
    """Makes every error that was foreseen come in the one shape."""
    application.add_exception_handler(XianhouError, _known)
    application.add_exception_handler(RequestValidationError, _invalid)
    application.add_exception_handler(HTTPException, _framework)


async def _known(request: Request, error: Exception) -> JSONResponse:
    return error_response(error, request_language(request))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what it is registered for
    first = error.errors()[0]
    language = request_language(request)
    unreadable = first["type"] == "json_invalid"
    text = _UNREADABLE if unreadable else validation_text(first)
    status, code = (400, "invalid_json") if unreadable else (422, "invalid_body")
    return JSONResponse(_body(status, text.text(language), code, field_of(first)), status)


async def _framework(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    code, text = _FRAMEWORK.get(error.status_code, ("invalid_json", _UNREADABLE))
    body = _body(error.status_code, text.text(request_language(request)), code)
    return JSONResponse(body, error.status_code, error.headers)


def _body(status: int, message: str, code: str, param: str | None = None) -> dict[str, Any]:
    default = "invalid_request_error" if status < 500 else "server_error"  # noqa: PLR2004
    kind = _TYPES.get(status, default)
    return {"error": {"type": kind, "message": message, "param": param, "code": code}}


def _code(error: XianhouError) -> str:
    name = type(error).__name__.removesuffix("Error")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).casefold()
