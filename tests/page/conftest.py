"""One server and one browser a session; a learner of their own for each test."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio
from chromium import HOW_TO_INSTALL, OPTIONS, chromium
from page_reader import Comes, Reader
from page_stage import Shelf, Stage, StagedTutor
from playwright.async_api import Browser, async_playwright

from tests.http.live_server import LiveServer, serving
from tests.http.scripted_planning import ScriptedDrawing

PHONE = {"width": 360, "height": 740}
# Names of other hosts lead nowhere, whatever the page might ask for.
_NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@pytest.fixture(scope="session")
def stage() -> Stage:
    """Where the tutor stands that the server asks."""
    return Stage()


@pytest.fixture(scope="session")
def server(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The real application, answering with whoever is on the stage."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("TUTOR_"):
                patch.delenv(name)
        data = tmp_path_factory.mktemp("page")
        with serving(stage, data, index=Shelf(), draw=stage.draw) as running:  # type: ignore[arg-type]
            yield running


@pytest.fixture
def tutor(stage: Stage) -> Iterator[StagedTutor]:
    """The tutor of this test, who is let go at its end; plans are drawn for this test alone."""
    stage.tutor, stage.drawing = StagedTutor(), ScriptedDrawing()
    yield stage.tutor
    stage.tutor.go_on.set()


@pytest.fixture
def drawing(stage: Stage) -> ScriptedDrawing:
    """Who draws the plans of this test."""
    return stage.drawing


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A real browser without a window."""
    executable = chromium()
    if executable is None:
        pytest.skip(HOW_TO_INSTALL)
    async with async_playwright() as playwright:
        options = [*OPTIONS, _NOWHERE]
        running = await playwright.chromium.launch(executable_path=executable, args=options)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def comes(browser: Browser, server: LiveServer, tutor: StagedTutor) -> AsyncIterator[Comes]:
    """Lets a reader come: on a Chinese phone unless told otherwise. All leave in good order."""
    async with AsyncExitStack() as stack:

        async def come(**options: Any) -> Reader:
            chosen = {"viewport": PHONE, "locale": "zh-CN", "accept_downloads": True} | options
            reader = await Reader.come(server, await browser.new_context(**chosen))
            stack.push_async_callback(reader.leave)
            return reader

        yield come


@pytest_asyncio.fixture(loop_scope="session")
async def reader(comes: Comes) -> Reader:
    """A reader on a Chinese phone who has just opened the page."""
    come = await comes()
    await come.visit()
    return come
