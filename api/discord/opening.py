"""Opening the Discord door while a server runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from api.chat_services import discord_signatures
from api.discord.answering import Answering
from api.discord.door import DiscordDoor
from api.discord.rest import DiscordApi, open_client
from api.http.services import Services

_SECONDS_TO_SEND: Final = 10.0


@asynccontextmanager
async def open_discord(services: Services) -> AsyncIterator[DiscordDoor]:
    """The door, until everything that came in through it is answered.

    That takes as long as the settings give a server that stops, and the time to send the rest.
    Raises UsageError where the public key is missing or unusable, or `cryptography` is.
    """
    settings = services.settings
    signatures = discord_signatures(settings)
    async with open_client(settings.discord_api_url) as client:
        door = DiscordDoor(services, signatures, Answering(services, DiscordApi(client)))
        try:
            yield door
        finally:
            await door.finish(settings.drain_seconds + _SECONDS_TO_SEND)
