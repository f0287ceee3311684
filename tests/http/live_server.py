"""The application on a port of this machine, with a tutor and an index of a test's own.

with serving(ScriptedTutor(answer), tmp_path) as server:
    httpx.post(f"{server.url}/v1/ask", json={"question": "…"})
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import uvicorn

from api.http.application import create_application
from api.http.services import Opening, Services
from api.memory import open_stores
from api.plan_desk import Draw, PlanDesk, drawing_from
from api.server_settings import ServerSettings
from api.turns import AnswerDesk, Asked
from corpus.embedding import Embedder
from corpus.index import Index


@dataclass
class LiveServer:
    """A running server; `services` are those it answers with."""

    url: str
    services: Services
    loop: asyncio.AbstractEventLoop

    def run(self, work: Any) -> Any:
        """The result of a coroutine, in the loop of the server."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)


Serve = Callable[..., LiveServer]


def opening_of(
    tutor: Asked,
    index: Index | None = None,
    embedder: Embedder | None = None,
    draw: Draw | None = None,
) -> Opening:
    """Opens real stores around `tutor`; `index` and `embedder` only where a test needs them.

    Plans come from `draw`, or from the index.
    """

    @asynccontextmanager
    async def opening(settings: ServerSettings) -> AsyncIterator[Services]:
        async with open_stores(settings) as stores:
            desk = AnswerDesk(
                tutor,
                stores.conversations,
                places=settings.simultaneous_answers,
                seconds=settings.answer_seconds,
                log_questions=settings.log_questions,
            )
            known = cast(Index, index), cast(Embedder, embedder)
            from_index = drawing_from(*known, settings.data)
            places = settings.simultaneous_answers
            with closing(PlanDesk(draw or from_index, places=places)) as plans:
                yield Services(
                    settings,
                    desk,
                    stores.conversations,
                    stores.access,
                    *known,
                    None,
                    plans,
                )

    return opening


@contextmanager
def serving(
    tutor: Asked,
    data: Path,
    *,
    index: Index | None = None,
    embedder: Embedder | None = None,
    draw: Draw | None = None,
    **settings: Any,
) -> Iterator[LiveServer]:
    """A server over the directory `data`, without limits a minute unless `settings` say so."""
    chosen = {"address_rate": 0, "key_rate": 0, "drain_seconds": 1.0} | settings
    application = create_application(
        ServerSettings(data=data, **chosen), opening_of(tutor, index, embedder, draw)
    )
    config = uvicorn.Config(
        application, host="127.0.0.1", port=0, log_config=None, lifespan="on", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.01)
        (listening,) = server.servers[0].sockets
        services: Services = application.state.services
        yield LiveServer(
            f"http://127.0.0.1:{listening.getsockname()[1]}", services, _loop_of(server)
        )
    finally:
        server.should_exit = True
        thread.join(60)


def _loop_of(server: uvicorn.Server) -> asyncio.AbstractEventLoop:
    return server.servers[0].get_loop()
