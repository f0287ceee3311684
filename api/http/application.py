"""The server as one ASGI application, for `uvicorn --factory`."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
)
from importlib.metadata import version
from types import FrameType
from typing import Any, Final

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.telemetry import TelemetryConfig

from api.chat_services import chat_services
from api.http import documentation
from api.http.body_limit import BodyLimitMiddleware
from api.http.callers import LEARNER_HEADER, USER_HEADER
from api.http.errors import add_error_handlers
from api.http.observing import REQUEST_ID, ObservingMiddleware
from api.http.routes import asking, conversations, health, learner, planning, sources
from api.http.services import Opening, Services, open_services
from api.openai_compatible.routes import router as completions_router
from api.page.routes import page_router
from api.server_settings import ServerSettings, load_server_settings

_DISTRIBUTION: Final = "xianhou-tutor"
_DESCRIPTION: Final = (
    "What experienced people say, how they differ, what follows for your goal, and which courses "
    "to take. 有经验的人怎么说、分歧在哪里、对你的目标意味着什么、该学哪些课。"
)
# Traces go where OpenTelemetry's variables say, if they say so. Neither do they hold what was typed
# nor what an exception says.
_TELEMETRY: Final[TelemetryConfig] = {
    "auto_configure": True,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "exclude": lambda scope: bool(scope["query_string"]),
}


def create_application(
    settings: ServerSettings | None = None, opening: Opening = open_services
) -> FastAPI:
    """The application for `settings`, by default those of the environment.

    What it answers from is opened by `opening` when the server starts. Raises UsageError for
    settings that cannot be used.
    """
    settings = settings or load_server_settings()
    application = FastAPI(
        title="Xianhou 先后",
        description=_DESCRIPTION,
        version=version(_DISTRIBUTION),
        lifespan=_lifespan(settings, opening),
        telemetry=_TELEMETRY,
        docs_url=None,
        redoc_url=None,
    )
    add_error_handlers(application)
    for router in (
        asking.router(),
        conversations.router(),
        learner.router(),
        planning.router(),
        sources.router(),
        health.router(),
        documentation.router(),
        completions_router(),
        page_router(),
    ):
        application.include_router(router)
    _add_chat_services(application, settings)
    documentation.describe(application)
    application.add_middleware(BodyLimitMiddleware, limit=settings.max_body_bytes)
    application.add_middleware(ObservingMiddleware)
    if settings.allowed_origins:
        application.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["authorization", "content-type", LEARNER_HEADER, USER_HEADER],
            expose_headers=[REQUEST_ID, "retry-after"],
        )
    return application


def _lifespan(
    settings: ServerSettings, opening: Opening
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(application: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            services = await stack.enter_async_context(opening(settings))
            application.state.services = services
            await _open_chat_services(application, services, stack)
            stack.enter_context(_draining_when_told(services))
            yield
            services.desk.begin_draining(0)
            await services.desk.drained()

    return lifespan


def _add_chat_services(application: FastAPI, settings: ServerSettings) -> None:
    wanted = chat_services(settings)
    if wanted.slack:
        from api.slack.routes import router as slack_router

        application.include_router(slack_router())
    if wanted.discord:
        from api.discord.routes import router as discord_router

        application.include_router(discord_router())


async def _open_chat_services(
    application: FastAPI, services: Services, stack: AsyncExitStack
) -> None:
    wanted = chat_services(services.settings)
    if wanted.slack:
        from api.slack.opening import open_slack

        application.state.slack = await stack.enter_async_context(open_slack(services))
    if wanted.discord:
        from api.discord.opening import open_discord

        application.state.discord = await stack.enter_async_context(open_discord(services))


@contextmanager
def _draining_when_told(services: Services) -> Iterator[None]:
    """Begins draining at the signal that the server stops at, before the server does anything.

    The server itself only waits for connections to end, and breaks off those that do not.
    """
    loop = asyncio.get_running_loop()
    seconds = services.settings.drain_seconds
    previous: dict[int, Any] = {}

    def drain(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(services.desk.begin_draining, seconds)
        handler = previous[number]
        if callable(handler):
            handler(number, frame)

    try:
        for number in (int(signal.SIGTERM), int(signal.SIGINT)):
            previous[number] = signal.getsignal(number)
            signal.signal(number, drain)
    except ValueError:  # not the main thread, as in tests: there are no signals to hear
        previous.clear()
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
