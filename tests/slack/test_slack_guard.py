"""What is not Slack's, or cannot be read, is refused before anything looks into it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from slack_workspace import FORM, SECRET, Start, Workspace, mention, signature

from api.server_settings import ServerSettings
from api.slack import open_slack
from corpus.errors import UsageError
from tests.api.scripted_tutor import ScriptedTutor

CHALLENGE = json.dumps({"type": "url_verification", "challenge": "c-42"}).encode()
HELLO = json.dumps({"type": "event_callback", "event": mention("秘密的问题")}).encode()


async def test_the_address_is_verified_as_slack_asks(space: Workspace) -> None:
    response = await space.post(CHALLENGE)
    assert (response.status_code, response.json()) == (200, {"challenge": "c-42"})


@pytest.mark.parametrize("timestamp", ["abc", "-1", "1e9", "١٢٣".encode(), "9" * 40])
async def test_a_timestamp_that_is_no_number_is_refused(
    space: Workspace, timestamp: str | bytes
) -> None:
    response = await space.post(CHALLENGE, x_slack_request_timestamp=timestamp)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid_body"


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_a_signature_of_six_minutes_ago_or_ahead_is_refused(
    space: Workspace, minutes: int
) -> None:
    then = str(int(time.time()) + 60 * minutes)
    response = await space.post(
        CHALLENGE, x_slack_request_timestamp=then, x_slack_signature=signature(CHALLENGE, then)
    )
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "signature_invalid"


@pytest.mark.parametrize("forged", ["v0=é".encode(), "v0=" + "0" * 64, "v0=", "", "v1=" + "0" * 64])
async def test_a_signature_that_is_not_slacks_is_refused(
    space: Workspace, forged: str | bytes
) -> None:
    response = await space.post(CHALLENGE, x_slack_signature=forged)
    assert response.status_code == 401
    assert response.json()["error"]["type"] == "authentication_error"


async def test_a_signature_with_another_secret_is_refused(space: Workspace) -> None:
    now = str(int(time.time()))
    forged = signature(CHALLENGE, now, "another secret")
    response = await space.post(CHALLENGE, x_slack_signature=forged)
    assert response.status_code == 401


async def test_a_request_without_any_signature_is_refused(space: Workspace) -> None:
    response = await space.client.post("/slack/events", content=CHALLENGE)
    assert response.status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b'{"type": "\xff"}',
        b"[1, 2]",
        b'"text"',
        b"null",
        b"",
        b"{",
        b"[" * 50_000,
        b'{"a":' * 50_000,
        b'{"type": 7}',
        b'{"type": "event_callback", "event": []}',
        b'{"type": "event_callback", "event": {"type": 5}}',
        b'{"type": "event_callback", "event": {"type": "message", "channel": 3}}',
        b"{}",
    ],
)
async def test_a_signed_body_that_is_no_message_of_slack_is_refused(
    space: Workspace, body: bytes
) -> None:
    assert (await space.post(body)).status_code == 400


@pytest.mark.parametrize("payload", ["[]", "7", "{", "", "%ff", "{}"])
async def test_a_signed_interaction_that_is_no_object_is_refused(
    space: Workspace, payload: str
) -> None:
    assert (await space.post(f"payload={payload}".encode(), FORM)).status_code == 400


async def test_a_body_that_is_too_large_is_refused_before_it_is_read_to_the_end(
    space: Workspace,
) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while read < 64 << 20:
            read += 1 << 16
            yield b"x" * (1 << 16)

    now = str(int(time.time()))
    headers = {"x-slack-request-timestamp": now, "x-slack-signature": "v0=" + "0" * 64}
    response = await space.client.post("/slack/events", content=endless(), headers=headers)
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message"},
        {"type": "app_mention", "user": {"id": 7}, "channel": {}, "ts": None},
        {"type": "assistant_thread_started", "assistant_thread": {}},
        {"type": "assistant_thread_started"},
        {"type": "app_home_opened", "tab": "messages"},
        {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.1", "text": 7},
        {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.1", "subtype": {}},
        {"type": "reaction_added", "item": {}},
        {"type": ""},
    ],
)
async def test_signed_events_of_an_odd_shape_are_passed_over(
    space: Workspace, event: dict[str, object]
) -> None:
    assert (await space.event(event)).status_code == 200


async def test_the_log_holds_neither_forged_bodies_nor_messages(
    space: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert (await space.post(HELLO, x_slack_signature="v0=" + "0" * 64)).status_code == 401
    await space.event(mention("秘密的问题"))
    await space.event({"type": "some_new_event", "text": "秘密的问题"})
    await space.slack.until(lambda: space.slack.controls("C1"))
    logged = [each.getMessage() for each in caplog.records if not each.name.startswith("aiosqlite")]
    for secret in ("秘密", "\\u79d8", "不用先学完", "\\u4e0d", SECRET, "xoxb-of-a-test"):
        assert not any(secret in line for line in logged)


async def test_refusals_are_in_the_language_of_the_caller(space: Workspace) -> None:
    response = await space.post(CHALLENGE, x_slack_signature="", accept_language="zh-CN")
    assert "签名" in response.json()["error"]["message"]


async def test_without_a_signing_secret_nothing_comes_in_over_http(
    start: Start, tutor: ScriptedTutor
) -> None:
    app_token = {"slack_signing_secret": None, "slack_app_token": "xapp-of-a-test"}
    async with start(tutor, **app_token) as space:
        assert (await space.post(CHALLENGE)).status_code == 401


async def test_the_door_does_not_open_without_credentials(space: Workspace) -> None:
    for given in ({}, {"slack_bot_token": "xoxb"}, {"slack_signing_secret": "s"}):
        bare = replace(space.services, settings=ServerSettings.model_validate(given))
        with pytest.raises(UsageError, match="TUTOR_SLACK_BOT_TOKEN"):
            open_slack(bare)


def test_without_the_libraries_the_door_says_what_to_install() -> None:
    script = """
import sys
sys.modules["slack_bolt"] = None
from types import SimpleNamespace
from api.server_settings import ServerSettings
from api.slack import open_slack
from corpus.errors import UsageError
given = {"slack_bot_token": "xoxb", "slack_signing_secret": "s"}
try:
    open_slack(SimpleNamespace(settings=ServerSettings.model_validate(given)))
except UsageError as error:
    print(error.message.en)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "pip install '.[slack]'" in done.stdout
