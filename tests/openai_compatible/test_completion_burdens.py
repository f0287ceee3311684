"""Requests that are allowed and heavy: they must not hold anybody else up."""

from __future__ import annotations

import time

import httpx
from completion_material import Serve, key_of

from api.openai_compatible.source_list import without_source_list
from tests.api.scripted_tutor import ScriptedTutor

_LONG = 400_000


def test_taking_a_source_list_off_takes_time_in_proportion_to_the_text() -> None:
    def seconds(text: str) -> float:
        started = time.perf_counter()
        assert without_source_list(text) == text
        return time.perf_counter() - started

    plain = max(seconds("a" * _LONG), 0.001)
    assert seconds("\n" * _LONG) < 100 * plain, "no square of it"


def test_a_conversation_may_have_the_name_of_a_user(serve: Serve, tutor: ScriptedTutor) -> None:
    server = serve(tutor)
    headers = {"Authorization": f"Bearer {key_of(server)}"}
    body = {"model": "xianhou", "messages": [{"role": "user", "content": "要先学数学吗？"}]}
    with httpx.Client(base_url=server.url, headers=headers) as client:
        client.post("/v1/chat/completions", json=body, headers={"X-Conversation-Id": "alice"})
        listed = client.get("/v1/conversations", headers={"X-User-Id": "alice"}).json()
    assert listed["conversations"] == []


def test_more_messages_than_any_conversation_has_are_refused_at_once(
    serve: Serve, tutor: ScriptedTutor
) -> None:
    body = {"model": "xianhou", "messages": [{}] * 100_000}
    response = httpx.post(f"{serve(tutor).url}/v1/chat/completions", json=body)
    assert response.status_code == 422
