"""What whoever runs a server sees of it, and what they do not see."""

from __future__ import annotations

import json
import logging
from typing import Any

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.server_log import JsonFormatter
from tests.api.scripted_tutor import ScriptedTutor
from tests.http.live_server import Serve
from tutor.answer import Answer

SECRET = "一个只有我知道的问题？"


def lines_of(records: list[logging.LogRecord]) -> list[dict[str, Any]]:
    """The records as they are written, one JSON object each."""
    return [json.loads(JsonFormatter().format(record)) for record in records]


def test_every_response_has_the_id_that_the_log_knows_it_by(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "xianhou.http")
    url = serve().url
    made = httpx.get(f"{url}/healthz").headers["x-request-id"]
    given = httpx.get(f"{url}/healthz", headers={"X-Request-ID": "from-a-proxy.1"})
    strange = httpx.get(f"{url}/healthz", headers={"X-Request-ID": 'a" "b'})
    assert given.headers["x-request-id"] == "from-a-proxy.1"
    assert strange.headers["x-request-id"] != 'a" "b'
    logged = [line["request_id"] for line in lines_of(caplog.records) if "request_id" in line]
    assert logged[:2] == [made, "from-a-proxy.1"]


def test_the_log_holds_no_question_unless_that_is_asked_for(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    httpx.post(f"{serve().url}/v1/ask", json={"question": SECRET})
    httpx.get(f"{serve().url}/v1/conversations/{SECRET}")
    own = [line for line in lines_of(caplog.records) if line["logger"].startswith("xianhou")]
    assert len(own) == 2
    assert SECRET not in str(own)
    httpx.post(f"{serve(log_questions=True).url}/v1/ask", json={"question": SECRET})
    assert SECRET in str(lines_of(caplog.records))


def test_an_unforeseen_failure_is_logged_with_its_traceback_and_id(
    serve: Serve, chinese_answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError(SECRET)

    server = serve(ScriptedTutor(chinese_answer, before=fail))
    response = httpx.post(f"{server.url}/v1/ask", json={"question": SECRET})
    (line,) = (line for line in lines_of(caplog.records) if line["level"] == "error")
    assert line["request_id"] == response.headers["x-request-id"]
    assert line["exception"] == "RuntimeError"
    assert "in fail" in line["frames"][-1]
    assert SECRET not in str(line), "an exception may repeat what somebody typed"


def test_figures_count_answers_by_their_outcome_and_name_routes_not_paths(serve: Serve) -> None:
    url = serve().url

    def figure(name: str) -> float:
        text = httpx.get(f"{url}/metrics").text
        return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name))

    answered = 'xianhou_answers_total{outcome="answered"}'
    before = figure(answered)
    httpx.post(f"{url}/v1/ask", json={"question": SECRET})
    httpx.get(f"{url}/v1/conversations/abc")
    assert figure(answered) == before + 1
    assert figure("xianhou_answers_in_progress") == 0
    text = httpx.get(f"{url}/metrics").text
    assert 'route="/v1/conversations/{id}"' in text
    assert "abc" not in text


def test_traces_hold_the_route_and_the_answer_but_no_words(serve: Serve) -> None:
    memory = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(memory))
    trace.set_tracer_provider(provider)
    url = serve().url
    httpx.post(f"{url}/v1/ask", json={"question": SECRET})
    httpx.get(f"{url}/v1/search", params={"q": SECRET})
    spans = {span.name: span for span in memory.get_finished_spans()}
    assert set(spans) == {"POST /v1/ask", "answer"}
    assert spans["answer"].parent is not None
    assert spans["answer"].parent.span_id == spans["POST /v1/ask"].context.span_id
    assert SECRET not in str([dict(span.attributes or {}) for span in spans.values()])
