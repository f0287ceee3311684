"""The adapter for OpenAI-compatible endpoints, against a server on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import numpy as np
import pytest

from corpus.errors import EmbedderError
from corpus.openai_embedder import OpenAIEmbedder
from corpus.types import Language

Reply = tuple[int, Any]


@dataclass
class Endpoint:
    """A server that answers each request with `reply(request)` and remembers it."""

    url: str
    reply: Callable[[dict[str, Any]], Reply]
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)


def vectors(request: dict[str, Any]) -> Reply:
    """Vectors of four numbers that tell the texts apart, in the wrong order."""
    entries = [
        {"index": i, "object": "embedding", "embedding": [len(text), 1.0, 2.0, 3.0]}
        for i, text in enumerate(request["input"])
    ]
    return 200, {"object": "list", "model": request["model"], "data": entries[::-1]}


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    served = Endpoint("", vectors)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.requests.append(request | {"path": self.path})
            served.keys.append(self.headers["Authorization"])
            status, body = served.reply(request)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("retry-after-ms", "1")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """The server says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield served
        server.shutdown()
        thread.join()


@pytest.fixture
def embedder(endpoint: Endpoint) -> OpenAIEmbedder:
    return OpenAIEmbedder("text-embedding-v4", endpoint.url, "secret", batch_size=2)


class TestVectors:
    def test_a_question_becomes_one_vector_of_length_one(self, embedder: OpenAIEmbedder) -> None:
        vector = embedder.embed_query("四个字啊")

        assert vector.dtype == np.float32
        np.testing.assert_allclose(vector, np.array([4, 1, 2, 3]) / np.sqrt(30), rtol=1e-6)

    def test_rows_are_in_the_order_of_the_texts_over_several_requests(
        self, embedder: OpenAIEmbedder, endpoint: Endpoint
    ) -> None:
        rows = embedder.embed_passages(["a", "bb", "ccc", "dddd", "eeeee"])

        assert rows.shape == (5, 4)
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-6)
        np.testing.assert_allclose(rows[:, 0] / rows[:, 1], [1, 2, 3, 4, 5], rtol=1e-5)
        assert [len(request["input"]) for request in endpoint.requests] == [2, 2, 1]

    def test_no_passages_become_no_rows(self, embedder: OpenAIEmbedder) -> None:
        assert embedder.embed_passages([]).shape == (0, 4)

    def test_the_request_is_plain(self, embedder: OpenAIEmbedder, endpoint: Endpoint) -> None:
        embedder.embed_query("你好")

        assert endpoint.requests == [
            {
                "path": "/v1/embeddings",
                "model": "text-embedding-v4",
                "input": ["你好"],
                "encoding_format": "float",
            }
        ]
        assert endpoint.keys == ["Bearer secret"]

    def test_odd_strings_become_something_that_can_be_sent(
        self, embedder: OpenAIEmbedder, endpoint: Endpoint
    ) -> None:
        embedder.embed_passages(["", "半个\ud83d字"])

        assert endpoint.requests[0]["input"] == [" ", "半个?字"]

    def test_the_key_of_the_environment_is_not_given_away(
        self, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "of another service")
        embedder = OpenAIEmbedder("local", endpoint.url, None)

        embedder.embed_query("你好")

        assert endpoint.keys == ["Bearer none"]


class TestDimension:
    def test_it_is_asked_for_once(self, embedder: OpenAIEmbedder, endpoint: Endpoint) -> None:
        assert (embedder.dimension, embedder.dimension) == (4, 4)
        assert len(endpoint.requests) == 1

    def test_a_given_one_is_asked_of_the_endpoint(self, endpoint: Endpoint) -> None:
        embedder = OpenAIEmbedder("model", endpoint.url, "key", dimensions=4)

        assert embedder.dimension == 4
        assert endpoint.requests == []
        embedder.embed_query("你好")
        assert endpoint.requests[0]["dimensions"] == 4

    def test_an_endpoint_that_ignores_it_is_noticed(self, endpoint: Endpoint) -> None:
        embedder = OpenAIEmbedder("model", endpoint.url, "key", dimensions=3)

        with pytest.raises(EmbedderError, match="not embeddings"):
            embedder.embed_query("你好")


class TestFailures:
    def test_a_busy_endpoint_is_asked_again(
        self, embedder: OpenAIEmbedder, endpoint: Endpoint
    ) -> None:
        answers = iter([(429, {"error": {"message": "slow down"}}), (500, {"error": {}})])
        endpoint.reply = lambda request: next(answers, None) or vectors(request)

        assert embedder.embed_query("你好").shape == (4,)
        assert len(endpoint.requests) == 3

    @pytest.mark.parametrize(
        ("status", "body", "chinese", "english"),
        [
            (401, {"error": {"message": "bad key secret"}}, "密钥", "Check the key"),
            (403, {"error": {"message": "no access"}}, "密钥", "Check the key"),
            (
                404,
                {"error": {"message": "no such model"}},
                "text-embedding-v4",
                "text-embedding-v4",
            ),
            (429, {"error": {"message": "quota"}}, "余额", "Try again later"),
            (400, {"error": {"message": "at most 10 inputs"}}, "at most 10 inputs", "batch size"),
            (500, b"<html>oops</html>", "稍后再试", "HTTP 500"),
            (503, {}, "稍后再试", "HTTP 503"),
        ],
    )
    def test_a_refusal_says_what_to_do(
        self,
        embedder: OpenAIEmbedder,
        endpoint: Endpoint,
        status: int,
        body: Any,
        chinese: str,
        english: str,
    ) -> None:
        endpoint.reply = lambda request: (status, body)

        with pytest.raises(EmbedderError) as failure:
            embedder.embed_query("你好")

        assert chinese in failure.value.text(Language.CHINESE)
        assert english in failure.value.text(Language.ENGLISH)
        assert "secret" not in str(failure.value)

    @pytest.mark.parametrize(
        "body",
        [
            b"<html>Welcome</html>",
            b"",
            b"[]",
            b'"text"',
            {},
            {"data": None},
            {"data": []},
            {"data": [{"index": 0}]},
            {"data": [{"index": 0, "embedding": None}]},
            {"data": [{"index": 0, "embedding": "AAAA"}]},
            {"data": [{"index": 0, "embedding": 1.0}]},
            {"data": [{"index": 0, "embedding": []}]},
            {"data": [{"index": 0, "embedding": [0.0, 0.0]}]},
            {"data": [{"index": 0, "embedding": [float("nan"), 1.0]}]},
            {"data": [{"index": 1, "embedding": [1.0]}]},
            {"data": [{"index": None, "embedding": [1.0]}]},
            {"data": [{"index": 0, "embedding": [1.0]}, {"index": 0, "embedding": [1.0]}]},
        ],
        ids=str,
    )
    def test_an_answer_that_is_no_vector_is_refused(
        self, embedder: OpenAIEmbedder, endpoint: Endpoint, body: Any
    ) -> None:
        endpoint.reply = lambda request: (200, body)

        with pytest.raises(EmbedderError) as failure:
            embedder.embed_query("你好")

        assert "/v1" in failure.value.text(Language.CHINESE)
        assert "OpenAI format" in failure.value.text(Language.ENGLISH)

    def test_vectors_of_different_lengths_are_refused(
        self, embedder: OpenAIEmbedder, endpoint: Endpoint
    ) -> None:
        def longer_each_time(request: dict[str, Any]) -> Reply:
            entry = {"index": 0, "embedding": [1.0] * len(endpoint.requests)}
            return 200, {"data": [entry, entry | {"index": 1}]}

        endpoint.reply = longer_each_time

        with pytest.raises(EmbedderError, match="OpenAI format"):
            embedder.embed_passages(["a", "b", "c", "d"])

    def test_an_endpoint_that_is_not_there_is_named(self) -> None:
        embedder = OpenAIEmbedder("model", "http://127.0.0.1:9/v1", "key")

        with pytest.raises(EmbedderError, match=r"127\.0\.0\.1:9/v1 cannot be reached"):
            embedder.embed_query("你好")


class TestFingerprint:
    def test_it_needs_no_endpoint_and_hides_the_key(self) -> None:
        one = OpenAIEmbedder("model", "http://127.0.0.1:9/v1", "key")
        other = OpenAIEmbedder("model", "http://127.0.0.1:9/v1/", "another key", batch_size=1)

        assert one.fingerprint == other.fingerprint

    def test_it_changes_with_model_endpoint_and_dimensions(self) -> None:
        fingerprints = {
            OpenAIEmbedder("model", "http://127.0.0.1:9/v1", "key").fingerprint,
            OpenAIEmbedder("other", "http://127.0.0.1:9/v1", "key").fingerprint,
            OpenAIEmbedder("model", "http://127.0.0.1:8/v1", "key").fingerprint,
            OpenAIEmbedder("model", "http://127.0.0.1:9/v1", "key", dimensions=4).fingerprint,
        }

        assert len(fingerprints) == 4
