"""The whole server with the bundled sources, asked through Discord."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from discord_bot import Bot, ask, press, public_key
from fake_discord import FakeDiscord

from api.discord.answer_text import MOST_MESSAGES
from api.discord.splitting import LIMIT, length
from api.http.application import create_application
from api.server_settings import ServerSettings


@pytest.mark.parametrize(
    ("question", "verdict", "heading"),
    [
        ("学深度学习要先学机器学习吗？我只是做毕设", "直接动手", "**来源**"),
        ("do I need machine learning before deep learning?", "depends on your goal", "**Sources**"),
    ],
)
async def test_a_real_answer_comes_with_all_its_sources(
    own_copy: Path, discord: FakeDiscord, question: str, verdict: str, heading: str
) -> None:
    key = Ed25519PrivateKey.generate()
    settings = ServerSettings(
        data=own_copy, discord_public_key=public_key(key), discord_api_url=discord.url
    )
    application = create_application(settings)
    async with application.router.lifespan_context(application):
        bot = Bot(application, application.state.services, discord, key)
        written = await bot.answered(ask(question))
        again = await bot.answered(press(bot.custom_id("again"), "job"))
    for messages in (written, again):
        assert len(messages) <= MOST_MESSAGES
        assert all(length(each) <= LIMIT for each in messages)
        text, sources = "\n".join(messages).split(heading)
        named = set(re.findall(r"^\[(\d+)\] .+ · <https?://\S+>$", sources, re.MULTILINE))
        assert set(re.findall(r"\[(\d+)\]", text)) == named
    assert verdict in written[0]
    assert written[0] != again[0]
