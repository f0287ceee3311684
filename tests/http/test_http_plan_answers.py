"""A plan in an answer over HTTP: whole, in a stream, and kept with the conversation."""

from __future__ import annotations

from dataclasses import replace

import httpx
from event_reading import stream

from api.plan_json import plan_object
from tests.api.plan_examples import FULL
from tests.api.scripted_tutor import ScriptedTutor
from tests.http.live_server import Serve
from tutor.answer import Answer
from tutor.planning.types import ModuleKey

QUESTION = {"question": "我有两周，每周 10 小时，想做毕设"}


def test_an_answer_holds_its_plan_or_null(serve: Serve, chinese_answer: Answer) -> None:
    planned = serve(ScriptedTutor(replace(chinese_answer, plan=FULL)))
    answer = httpx.post(f"{planned.url}/v1/ask", json=QUESTION).json()["answer"]
    assert answer["plan"] == plan_object(FULL)
    assert answer["finished"] == []


def test_a_stream_ends_with_the_plan_and_says_that_it_is_kept(
    serve: Serve, chinese_answer: Answer
) -> None:
    server = serve(ScriptedTutor(replace(chinese_answer, plan=FULL)))
    with httpx.Client(base_url=server.url) as client:
        conversation = client.post("/v1/conversations", json={"language": "zh"}).json()["id"]
        events = stream(client, {**QUESTION, "conversation_id": conversation})
        kept = client.get("/v1/learner/plan").json()
    (last,) = [event.data for event in events if event.name == "answer"]
    assert last["answer"]["plan"] == plan_object(FULL)
    assert [event.name for event in events if event.name == "notice"] == ["notice"]
    assert len(kept["plan"]["weeks"]) == len(FULL.weeks)


def test_what_is_finished_is_named_and_ticked(serve: Serve, chinese_answer: Answer) -> None:
    tutor = ScriptedTutor(replace(chinese_answer, plan=FULL))
    server = serve(tutor)
    with httpx.Client(base_url=server.url) as client:
        conversation = client.post("/v1/conversations", json={"language": "zh"}).json()["id"]
        body = {**QUESTION, "conversation_id": conversation}
        client.post("/v1/ask", json=body)
        done = ModuleKey("d2l", "linear-networks")
        tutor.answer = replace(chinese_answer, finished=(done,))
        answer = client.post("/v1/ask", json=body).json()["answer"]
        progress = client.get("/v1/learner/plan").json()["progress"]
    assert answer["finished"] == ["d2l/linear-networks"]
    assert answer["plan"] is None
    assert [each["part"] for each in progress["finished"]] == ["d2l/linear-networks"]
