"""The endpoint as any HTTP client sees it, with all that may be wrong with a request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from completion_material import (
    QUESTION,
    EndlessTutor,
    FailingTutor,
    Serve,
    asked,
    chinese_answer,
    error_of,
    key_of,
)

from api.errors import too_busy
from api.settings import Settings
from api.wiring import open_tutor
from corpus.errors import StoreError
from corpus.types import Bilingual, Goal
from tests.api.scripted_tutor import ScriptedTutor
from tests.http.live_server import LiveServer
from tutor.answer import Usage
from tutor.conversation import NEW_CONVERSATION

CHAT = "/v1/chat/completions"
INVALID = "invalid_request_error"


def chunks_of(text: str) -> list[dict[str, Any]]:
    """The objects of a stream that ended as it should."""
    *lines, last = [line for line in text.split("\n\n") if line]
    assert last == "data: [DONE]"
    return [json.loads(line.removeprefix("data: ")) for line in lines]


def content_of(chunks: list[dict[str, Any]]) -> str:
    return "".join(
        choice["delta"].get("content", "") for chunk in chunks for choice in chunk["choices"]
    )


# What is answered


def test_there_is_one_model(http: httpx.Client) -> None:
    (model,) = http.get("/v1/models").json()["data"]
    assert model["id"] == "xianhou"
    assert http.get("/v1/models/xianhou").json() == model


def test_an_unknown_model_is_not_found(http: httpx.Client) -> None:
    for reply in (
        http.get("/v1/models/gpt-4o"),
        http.post(CHAT, json=asked(QUESTION) | {"model": "gpt-4o"}),
    ):
        assert reply.status_code == 404
        assert error_of(reply.json()) == (INVALID, "model", "model_not_found")
        assert "gpt-4o" in reply.json()["error"]["message"]
        assert "xianhou" in reply.json()["error"]["message"]


def test_a_completion_has_the_answer_its_sources_and_annotations(http: httpx.Client) -> None:
    whole = http.post(CHAT, json=asked(QUESTION)).json()
    assert whole["object"] == "chat.completion"
    assert whole["model"] == "xianhou"
    (choice,) = whole["choices"]
    assert choice["finish_reason"] == "stop"
    content = choice["message"]["content"]
    assert content.startswith(chinese_answer().text)
    assert "**来源**" in content
    marks = [each["url_citation"] for each in choice["message"]["annotations"]]
    assert {content[each["start_index"] : each["end_index"]] for each in marks} == {"[1]", "[2]"}
    assert [each["quote"] for each in whole["sources"]] == [
        each.quote for each in chinese_answer().citations
    ]


def test_a_stream_has_the_same_text_sentence_by_sentence(http: httpx.Client) -> None:
    whole = http.post(CHAT, json=asked(QUESTION)).json()
    reply = http.post(CHAT, json=asked(QUESTION, stream=True))
    assert reply.headers["content-type"].startswith("text/event-stream")
    chunks = chunks_of(reply.text)
    assert content_of(chunks) == whole["choices"][0]["message"]["content"]
    assert len(chunks) == 1 + len(chinese_answer().sentences) + 1 + 1  # role, list of sources, stop
    assert chunks[0]["choices"][0]["delta"]["role"] == "assistant"
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-2]["sources"] == whole["sources"]
    annotations = chunks[-2]["choices"][0]["delta"]["annotations"]
    assert annotations == whole["choices"][0]["message"]["annotations"]
    assert len({(chunk["id"], chunk["created"], chunk["object"]) for chunk in chunks}) == 1


def test_usage_is_told_at_the_end_of_a_stream_where_it_is_asked_for(http: httpx.Client) -> None:
    body = asked(QUESTION, stream=True, stream_options={"include_usage": True})
    *others, last = chunks_of(http.post(CHAT, json=body).text)
    assert last["choices"] == []
    assert last["usage"] == http.post(CHAT, json=asked(QUESTION)).json()["usage"]
    assert last["usage"]["prompt_tokens"] > len(QUESTION) / 2
    assert not any("usage" in chunk for chunk in others)


def test_the_tokens_of_a_language_model_are_its_own(serve: Serve) -> None:
    written = replace(chinese_answer(), usage=Usage(calls=2, input_tokens=1200, output_tokens=300))
    server = serve(ScriptedTutor(written))
    usage = httpx.post(server.url + CHAT, json=asked(QUESTION)).json()["usage"]
    assert usage == {"prompt_tokens": 1200, "completion_tokens": 300, "total_tokens": 1500}


def test_parameters_that_mean_nothing_here_are_ignored(
    http: httpx.Client, tutor: ScriptedTutor
) -> None:
    body = asked(
        QUESTION,
        n=1,
        stream=None,
        stream_options=None,
        temperature=0.2,
        top_p=1,
        presence_penalty=0,
        frequency_penalty=0,
        max_tokens=5,
        user="someone",
        tools=[{"type": "function", "function": {"name": "f"}}],
        response_format={"type": "json_object"},
        no_such_parameter={"deeply": ["nested"]},
    )
    assert http.post(CHAT, json=body).status_code == 200
    assert [question for question, _, _ in tutor.asked] == [QUESTION]


# What went before


def test_earlier_messages_are_the_conversation(http: httpx.Client, tutor: ScriptedTutor) -> None:
    first = http.post(CHAT, json=asked(QUESTION)).json()["choices"][0]["message"]["content"]
    http.post(CHAT, json=asked(QUESTION, first, "那数学呢？"))
    question, _, conversation = tutor.asked[-1]
    assert question == "那数学呢？"
    (turn,) = conversation.turns
    assert (turn.question, turn.answer) == (QUESTION, chinese_answer().text)
    assert conversation.learner is not None
    assert conversation.learner.goal is Goal.GRADUATION_PROJECT


@pytest.mark.parametrize("header", ["X-Conversation-Id", "X-OpenWebUI-Chat-Id"])
def test_a_conversation_that_the_client_names_is_kept_for_its_user(
    server: LiveServer, http: httpx.Client, tutor: ScriptedTutor, key: str, header: str
) -> None:
    headers = {"Authorization": f"Bearer {key}", header: "chat-1", "X-OpenWebUI-User-Id": "anna"}
    http.post(CHAT, json=asked(QUESTION), headers=headers)
    http.post(CHAT, json=asked("ignored", "also", "那数学呢？"), headers=headers)
    assert [turn.question for turn in tutor.asked[-1][2].turns] == [QUESTION]
    named = {"Authorization": f"Bearer {key}", "X-User-Id": "anna"}
    (kept,) = http.get("/v1/conversations", headers=named).json()["conversations"]
    assert kept["turns"] == 2
    assert kept["language"] == "zh"


def test_the_same_name_of_another_user_is_another_conversation(
    http: httpx.Client, tutor: ScriptedTutor, key: str
) -> None:
    for user in ("anna", "ben"):
        http.post(
            CHAT,
            json=asked(QUESTION),
            headers={
                "Authorization": f"Bearer {key}",
                "X-Conversation-Id": "chat-1",
                "X-User-Id": user,
            },
        )
        assert tutor.asked[-1][2] == NEW_CONVERSATION


def test_without_a_user_what_is_known_from_one_conversation_stays_in_it(
    http: httpx.Client, tutor: ScriptedTutor, key: str
) -> None:
    for conversation in ("chat-1", "chat-2", "chat-1"):
        headers = {"Authorization": f"Bearer {key}", "X-Conversation-Id": conversation}
        http.post(CHAT, json=asked(QUESTION), headers=headers)
    known = [conversation.learner is not None for _, _, conversation in tutor.asked]
    assert known == [False, False, True]
    erased = {"Authorization": f"Bearer {key}", "X-User-Id": "conversation:chat-1"}
    assert http.delete("/v1/learner", headers=erased).status_code == 204
    http.post(
        CHAT,
        json=asked(QUESTION),
        headers={"Authorization": f"Bearer {key}", "X-Conversation-Id": "chat-1"},
    )
    assert tutor.asked[-1][2] == NEW_CONVERSATION


@pytest.mark.parametrize(
    "name",
    [
        *("", "new", "NEW", "null", "{{CHAT_ID}}", "{{LIBRECHAT_BODY_CONVERSATIONID}}"),
        *("local:abc", "x" * 201, "x" * 20_000),
    ],
)
def test_a_name_that_names_nothing_keeps_nothing(
    http: httpx.Client, tutor: ScriptedTutor, key: str, name: str
) -> None:
    headers = {
        "Authorization": f"Bearer {key}",
        "X-Conversation-Id": name,
        "X-OpenWebUI-User-Id": "{{USER_ID}}",
    }
    for _ in range(2):
        assert http.post(CHAT, json=asked(QUESTION), headers=headers).status_code == 200
    assert tutor.asked[-1][2] == NEW_CONVERSATION
    assert http.get("/v1/conversations", headers=headers).json()["conversations"] == []


def test_nobody_names_a_conversation_without_a_key(
    http: httpx.Client, tutor: ScriptedTutor
) -> None:
    headers = {"X-Conversation-Id": "chat-1", "X-User-Id": "anna"}
    for _ in range(2):
        assert http.post(CHAT, json=asked(QUESTION), headers=headers).status_code == 200
    assert tutor.asked[-1][2] == NEW_CONVERSATION


@pytest.mark.parametrize(
    "value", [b"'; DROP TABLE learners; --", b"\xff\xfe\x80", b"../../etc/passwd", b"%00", b"a,b;c"]
)
def test_a_hostile_name_is_only_a_name(
    http: httpx.Client, tutor: ScriptedTutor, key: str, value: bytes
) -> None:
    headers = [
        (b"Authorization", b"Bearer " + key.encode()),
        (b"X-Conversation-Id", value),
        (b"X-OpenWebUI-User-Id", value),
        (b"X-OpenWebUI-Task", value),
    ]
    for _ in range(2):
        assert http.post(CHAT, json=asked(QUESTION), headers=headers).status_code == 200
    assert [turn.question for turn in tutor.asked[-1][2].turns] == [QUESTION]


# Tasks


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("header", ["X-Task", "X-OpenWebUI-Task"])
def test_a_task_is_answered_without_the_tutor_and_kept_nowhere(
    http: httpx.Client, tutor: ScriptedTutor, key: str, header: str, stream: bool
) -> None:
    headers = {
        "Authorization": f"Bearer {key}",
        header: "title_generation",
        "X-OpenWebUI-Chat-Id": "chat-1",
    }
    reply = http.post(CHAT, json=asked(f"USER: {QUESTION}", stream=stream), headers=headers)
    content = (
        content_of(chunks_of(reply.text))
        if stream
        else reply.json()["choices"][0]["message"]["content"]
    )
    assert json.loads(content) == {"title": QUESTION}
    assert tutor.asked == []
    assert http.get("/v1/conversations", headers=headers).json()["conversations"] == []


# What is wrong


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{"role": "system", "content": "x"}],
        [{"role": "user", "content": "一？"}, {"role": "assistant", "content": "二。"}],
        [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}],
        [{"role": "user", "content": None}],
        [{"role": "user"}],
        [{"role": "user", "content": [[]]}],
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_messages_without_a_question_are_refused_by_name(
    http: httpx.Client, messages: list[Any], stream: bool
) -> None:
    body = {"model": "xianhou", "messages": messages, "stream": stream}
    english = http.post(CHAT, json=body)
    chinese = http.post(CHAT, json=body, headers={"Accept-Language": "zh-CN"})
    assert english.status_code == chinese.status_code == 400
    assert error_of(english.json())[:2] == (INVALID, "messages")
    assert english.json()["error"]["message"] != chinese.json()["error"]["message"]


@pytest.mark.parametrize("question", ["", "   ", "\0", "？？", "长" * 2001])
def test_a_question_that_is_none_is_refused(serve: Serve, indexed: Path, question: str) -> None:
    with open_tutor(Settings(data=indexed)) as tutor:
        reply = httpx.post(serve(tutor).url + CHAT, json=asked(question, stream=True), timeout=60)
    assert reply.status_code == 400
    assert error_of(reply.json())[0] == INVALID


def test_more_than_one_answer_is_refused(http: httpx.Client) -> None:
    reply = http.post(CHAT, json=asked(QUESTION, n=3))
    assert reply.status_code == 400
    assert error_of(reply.json())[:2] == (INVALID, "n")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "model"),
        ({"model": "xianhou"}, "messages"),
        ({"model": "xianhou", "messages": "hi"}, "messages"),
        ({"model": "xianhou", "messages": [7]}, "messages.0"),
        ({"model": "xianhou", "messages": [{"content": "x"}]}, "messages.0.role"),
        ({"model": 7, "messages": []}, "model"),
        (asked(QUESTION, stream="perhaps"), "stream"),
        (asked(QUESTION, stream_options=[]), "stream_options"),
        (asked(QUESTION, n=1.5), "n"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(
    http: httpx.Client, body: dict[str, Any], field: str
) -> None:
    reply = http.post(CHAT, json=body)
    assert reply.status_code == 422
    assert error_of(reply.json()) == (INVALID, field, "invalid_body")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 50_000,
        b'{"model": "xianhou", "messages": ' + b"[" * 50_000,
        b"\xff\xfe{}",
        b'"xianhou"',
        b"null",
    ],
)
def test_a_body_that_is_no_request_is_refused(http: httpx.Client, content: bytes) -> None:
    reply = http.post(CHAT, content=content, headers={"Content-Type": "application/json"})
    assert reply.status_code in (400, 422)
    assert error_of(reply.json())[0] == INVALID


@pytest.mark.parametrize("text", [r"\ud800", r"\udc00\ud800", r"要学\u0000数学吗？", "[" * 50_000])
def test_strange_characters_reach_the_tutor_as_text(
    http: httpx.Client, tutor: ScriptedTutor, text: str
) -> None:
    body = '{"model": "xianhou", "messages": [{"role": "user", "content": "要学数学吗？%s"}]}'
    headers = {"Content-Type": "application/json"}
    reply = http.post(CHAT, content=(body % text).encode(), headers=headers)
    assert reply.status_code == 200
    assert tutor.asked[-1][0].encode()


def test_a_lone_surrogate_in_the_name_of_the_model_is_refused(http: httpx.Client) -> None:
    body = rb'{"model": "\ud800", "messages": [{"role": "user", "content": "x"}]}'
    reply = http.post(CHAT, content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code in (404, 422)
    assert error_of(reply.json())[:2] == (INVALID, "model")


def test_errors_of_the_framework_have_the_same_shape(http: httpx.Client) -> None:
    assert error_of(http.get(CHAT).json()) == (INVALID, None, "method_not_allowed")
    assert error_of(http.post("/v1/completions", json={}).json())[0] == INVALID


@pytest.mark.parametrize("path", [CHAT, "/v1/models", "/v1/models/xianhou"])
def test_a_bad_key_is_refused(http: httpx.Client, path: str, tutor: ScriptedTutor) -> None:
    headers = {"Authorization": "Bearer xh_0000000000000000_not-a-key"}
    method = "POST" if path == CHAT else "GET"
    body = asked(QUESTION) if path == CHAT else None
    reply = http.request(method, path, json=body, headers=headers)
    assert reply.status_code == 401
    assert error_of(reply.json()) == ("authentication_error", None, "key_invalid")
    assert tutor.asked == []


@pytest.fixture
def busy(serve: Serve) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=serve(FailingTutor(0, too_busy())).url) as client:
        yield client


@pytest.mark.parametrize("stream", [False, True])
def test_a_failure_before_the_first_word_is_an_ordinary_error(
    busy: httpx.Client, stream: bool
) -> None:
    reply = busy.post(CHAT, json=asked(QUESTION, stream=stream))
    assert reply.status_code == 503
    assert int(reply.headers["Retry-After"]) > 0
    assert error_of(reply.json()) == ("server_error", None, "too_busy")


@pytest.mark.parametrize(
    "error", [StoreError(Bilingual(zh="坏了。", en="It broke.")), RuntimeError("secret path")]
)
def test_a_failure_in_a_stream_ends_it_with_an_error_and_without_its_end_mark(
    serve: Serve, error: Exception
) -> None:
    server = serve(FailingTutor(3, error))
    text = httpx.post(server.url + CHAT, json=asked(QUESTION, stream=True)).text
    *_, sentence, last = [line for line in text.split("\n\n") if line]
    assert "不用先学完" in sentence
    assert error_of(json.loads(last.removeprefix("data: ")))[0] == "server_error"
    assert "secret" not in text
    assert "[DONE]" not in text


def test_a_second_turn_at_once_in_one_conversation_is_refused(serve: Serve) -> None:
    server = serve(EndlessTutor())
    headers = {"Authorization": f"Bearer {key_of(server)}", "X-Conversation-Id": "chat-1"}
    body = asked(QUESTION, stream=True)
    with (
        httpx.Client(base_url=server.url, headers=headers) as client,
        client.stream("POST", CHAT, json=body) as first,
    ):
        assert first.status_code == 200
        second = client.post(CHAT, json=body)
    assert second.status_code == 409
    assert error_of(second.json()) == (INVALID, None, "conversation_busy")


@pytest.mark.parametrize("stream", [True, False])
def test_an_answer_is_broken_off_when_the_client_leaves(serve: Serve, stream: bool) -> None:
    tutor = EndlessTutor()
    server = serve(tutor)
    with httpx.Client(timeout=httpx.Timeout(30, read=1.0)) as client:
        if stream:
            with client.stream("POST", server.url + CHAT, json=asked(QUESTION, stream=True)) as on:
                received = ""
                for piece in on.iter_text():
                    received += piece
                    if "不用先学完" in received:
                        break
        else:
            with pytest.raises(httpx.ReadTimeout):
                client.post(server.url + CHAT, json=asked(QUESTION))
    assert tutor.broken_off.wait(20)
