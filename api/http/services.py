"""Everything that the routes of one server process share, opened and closed together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    closing,
)
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from api.access.store import AccessStore
from api.chat_model import open_language_model
from api.memory import open_stores
from api.plan_desk import PlanDesk, drawing_from
from api.server_settings import ServerSettings
from api.turns import AnswerDesk
from api.wiring import open_rooms
from corpus.embedding import Embedder
from corpus.index import Index
from tutor.memory.store import ConversationStore

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Services:
    """What is open while a server runs; `model_name` is None where rules alone write."""

    settings: ServerSettings
    desk: AnswerDesk
    conversations: ConversationStore
    access: AccessStore
    index: Index
    embedder: Embedder
    model_name: str | None
    plans: PlanDesk


Opening = Callable[[ServerSettings], AbstractAsyncContextManager[Services]]


@asynccontextmanager
async def open_services(settings: ServerSettings) -> AsyncIterator[Services]:
    """The real ones. Raises UsageError, StoreError, EmbedderError, ConversationError."""
    model = open_language_model(settings)
    try:
        async with (
            _opened_in_thread(open_rooms(settings, model=model)) as rooms,
            open_stores(settings) as stores,
        ):
            desk = AnswerDesk(
                rooms.tutor,
                stores.conversations,
                places=settings.simultaneous_answers,
                seconds=settings.answer_seconds,
                log_questions=settings.log_questions,
            )
            drawing = drawing_from(rooms.index, rooms.embedder, settings.data)
            with closing(PlanDesk(drawing, places=settings.simultaneous_answers)) as plans:
                yield Services(
                    settings,
                    desk,
                    stores.conversations,
                    stores.access,
                    rooms.index,
                    rooms.embedder,
                    model.name if model else None,
                    plans,
                )
    finally:
        if model is not None:
            await model.close()


@asynccontextmanager
async def _opened_in_thread(opening: AbstractContextManager[T]) -> AsyncIterator[T]:
    """Opening reads files and may index for seconds: the loop must not stand still meanwhile."""
    opened = await asyncio.to_thread(opening.__enter__)
    try:
        yield opened
    finally:
        await asyncio.to_thread(opening.__exit__, None, None, None)


def services_of(request: Request) -> Services:
    """The services of the server that `request` came to."""
    services: Services = request.app.state.services
    return services


ServicesOf = Annotated[Services, Depends(services_of)]
