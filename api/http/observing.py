"""Around every request: its id, one line in the log, and its figures."""

from __future__ import annotations

import re
import secrets
import time
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.errors import error_response
from api.http.languages import accepted_language
from api.metrics import REQUEST_SECONDS, REQUESTS
from api.server_log import RequestLine, log_failure, log_request

REQUEST_ID: Final = "x-request-id"
_GIVEN_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_UNKNOWN_ROUTE: Final = "unknown"
_NOT_SENT: Final = 499  # the client left before there was a status


class ObservingMiddleware:
    """Gives each request an id, also to the caller, and tells log and figures about it.

    What nobody foresaw is logged under that id, and becomes an error like the others.
    """

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request; what is no request is passed on."""
        if scope["type"] == "http":
            await self._observed(scope, receive, send)
        else:
            await self._application(scope, receive, send)

    async def _observed(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request_id = given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
        status = _NOT_SENT

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        try:
            await self._application(scope, receive, send_with_id)
        except Exception as error:
            if status != _NOT_SENT:
                raise  # the server closes the connection, so that the client sees the cut
            log_failure(request_id)
            language = accepted_language(Headers(scope=scope).get("accept-language", ""))
            await error_response(error, language)(scope, receive, send_with_id)
        finally:
            seconds = time.perf_counter() - started
            route = _route(scope)
            REQUESTS.labels(scope["method"], route, status).inc()
            REQUEST_SECONDS.labels(route).observe(seconds)
            log_request(RequestLine(request_id, scope["method"], route, status, seconds))


def _route(scope: Scope) -> str:
    """The route's pattern, never the path: that may hold ids, and anything a stranger types."""
    return getattr(scope.get("route"), "path", None) or _UNKNOWN_ROUTE
