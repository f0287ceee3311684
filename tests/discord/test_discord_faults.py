"""What Discord's own API may do while an answer is sent, and a server that stops."""

from __future__ import annotations

import asyncio
import logging
import time
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from discord_bot import (
    Bot,
    GatedTutor,
    Start,
    application,
    ask,
    long_answer,
    opened_services,
    public_key,
)
from fake_discord import Call, FakeDiscord, Refusal

from api.discord.opening import open_discord
from api.discord.progress import Progress
from corpus.errors import UsageError
from corpus.types import Language
from tests.api.scripted_tutor import ScriptedTutor
from tutor.answer import Answer

QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"


def final(call: Call) -> bool:
    """Whether this is the whole answer."""
    return "不用先学完" in call.content and not call.content.endswith("…")


async def turns_kept(bot: Bot) -> int:
    store = bot.services.conversations
    owner = await store.learner_named("discord", "1001")
    assert owner is not None
    return sum(head.turns for head in await store.conversations(owner))


async def test_a_token_that_ran_out_costs_one_line_of_log_and_not_the_turn(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Refusal(404, {"message": "Unknown Webhook", "code": 10015})
    bot.discord.refuse = lambda call: gone
    await bot.send(ask(QUESTION))
    await bot.settled()
    (line,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert line.getMessage() == (
        "Discord did not take a message: HTTP status 404, error code 10015"
    )
    assert bot.discord.follow_ups == []
    assert await turns_kept(bot) == 1


@pytest.mark.parametrize(
    "refusal",
    [Refusal(404, {"code": 10015}), Refusal(500), Refusal(502, "<html>"), Refusal(0)],
    ids=["a reply not known yet", "an error", "a proxy's error", "a broken connection"],
)
async def test_what_may_pass_is_tried_again(bot: Bot, refusal: Refusal) -> None:
    refused: list[Call] = []

    def refuse(call: Call) -> Refusal | None:
        if final(call) and len(refused) < 3:
            refused.append(call)
            return refusal
        return None

    bot.discord.refuse = refuse
    (written,) = await bot.answered(ask(QUESTION))
    assert "不用先学完" in written
    assert len(refused) == 3


async def test_the_wait_that_discord_asks_for_is_kept(bot: Bot) -> None:
    refused: list[float] = []

    def refuse(call: Call) -> Refusal | None:
        if final(call) and not refused:
            refused.append(time.monotonic())
            return Refusal(429, {"retry_after": 0.3, "global": False}, {"Retry-After": "60"})
        return None

    bot.discord.refuse = refuse
    (written,) = await bot.answered(ask(QUESTION))
    assert time.monotonic() - refused[0] >= 0.3
    assert "不用先学完" in written


@pytest.mark.parametrize(
    ("body", "headers"),
    [({}, {"Retry-After": "0"}), ("<html>", {"Retry-After": "0"}), ([], {"Retry-After": "0"})],
)
async def test_a_wait_may_stand_in_the_header_only(
    bot: Bot, body: object, headers: dict[str, str]
) -> None:
    bot.discord.refusals.extend([Refusal(429, body, headers)] * 3)
    (written,) = await bot.answered(ask(QUESTION))
    assert "不用先学完" in written


async def test_a_wait_beyond_the_life_of_the_token_is_given_up(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.discord.refuse = lambda call: Refusal(429, {"retry_after": 1800.5}) if final(call) else None
    await bot.send(ask(QUESTION))
    await bot.settled()
    assert "HTTP status 429" in caplog.text
    assert sum(map(final, bot.discord.calls)) == 1
    assert await turns_kept(bot) == 1


async def test_a_request_that_discord_refuses_is_not_repeated(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.discord.refuse = lambda call: Refusal(401, {"code": 50027}) if final(call) else None
    await bot.send(ask(QUESTION))
    await bot.settled()
    assert sum(map(final, bot.discord.calls)) == 1
    assert "HTTP status 401, error code 50027" in caplog.text


async def test_an_outage_is_logged_and_loses_no_turn(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.discord.refuse = lambda call: Refusal(0)
    await bot.send(ask(QUESTION))
    await bot.settled()
    assert "Discord did not take a message: RemoteProtocolError" in caplog.text
    assert await turns_kept(bot) == 1


async def test_a_message_without_its_beginning_is_not_sent(
    start: Start, chinese_answer: Answer, discord: FakeDiscord
) -> None:
    discord.refuse = lambda call: Refusal(400, {"code": 50035}) if call.method == "POST" else None
    async with start(ScriptedTutor(long_answer(chinese_answer, 10))) as bot:
        await bot.send(ask(QUESTION))
        await bot.settled()
    assert len(discord.follow_ups) == 1


async def test_neither_tokens_nor_questions_are_logged(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)  # what libraries say for debugging is theirs
    interaction = ask(QUESTION)
    bot.discord.refusals.append(Refusal(500))
    await bot.answered(interaction)
    assert caplog.records
    assert interaction["token"] not in caplog.text
    assert QUESTION not in caplog.text


async def test_a_server_that_stops_sends_what_it_is_writing(
    tmp_path: Path, chinese_answer: Answer, discord: FakeDiscord
) -> None:
    key = Ed25519PrivateKey.generate()
    tutor = GatedTutor(chinese_answer, after=3)
    settings = {"discord_public_key": public_key(key), "discord_api_url": discord.url}
    async with opened_services(tutor, tmp_path, **settings) as services:
        async with open_discord(services) as door:
            bot = Bot(application(services, door), services, discord, key)
            await bot.send(ask(QUESTION))
            await tutor.waiting.wait()
            services.desk.begin_draining(20)
            tutor.go_on.set()
        assert final(discord.calls[-1])
        assert await turns_kept(bot) == 1


async def test_an_answer_that_is_broken_off_says_so(
    tmp_path: Path, chinese_answer: Answer, discord: FakeDiscord
) -> None:
    key = Ed25519PrivateKey.generate()
    settings = {"discord_public_key": public_key(key), "discord_api_url": discord.url}
    tutor = GatedTutor(chinese_answer, after=3)
    async with opened_services(tutor, tmp_path, **settings) as services:
        async with open_discord(services) as door:
            bot = Bot(application(services, door), services, discord, key)
            await bot.send(ask(QUESTION))
            await tutor.waiting.wait()
            services.desk.begin_draining(0)
        assert "服务正在重启，这个问题没有答完" in discord.edits[-1]
        assert await turns_kept(bot) == 0


async def test_a_server_does_not_wait_for_a_discord_that_never_answers(
    tmp_path: Path, chinese_answer: Answer, discord: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.discord.opening._SECONDS_TO_SEND", 0.1)
    key = Ed25519PrivateKey.generate()
    discord.refuse = lambda call: Refusal(429, {"retry_after": 250})
    settings = {
        "discord_public_key": public_key(key),
        "discord_api_url": discord.url,
        "drain_seconds": 0.1,
    }
    async with opened_services(ScriptedTutor(chinese_answer), tmp_path, **settings) as services:
        async with asyncio.timeout(10), open_discord(services) as door:
            bot = Bot(application(services, door), services, discord, key)
            await bot.send(ask(QUESTION))
            await discord.until(lambda: discord.calls)
        assert await turns_kept(bot) == 1


@pytest.mark.parametrize("key", [None, "no key"])
async def test_a_door_without_a_usable_key_does_not_open(
    tmp_path: Path, tutor: ScriptedTutor, key: str | None
) -> None:
    async with opened_services(tutor, tmp_path, discord_public_key=key) as services:
        with pytest.raises(UsageError) as failure:
            async with open_discord(services):
                pass
    assert "TUTOR_DISCORD_PUBLIC_KEY" in failure.value.text(Language.CHINESE)


async def test_progress_is_passed_on_no_faster_than_allowed_and_only_the_newest() -> None:
    passed: list[tuple[str, float]] = []

    async def edit(text: str) -> float:
        passed.append((text, time.monotonic()))
        return 0.3 if text == "b" else 0.0

    async with Progress(edit, pause=0.1) as progress:
        for text in ("a", "b", "c"):
            progress.show(text)
            while not any(text == each for each, _ in passed):
                progress.show(text)
                await asyncio.sleep(0.01)
        progress.show("too late")
    texts = list(dict.fromkeys(text for text, _ in passed))
    assert texts == ["a", "b", "c"]
    times = [moment for _, moment in passed]
    assert all(after - before >= 0.09 for before, after in pairwise(times))
    first = {text: next(moment for each, moment in passed if each == text) for text in texts}
    assert first["c"] - first["b"] >= 0.29
