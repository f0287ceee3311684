"""Whether the server lives, whether it can answer, and its figures."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.http.callers import require_operator
from api.http.replies import HealthReply
from api.http.services import ServicesOf
from api.metrics import CONTENT_TYPE, exposition
from corpus.errors import XianhouError

_log = logging.getLogger(__name__)

_OK: Final = "ok"
_SECONDS: Final = 5.0


def router() -> APIRouter:
    """The routes."""
    made = APIRouter(tags=["operation"])
    made.get("/healthz", response_model=HealthReply)(_alive)
    unavailable: dict[int | str, dict[str, Any]] = {503: {"model": HealthReply}}
    made.get("/readyz", response_model=HealthReply, responses=unavailable)(_ready)
    made.get("/metrics", response_class=Response, include_in_schema=False)(_metrics)
    return made


async def _alive() -> Any:
    """The process answers."""
    return {"status": _OK}


async def _ready(services: ServicesOf) -> Any:
    """The process can answer questions: it is not stopping, and index and database can be read."""
    checks = {
        "server": "draining" if services.desk.draining else _OK,
        "index": await _checked(asyncio.to_thread(services.index.statistics)),
        "database": await _checked(services.conversations.is_learner("")),
    }
    if all(state == _OK for state in checks.values()):
        return {"status": _OK, "checks": checks}
    return JSONResponse({"status": "unavailable", "checks": checks}, 503)


async def _metrics(request: Request, services: ServicesOf) -> Response:
    """The figures in Prometheus's text format; needs scope admin from elsewhere."""
    await require_operator(request, services)
    return Response(exposition(), media_type=CONTENT_TYPE)


async def _checked(work: Awaitable[object]) -> str:
    try:
        async with asyncio.timeout(_SECONDS):
            await work
    except XianhouError as error:
        _log.error("not ready: %s", error.message.en)
        return "unavailable"
    except TimeoutError:
        return f"does not answer within {_SECONDS:g} s"
    return _OK
