"""Bad input is somebody's real input: a clear error, nothing stored, never a crash."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.http.live_server import Serve

JSON = {"Content-Type": "application/json"}
QUESTION = "学深度学习要先学机器学习吗？"


@pytest.fixture
def client(serve: Serve) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=serve().url) as client:
        yield client


def error_of(response: httpx.Response) -> dict[str, Any]:
    """The error, in the one shape that all have."""
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"type", "message", "param", "code"}
    assert body["error"]["message"]
    assert response.headers["x-request-id"]
    error: dict[str, Any] = body["error"]
    return error


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[" * 50_000,
        b'{"question": ' + b"[" * 50_000,
        b'{"question": "\xff\xfe"}',
        b"null",
        b"[]",
        b'"text"',
        b'{"question": null}',
        b'{"question": 5}',
        b'{"question": ["a"]}',
        b"{}",
        b'{"question": "x", "weeks": NaN}',
        b'{"question": "x", "weeks": Infinity}',
        b'{"question": "x", "weeks": 1e999}',
        b'{"question": "x", "weeks": -1}',
        b'{"question": "x", "weeks": "many"}',
        b'{"question": "x", "goal": "fame"}',
        b'{"question": "x", "goal": ["job"]}',
        b'{"question": "x", "language": "fr"}',
        b'{"question": "x", "unknown": 1}',
        b'{"question": "x", "\\ud800": 1}',
        b'{"question": "half of a pair: \\ud83d"}',
        b'{"question": "x", "conversation_id": 7}',
        b'{"question": "x", "conversation_id": "' + b"0" * 100 + b'"}',
        json.dumps({"question": "长" * 30_000}).encode(),
    ],
)
def test_a_body_that_is_not_a_question_is_refused(client: httpx.Client, body: bytes) -> None:
    for path in ("/v1/ask", "/v1/ask/stream"):
        response = client.post(path, content=body, headers=JSON)
        assert response.status_code in (400, 422), response.text
        assert error_of(response)["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    "question", ['"a\\u0000b 深度学习"', '"\\u202e深度"', '"\\udb40\\udc41深"']
)
def test_characters_that_no_person_typed_do_no_harm(client: httpx.Client, question: str) -> None:
    id = client.post("/v1/conversations", json={}).json()["id"]
    body = f'{{"question": {question}, "conversation_id": "{id}"}}'
    response = client.post("/v1/ask", content=body.encode(), headers=JSON)
    assert response.status_code == 200, response.text
    assert client.get(f"/v1/conversations/{id}").status_code == 200
    assert client.get(f"/v1/conversations/{id}/export").status_code == 200


def test_what_is_wrong_is_said_in_the_language_of_the_caller(client: httpx.Client) -> None:
    body = {"question": QUESTION, "goal": "fame"}
    chinese = client.post("/v1/ask", json=body, headers={"Accept-Language": "zh-CN,en;q=0.5"})
    english = client.post("/v1/ask", json=body, headers={"Accept-Language": "fr, en;q=0.3"})
    assert error_of(chinese)["param"] == error_of(english)["param"] == "goal"
    assert "只能是" in error_of(chinese)["message"]
    assert "graduation-project" in error_of(english)["message"]


def test_too_large_a_body_is_refused_declared_or_not(serve: Serve) -> None:
    url = serve(max_body_bytes=2000).url
    large = json.dumps({"question": "a" * 5000}).encode()
    declared = httpx.post(f"{url}/v1/ask", content=large, headers=JSON)
    chunked = httpx.post(f"{url}/v1/ask", content=iter([large[:100], large[100:]]), headers=JSON)
    for response in (declared, chunked):
        assert response.status_code == 413
        assert error_of(response)["code"] == "too_large"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/ask", 405),
        ("GET", "/v1/conversations/0", 404),
        ("GET", "/v1/conversations/" + "%00" * 5, 404),
        ("GET", "/v1/conversations/" + "x" * 70, 422),
        ("GET", "/v1/conversations?limit=0", 422),
        ("GET", "/v1/conversations?cursor=nonsense", 400),
        ("DELETE", "/v1/conversations/0", 404),
    ],
)
def test_addresses_that_lead_nowhere_get_the_same_kind_of_error(
    client: httpx.Client, method: str, path: str, status: int
) -> None:
    client.post("/v1/conversations", json={})
    response = client.request(method, path)
    assert response.status_code == status, response.text
    error_of(response)


def test_nonsense_on_the_wire_does_not_stop_the_server(client: httpx.Client) -> None:
    host, port = client.base_url.host, client.base_url.port
    assert port is not None
    for garbage in (b"\x16\x03\x01\x00", b"POST /v1/ask HTTP/1.1\r\nContent-Length: 99\r\n\r\n{"):
        with socket.create_connection((host, port)) as connection:
            connection.sendall(garbage)
    assert client.get("/healthz").json()["status"] == "ok"


def test_the_answer_to_a_failure_tells_nothing_of_the_inside(
    serve: Serve, chinese_answer: Any
) -> None:
    from tests.api.scripted_tutor import ScriptedTutor

    def fail() -> None:
        raise RuntimeError("/srv/secret/path")

    server = serve(ScriptedTutor(chinese_answer, before=fail))
    response = httpx.post(f"{server.url}/v1/ask", json={"question": QUESTION})
    assert response.status_code == 500
    assert "secret" not in response.text
    assert error_of(response)["code"] == "internal_error"
