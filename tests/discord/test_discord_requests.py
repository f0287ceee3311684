"""What is let in at the address for interactions, and what is turned away."""

from __future__ import annotations

import json
import time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from discord_bot import Bot, ask, press

from api.discord.signatures import Signatures
from corpus.errors import UsageError
from corpus.types import Language
from tests.api.scripted_tutor import ScriptedTutor

PING = b'{"type": 1}'


def later(seconds: int) -> str:
    return str(int(time.time()) + seconds)


async def test_a_ping_gets_a_pong(bot: Bot) -> None:
    response = await bot.post(PING)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.json() == {"type": 1}


@pytest.mark.parametrize(
    "signature",
    [None, "", "ab", "ab" * 63, "zz" * 64, "ab" * 64, " " * 128, "é" * 128, "ab" * 65],
    ids=[
        "missing",
        "empty",
        "short",
        "a byte short",
        "no hex",
        "wrong",
        "blank",
        "not ASCII",
        "long",
    ],
)
async def test_a_request_without_a_valid_signature_is_turned_away(
    bot: Bot, signature: str | None
) -> None:
    response = await bot.post(PING, signature=signature)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "signature_invalid"


async def test_hexadecimal_with_blanks_is_no_signature(bot: Bot) -> None:
    timestamp = later(0)
    signature = bot.signature(timestamp, PING)
    spaced = f"{signature[:2]} {signature[2:]}"
    assert (await bot.post(PING, timestamp=timestamp, signature=spaced)).status_code == 401


async def test_an_altered_body_is_turned_away(bot: Bot) -> None:
    timestamp = later(0)
    signature = bot.signature(timestamp, PING)
    for altered in (PING + b" ", b'{"type": 2}', b""):
        response = await bot.post(altered, timestamp=timestamp, signature=signature)
        assert response.status_code == 401


async def test_an_altered_timestamp_is_turned_away(bot: Bot) -> None:
    signature = bot.signature(later(-1), PING)
    assert (await bot.post(PING, timestamp=later(0), signature=signature)).status_code == 401


@pytest.mark.parametrize("seconds", [-360, 360])
async def test_a_signature_of_another_time_is_turned_away(bot: Bot, seconds: int) -> None:
    assert (await bot.post(PING, timestamp=later(seconds))).status_code == 401


@pytest.mark.parametrize("seconds", [-240, 240])
async def test_clocks_may_differ_by_some_minutes(bot: Bot, seconds: int) -> None:
    assert (await bot.post(PING, timestamp=later(seconds))).status_code == 200


@pytest.mark.parametrize("timestamp", ["abc", "-1", "1e9", "9" * 400, "１２３", "é"])
async def test_a_timestamp_that_is_no_number_is_turned_away(bot: Bot, timestamp: str) -> None:
    signature = bot.signature(timestamp, PING)
    sent = timestamp.encode().decode("latin-1")
    assert (await bot.post(PING, timestamp=sent, signature=signature)).status_code == 401


async def test_another_application_s_signature_is_turned_away(bot: Bot) -> None:
    timestamp = later(0)
    foreign = Ed25519PrivateKey.generate().sign(timestamp.encode() + PING).hex()
    assert (await bot.post(PING, timestamp=timestamp, signature=foreign)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe{",
        b"",
        b"{",
        b"[]",
        b"[" * 50_000,
        b'"text"',
        b"null",
        b"NaN",
        b"{}",
        b'{"type": 9}',
        b'{"type": "1"}',
        b'{"type": 4, "id": "1"}',
        b'{"type": 2}',
        b'{"type": 2, "data": {"name": "ask"}, "id": "\\ud800"}',
    ],
)
async def test_what_is_signed_but_no_interaction_is_a_bad_request(bot: Bot, body: bytes) -> None:
    response = await bot.post(body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid_interaction"


@pytest.mark.parametrize(
    "changed",
    [
        {"token": "../../users"},
        {"token": "a/b"},
        {"token": "a?b#c"},
        {"token": ".."},
        {"application_id": "1/2"},
        {"channel_id": "x"},
        {"member": None},
        {"user": {"id": "1"}},
        {"member": {"user": {"id": "somebody"}}},
    ],
)
async def test_ids_and_tokens_that_lead_elsewhere_are_bad_requests(
    bot: Bot, changed: dict[str, object]
) -> None:
    response = await bot.post(json.dumps(ask("学什么？", **changed)).encode())
    assert response.status_code == 400
    assert bot.discord.calls == []


async def test_a_body_that_is_too_large_is_refused(bot: Bot) -> None:
    body = PING + b" " * bot.services.settings.max_body_bytes
    assert (await bot.post(body)).status_code == 413


@pytest.mark.parametrize("question", [None, "", "  ", "？！", "\x00"])
async def test_an_empty_question_is_answered_at_once_and_to_the_asker_only(
    bot: Bot, tutor: ScriptedTutor, question: str | None
) -> None:
    reply = await bot.send(ask(question))
    assert reply["type"] == 4
    assert reply["data"]["flags"] & 64
    assert "问题是空的" in reply["data"]["content"]
    assert tutor.asked == []
    assert bot.discord.calls == []


async def test_errors_are_told_in_the_language_of_the_person_s_discord(bot: Bot) -> None:
    reply = await bot.send(ask("", locale="en-GB"))
    assert "The question is empty" in reply["data"]["content"]
    assert "问题是空的" in (await bot.send(ask("", locale="zh-TW")))["data"]["content"]


async def test_an_overlong_question_is_refused_at_once(bot: Bot) -> None:
    reply = await bot.send(ask("学" * 2001))
    assert "2001 字" in reply["data"]["content"]


async def test_commands_goals_and_buttons_of_another_version_get_a_sentence(bot: Bot) -> None:
    for unknown in (
        ask("学什么？", goal="fame"),
        {**ask("学什么？"), "data": {"name": "dance"}},
        press("dance"),
        press("a" * 100),
        press("dance:" + "0" * 32 + ":" + "0" * 32),
    ):
        reply = await bot.send(unknown)
        assert (reply["type"], reply["data"]["flags"] & 64) == (4, 64)
        assert reply["data"]["content"].startswith("没有这个")


@pytest.mark.parametrize("key", ["", "ab", "zz" * 32, "ab" * 33])
def test_an_unusable_public_key_is_named(key: str) -> None:
    with pytest.raises(UsageError) as failure:
        Signatures(key)
    assert "TUTOR_DISCORD_PUBLIC_KEY" in failure.value.text(Language.ENGLISH)
