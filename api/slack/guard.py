"""What stands before Bolt: only a body that Slack signed and that can be read goes on."""

from __future__ import annotations

import hmac
import json
import re
import time
from hashlib import sha256
from typing import Any, Final
from urllib.parse import parse_qs

from fastapi import Request
from fastapi.responses import JSONResponse

from api.http.languages import request_language
from corpus.types import Bilingual

_FRESH_SECONDS: Final = 300
_TIMESTAMP: Final = re.compile("[0-9]{1,12}")
_SIGNATURE: Final = re.compile("v0=[0-9a-f]{64}")


class RefusedError(Exception):
    """A request that is not Slack's, or not one that can be read; `status` is that of HTTP."""

    def __init__(self, status: int, code: str, message: Bilingual) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message

    def response(self, request: Request) -> JSONResponse:
        """The answer to such a request."""
        kind = "authentication_error" if self.status == 401 else "invalid_request_error"  # noqa: PLR2004
        said = self.message.text(request_language(request))
        error = {"type": kind, "message": said, "param": None, "code": self.code}
        return JSONResponse({"error": error}, self.status)


async def signed_body(request: Request, signing_secret: str | None, most_bytes: int) -> bytes:
    """The body, of a request that Slack signed within the last five minutes.

    Raises RefusedError: 413 for more than `most_bytes`, 401 without a valid signature, 400 for
    what is no message of Slack all the same.
    """
    timestamp = _timestamp(request.headers.get("x-slack-request-timestamp", ""))
    signature = request.headers.get("x-slack-signature", "")
    body = await _bytes(request, most_bytes)
    if not signing_secret or not _SIGNATURE.fullmatch(signature):
        raise _unsigned()
    signed = b"v0:" + timestamp.encode() + b":" + body
    expected = hmac.new(signing_secret.encode(), signed, sha256).hexdigest()
    if not hmac.compare_digest(signature, f"v0={expected}"):
        raise _unsigned()
    try:
        if _is_message(request.headers.get("content-type", ""), body.decode()):
            return body
    except (ValueError, RecursionError):
        pass
    raise unreadable()


def _timestamp(header: str) -> str:
    if header and not _TIMESTAMP.fullmatch(header):
        raise unreadable()
    if not header or abs(time.time() - int(header)) > _FRESH_SECONDS:
        raise _unsigned()
    return header


async def _bytes(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise _too_large()
    return bytes(body)


def _is_message(content_type: str, text: str) -> bool:
    """Whether Bolt can read this; ValueError or RecursionError for JSON that is none."""
    if content_type.startswith("application/json") or text.startswith("{"):
        return _is_payload(json.loads(text))
    fields = parse_qs(text, keep_blank_values=True)
    return all(_is_payload(json.loads(each)) for each in fields.get("payload", []))


def _is_payload(payload: Any) -> bool:
    """Whether the parts that Bolt looks into before any listener does are of their kind."""
    if not isinstance(payload, dict) or not isinstance(payload.get("type"), str):
        return False
    event, actions = payload.get("event", {"type": ""}), payload.get("actions", [{}])
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        return False
    return isinstance(actions, list) and bool(actions) and isinstance(actions[0], dict)


def _unsigned() -> RefusedError:
    return RefusedError(
        401,
        "signature_invalid",
        Bilingual(
            zh="这个请求没有 Slack 的有效签名。请检查 TUTOR_SLACK_SIGNING_SECRET 和服务器的时钟。",
            en="This request does not carry a valid signature of Slack. "
            "Check TUTOR_SLACK_SIGNING_SECRET and the clock of the server.",
        ),
    )


def unreadable() -> RefusedError:
    """What is signed, or seems to be, and is no message of Slack all the same."""
    return RefusedError(
        400,
        "invalid_body",
        Bilingual(zh="这不是 Slack 的请求。", en="This is no request of Slack."),
    )


def _too_large() -> RefusedError:
    return RefusedError(
        413,
        "too_large",
        Bilingual(zh="请求太大。请缩短后再发。", en="The request is too large. Send less at once."),
    )
