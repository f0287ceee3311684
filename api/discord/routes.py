"""The address that Discord sends interactions to."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from api.discord.door import DiscordDoor
from api.discord.interactions import read_interaction
from api.discord.signatures import SIGNATURE_HEADER, TIMESTAMP_HEADER

PATH = "/discord/interactions"


def router() -> APIRouter:
    """The route; it takes its door from `app.state.discord`."""
    made = APIRouter()
    made.add_api_route(PATH, _receive, methods=["POST"], include_in_schema=False)
    return made


async def _receive(request: Request) -> JSONResponse:
    """Raises SignatureInvalidError and InvalidInteractionError."""
    door: DiscordDoor = request.app.state.discord
    body = await request.body()
    door.signatures.check(
        request.headers.get(SIGNATURE_HEADER, ""),
        request.headers.get(TIMESTAMP_HEADER, ""),
        body,
    )
    reply = await door.reply(read_interaction(body))
    # Discord does not know of a reply before it has it: what edits the reply comes after it.
    after = BackgroundTask(door.start, reply.later) if reply.later else None
    return JSONResponse(reply.payload, background=after)
