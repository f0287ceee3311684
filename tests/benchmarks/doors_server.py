"""The servers that the benchmark of the doors asks, each in processes of its own.

`python doors_server.py KIND --port PORT --workers WORKERS`, where KIND is `scripted`, for the whole
application with a scripted language model, or `bare`, for one FastAPI route that streams what was
recorded. The settings are those of `tutor serve`, and DOORS_RATE, tokens a second (0 is at once),
or DOORS_RECORDING, a file with [[seconds since the question, text], …].
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from benchmark_wordings import numbered, variations
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

if TYPE_CHECKING:
    from api.http.services import Services
    from api.server_settings import ServerSettings

RATE = "DOORS_RATE"
RECORDING = "DOORS_RECORDING"
ROUTE = "/v1/ask/stream"


def scripted() -> FastAPI:
    """The application, with a model that writes six supported sentences at a pace."""
    from api.http.application import create_application

    return create_application(opening=_opened)


@asynccontextmanager
async def _opened(settings: ServerSettings) -> AsyncIterator[Services]:
    from scripted_model import ScriptedModel, split_words

    from api.wiring import open_rooms
    from tests.http.live_server import opening_of
    from tutor.model.language_model import LanguageModel

    wordings = cycle(variations())
    model = ScriptedModel(
        answer=lambda messages: numbered(next(wordings), messages),
        rate=float(os.environ[RATE]),
        split=split_words,
    )
    written = LanguageModel(model, name="scripted", timeout=600)
    with open_rooms(settings, model=written) as rooms:
        async with opening_of(rooms.tutor, rooms.index, rooms.embedder)(settings) as services:
            yield services


def bare() -> FastAPI:
    """One route that sends the recorded pieces at the recorded moments."""
    pieces = json.loads(Path(os.environ[RECORDING]).read_text(encoding="utf-8"))
    application = FastAPI()

    async def sent() -> AsyncIterator[str]:
        clock = asyncio.get_running_loop()
        start = clock.time()
        for seconds, text in pieces:
            if (wait := start + seconds - clock.time()) > 0:
                await asyncio.sleep(wait)
            yield text

    async def stream(question: dict[str, Any]) -> StreamingResponse:
        return StreamingResponse(sent(), media_type="text/event-stream")

    application.post(ROUTE)(stream)
    return application


def main() -> None:
    """Serves until it is told to stop."""
    parser = argparse.ArgumentParser(description="A server to be measured.")
    parser.add_argument("kind", choices=["scripted", "bare"])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    given = parser.parse_args()
    uvicorn.run(
        f"doors_server:{given.kind}",
        factory=True,
        port=given.port,
        workers=given.workers,
        access_log=False,
        timeout_worker_healthcheck=60,
        app_dir=str(Path(__file__).parent),
    )


if __name__ == "__main__":
    main()
