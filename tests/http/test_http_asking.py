"""Asking over HTTP: whole answers, streams, and what is kept of them."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from event_reading import events_in, stream
from slow_tutor import SlowTutor

from api.answer_json import answer_object
from corpus.errors import StoreError
from corpus.types import Bilingual
from tests.api.scripted_tutor import ScriptedTutor
from tests.http.live_server import Serve
from tutor.answer import Answer
from tutor.memory.records import StoredTurn
from tutor.memory.store import ConversationStore

QUESTION = {"question": "学深度学习要先学机器学习吗？"}
_SECONDS = 30.0


def test_a_question_without_a_conversation_gets_an_answer_and_leaves_nothing(
    serve: Serve, chinese_answer: Answer
) -> None:
    server = serve()
    reply = httpx.post(f"{server.url}/v1/ask", json=QUESTION).json()
    assert reply["answer"]["text"] == chinese_answer.text
    assert reply["answer"]["citations"] == answer_object(chinese_answer)["citations"]
    assert reply["conversation_id"] is None
    assert reply["message_id"] is None


def test_what_the_learner_sets_reaches_the_tutor(serve: Serve, chinese_answer: Answer) -> None:
    tutor = ScriptedTutor(chinese_answer)
    body = {**QUESTION, "goal": "job", "direction": "vision", "weeks": 8, "hours_per_week": 6.5}
    httpx.post(f"{serve(tutor).url}/v1/ask", json={**body, "language": "en"})
    (_, wishes, _) = tutor.asked[0]
    assert wishes is not None
    assert (wishes.goal, wishes.direction, wishes.weeks) == ("job", "vision", 8)
    assert (wishes.hours_per_week, wishes.language) == (6.5, "en")


def test_a_stream_tells_who_is_understood_then_sources_sentences_answer_done(
    serve: Serve, chinese_answer: Answer
) -> None:
    with httpx.Client(base_url=serve().url) as client:
        events = stream(client, QUESTION)
    names = [event.name for event in events]
    assert names == ["understood", "sources", "sentence", "sentence", "answer", "done"]
    sentences = [event.data for event in events if event.name == "sentence"]
    assert "".join(s["before"] + s["text"] for s in sentences) == "".join(
        s.before + s.text for s in chinese_answer.sentences
    )
    assert events[0].data["learner"]["goal"] == "graduation-project"
    assert events[-1].data == {"outcome": "answered"}


def test_turns_of_a_conversation_are_kept_and_can_be_read_exported_and_erased(
    serve: Serve,
) -> None:
    with httpx.Client(base_url=serve().url) as client:
        begun = client.post("/v1/conversations", json={"language": "zh"})
        assert begun.status_code == 201
        id = begun.json()["id"]
        asked = client.post("/v1/ask", json={**QUESTION, "conversation_id": id}).json()
        streamed = stream(client, {**QUESTION, "conversation_id": id})
        assert asked["conversation_id"] == id
        read = client.get(f"/v1/conversations/{id}").json()
        assert [message["role"] for message in read["messages"]] == ["learner", "tutor"] * 2
        assert read["messages"][1]["id"] == asked["message_id"]
        assert read["messages"][3]["id"] == streamed[-2].data["message_id"]
        (listed,) = client.get("/v1/conversations").json()["conversations"]
        assert (listed["id"], listed["turns"]) == (id, 2)
        exported = client.get(f"/v1/conversations/{id}/export", params={"format": "json"})
        assert len(exported.json()["messages"]) == 4
        markdown = client.get(f"/v1/conversations/{id}/export")
        assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
        assert QUESTION["question"] in markdown.text
        assert client.delete(f"/v1/conversations/{id}").status_code == 204
        assert client.get(f"/v1/conversations/{id}").status_code == 404
        assert client.get("/v1/conversations").json() == {"conversations": [], "next_cursor": None}


def test_the_list_of_conversations_comes_in_pages(serve: Serve) -> None:
    with httpx.Client(base_url=serve().url) as client:
        begun = {client.post("/v1/conversations", json={}).json()["id"] for _ in range(3)}
        first = client.get("/v1/conversations", params={"limit": 2}).json()
        second = client.get(
            "/v1/conversations", params={"limit": 2, "cursor": first["next_cursor"]}
        ).json()
        pages = [each["id"] for page in (first, second) for each in page["conversations"]]
        assert set(pages) == begun
        assert len(pages) == 3


def test_feedback_is_kept_with_its_answer_only(serve: Serve) -> None:
    with httpx.Client(base_url=serve().url) as client:
        id = client.post("/v1/conversations", json={}).json()["id"]
        message = client.post("/v1/ask", json={**QUESTION, "conversation_id": id}).json()
        body = {
            "conversation_id": id,
            "message_id": message["message_id"],
            "kind": "wrong-citation",
            "sentence": "**不用先学完**[1]。",
        }
        assert client.post("/v1/feedback", json=body).status_code == 204
        exported = client.get(f"/v1/conversations/{id}/export", params={"format": "json"}).json()
        assert exported["feedback"][0]["kind"] == "wrong-citation"
        unknown = client.post("/v1/feedback", json={**body, "message_id": "0" * 32})
        assert unknown.status_code == 404


def test_the_learner_can_be_read_changed_and_erased(serve: Serve) -> None:
    with httpx.Client(base_url=serve().url) as client:
        assert client.get("/v1/learner").json() == {"learner": None}
        change = {"goal": "research", "weeks": 20, "background": {"mathematics": "solid"}}
        client.patch("/v1/learner", json=change)
        learner = client.patch("/v1/learner", json={"weeks": None}).json()["learner"]
        assert (learner["goal"], learner["weeks"]) == ("research", None)
        assert learner["background"]["mathematics"] == "solid"
        assert client.get("/v1/learner").json()["learner"] == learner
        assert client.delete("/v1/learner").status_code == 204
        assert client.get("/v1/learner").json() == {"learner": None}


def test_two_turns_at_once_in_one_conversation_are_refused_not_mixed(
    serve: Serve, chinese_answer: Answer
) -> None:
    tutor = SlowTutor(chinese_answer)
    with httpx.Client(base_url=serve(tutor).url) as client, ThreadPoolExecutor(1) as other:
        id = client.post("/v1/conversations", json={}).json()["id"]
        body = {**QUESTION, "conversation_id": id}
        first = other.submit(client.post, "/v1/ask", json=body)
        assert tutor.waiting.wait(_SECONDS)
        second = client.post("/v1/ask", json=body, headers={"Accept-Language": "zh-CN"})
        tutor.go_on.set()
        assert first.result(_SECONDS).status_code == 200
    assert second.status_code == 409
    assert second.json()["error"]["code"] == "conversation_busy"


def test_changes_of_the_profile_at_the_same_time_are_all_kept(serve: Serve) -> None:
    with httpx.Client(base_url=serve().url) as client:
        secret = client.post("/v1/learner").json()["id"]
        headers = {"X-Learner-Id": secret}

        def change(body: dict[str, object]) -> None:
            httpx.patch(f"{client.base_url}/v1/learner", json=body, headers=headers)

        for weeks in range(1, 8):
            both: list[dict[str, object]] = [{"weeks": weeks}, {"hours_per_week": weeks}]
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(change, both))
            learner = client.get("/v1/learner", headers=headers).json()["learner"]
            assert (learner["weeks"], learner["hours_per_week"]) == (weeks, weeks)


def test_a_stream_that_is_left_before_its_first_event_is_broken_off_too(
    serve: Serve, chinese_answer: Answer
) -> None:
    tutor = SlowTutor(chinese_answer, after=0)
    url = serve(tutor).url
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{url}/v1/ask/stream", json=QUESTION, timeout=0.3)
    assert tutor.broken_off.wait(_SECONDS)


def test_a_written_answer_is_kept_even_where_keeping_takes_long(
    serve: Serve, chinese_answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_turn = ConversationStore.add_turn

    async def slowly(*arguments: Any) -> StoredTurn:
        await asyncio.sleep(0.6)
        return await add_turn(*arguments)

    monkeypatch.setattr(ConversationStore, "add_turn", slowly)
    with httpx.Client(base_url=serve(answer_seconds=0.3).url) as client:
        id = client.post("/v1/conversations", json={}).json()["id"]
        reply = client.post("/v1/ask", json={**QUESTION, "conversation_id": id}).json()
        kept = client.get(f"/v1/conversations/{id}").json()["messages"]
    assert kept[1]["id"] == reply["message_id"]


@pytest.mark.parametrize("after", [0, 3])
def test_a_client_that_leaves_ends_the_answer_and_nothing_is_kept(
    serve: Serve, chinese_answer: Answer, after: int
) -> None:
    tutor = SlowTutor(chinese_answer, after=after)
    with httpx.Client(base_url=serve(tutor).url) as client:
        id = client.post("/v1/conversations", json={}).json()["id"]
        body = {**QUESTION, "conversation_id": id}
        if after:
            with client.stream("POST", "/v1/ask/stream", json=body) as response:
                next(iter(events_in(response.iter_lines())))
                assert tutor.waiting.wait(_SECONDS)
        else:
            with pytest.raises(httpx.ReadTimeout):
                client.post("/v1/ask", json=body, timeout=0.3)
        assert tutor.broken_off.wait(_SECONDS)
        assert client.get(f"/v1/conversations/{id}").json()["messages"] == []
        tutor.go_on.set()
        assert client.post("/v1/ask", json=body).status_code == 200, "the conversation is free"


def test_a_failure_before_the_first_event_is_an_ordinary_error(
    serve: Serve, chinese_answer: Answer
) -> None:
    def fail() -> None:
        raise StoreError(Bilingual(zh="读不到索引。", en="The index cannot be read."))

    server = serve(ScriptedTutor(chinese_answer, before=fail))
    response = httpx.post(
        f"{server.url}/v1/ask/stream", json=QUESTION, headers={"Accept-Language": "zh"}
    )
    assert response.status_code == 503
    assert response.json() == {
        "error": {
            "type": "server_error",
            "message": "服务现在读不到或存不了资料。请稍后再试；若一再出现，请告诉管理员。",
            "param": None,
            "code": "store",
        }
    }, "what only the operator can mend is not told to everybody"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StoreError(Bilingual(zh="读不到。", en="Cannot be read.")), "store"),
        (RuntimeError("secret detail"), "internal_error"),
    ],
)
def test_a_failure_in_mid_stream_is_an_event_and_the_stream_still_ends_with_done(
    serve: Serve, chinese_answer: Answer, error: Exception, code: str
) -> None:
    tutor = SlowTutor(chinese_answer, after=3, error=error)
    tutor.go_on.set()
    with httpx.Client(base_url=serve(tutor).url) as client:
        events = stream(client, QUESTION)
    assert [event.name for event in events][-2:] == ["error", "done"]
    assert events[-2].data["error"]["code"] == code
    assert "secret" not in str(events[-2].data)
    assert events[-1].data == {"outcome": "failed"}


def test_an_answer_that_takes_too_long_is_broken_off(serve: Serve, chinese_answer: Answer) -> None:
    tutor = SlowTutor(chinese_answer, after=2)
    with httpx.Client(base_url=serve(tutor, answer_seconds=0.3).url) as client:
        events = stream(client, QUESTION)
    assert events[-2].data["error"]["code"] == "answer_timeout"
    assert tutor.broken_off.is_set()


def test_the_server_finishes_what_it_answers_and_takes_no_more_once_told_to_stop(
    serve: Serve, chinese_answer: Answer
) -> None:
    tutor = SlowTutor(chinese_answer)
    server = serve(tutor)
    with httpx.Client(base_url=server.url) as client, ThreadPoolExecutor(1) as other:
        under_way = other.submit(stream, client, QUESTION)
        assert tutor.waiting.wait(_SECONDS)
        server.loop.call_soon_threadsafe(server.services.desk.begin_draining, 30.0)
        refused = httpx.post(f"{server.url}/v1/ask", json=QUESTION)
        not_ready = httpx.get(f"{server.url}/healthz")
        tutor.go_on.set()
        assert under_way.result(_SECONDS)[-1].data == {"outcome": "answered"}
    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert not_ready.status_code == 200


def test_answers_that_are_not_done_when_the_time_to_stop_is_over_say_so(
    serve: Serve, chinese_answer: Answer
) -> None:
    tutor = SlowTutor(chinese_answer)
    server = serve(tutor)
    with httpx.Client(base_url=server.url) as client, ThreadPoolExecutor(1) as other:
        under_way = other.submit(stream, client, QUESTION)
        assert tutor.waiting.wait(_SECONDS)
        server.loop.call_soon_threadsafe(server.services.desk.begin_draining, 0.0)
        events = under_way.result(_SECONDS)
    assert [event.name for event in events][-2:] == ["error", "done"]
    assert events[-2].data["error"]["code"] == "shutting_down"


def test_more_answers_at_once_than_there_are_places_are_turned_away(
    serve: Serve, chinese_answer: Answer
) -> None:
    tutor = SlowTutor(chinese_answer)
    server = serve(tutor, simultaneous_answers=1)
    with httpx.Client(base_url=server.url) as client, ThreadPoolExecutor(1) as other:
        first = other.submit(client.post, "/v1/ask", json=QUESTION)
        assert tutor.waiting.wait(_SECONDS)
        second = httpx.post(f"{server.url}/v1/ask", json=QUESTION)
        tutor.go_on.set()
        assert first.result(_SECONDS).status_code == 200
    assert second.status_code == 503
    assert second.json()["error"]["code"] == "too_busy"


def test_a_reader_who_does_not_read_holds_nobody_up(serve: Serve, chinese_answer: Answer) -> None:
    server = serve(ScriptedTutor(chinese_answer), simultaneous_answers=1)
    finished = threading.Event()
    with httpx.Client(base_url=server.url) as client:
        for _ in range(5):
            response = client.send(
                client.build_request("POST", "/v1/ask/stream", json=QUESTION), stream=True
            )
            assert response.status_code == 200
            response.close()
        finished.set()
    assert finished.is_set()
