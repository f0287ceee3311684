"""The vector store on a Chroma server: a real one, on the loopback interface."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from index_material import (
    HashEmbedder,
    course,
    found_texts,
    own_words,
    perspective,
    put,
    restated,
    state,
)

from corpus.chroma_server import ServerStore
from corpus.errors import StoreError, UsageError
from corpus.index import Index
from corpus.shelves import SHELVES
from corpus.types import Kind

ANSWER = perspective("x", own_words("先学机器学习\n数学边做边补"))
BOOK = course("c", restated("第一周 线性回归"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = "from chromadb.cli.cli import app; app()"
    place = ["--host", "127.0.0.1", "--port", str(port)]
    data = str(tmp_path_factory.mktemp("server"))
    with subprocess.Popen(
        [sys.executable, "-c", command, "run", "--path", data, *place],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        url = f"http://127.0.0.1:{port}"
        wait_for(url)
        yield url
        process.terminate()


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=5).close()
        except urllib.error.URLError:
            assert time.monotonic() < deadline, "the Chroma server does not start"
            time.sleep(0.05)
        else:
            return


def collections(url: str) -> list[str]:
    with ServerStore(url, "nobody")._client() as client:
        return [collection.name for collection in client.list_collections()]


def opened(data: Path, url: str, **options) -> Index:
    return Index.open(data, HashEmbedder(), chroma_url=url, **options)


def test_the_same_is_found_as_in_the_embedded_store(tmp_path: Path, server: str) -> None:
    with (
        opened(tmp_path / "a", server) as remote,
        Index.open(tmp_path / "b", HashEmbedder()) as embedded,
    ):
        for index in (remote, embedded):
            with index.writer() as writer:
                put(writer, "a", ANSWER)
            with index.writer() as writer:
                put(writer, "b", BOOK)
                put(writer, "a", perspective("x", own_words("先学机器学习\n换了一句")))
        assert state(remote) == state(embedded)
        vector = HashEmbedder().embed_query("机器学习")
        expected = [hit.score for hit in embedded.dense(vector, Kind.PERSPECTIVE, 5)]
        found = [hit.score for hit in remote.dense(vector, Kind.PERSPECTIVE, 5)]
        assert found == pytest.approx(expected, abs=1e-5)
    assert not (tmp_path / "a" / "vectors").exists()


def test_two_catalogues_share_a_server(tmp_path: Path, server: str) -> None:
    with opened(tmp_path / "a", server) as first, opened(tmp_path / "b", server) as second:
        with first.writer() as writer:
            put(writer, "a", ANSWER)
        with second.writer() as writer:
            put(writer, "b", BOOK)
        assert len(found_texts(first, "机器学习")["dense"]) == 2
        assert found_texts(first, "线性回归", Kind.COURSE)["dense"] == set()
        assert len(found_texts(second, "线性回归", Kind.COURSE)["dense"]) == 1


def test_vectors_that_the_server_lost_are_rebuilt(tmp_path: Path, server: str) -> None:
    lines = []
    with opened(tmp_path, server) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER, BOOK)
        before = state(index)
        names = index._vector_index._store._names(index._vectors.state().manifest.location)
    with ServerStore(server, "nobody")._client() as client:
        client.delete_collection(names(SHELVES[0]))
    with opened(tmp_path, server, notify=lines.append) as index:
        assert state(index) == before
    assert len(lines) == 1


def test_an_open_reader_outlives_a_rebuild(tmp_path: Path, server: str) -> None:
    with opened(tmp_path, server) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
        before = state(index)
        Index.rebuild(tmp_path, HashEmbedder(), chroma_url=server).close()
        assert state(index) == before
        owner = index._catalogue.owner()
    assert len([name for name in collections(server) if owner in name]) == len(SHELVES)


def test_a_server_that_does_not_answer(tmp_path: Path, server: str) -> None:
    with opened(tmp_path, server) as index, index.writer() as writer:
        put(writer, "a", ANSWER)
    with pytest.raises(StoreError) as caught:
        opened(tmp_path, "http://127.0.0.1:9")
    assert "http://127.0.0.1:9" in caught.value.message.zh
    with opened(tmp_path, server) as index:
        assert len(found_texts(index, "机器学习")["dense"]) == 2


def test_moving_between_a_server_and_the_embedded_store(tmp_path: Path, server: str) -> None:
    with opened(tmp_path, server) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
        before = state(index)
    with Index.open(tmp_path, HashEmbedder()) as index:
        assert state(index) == before
    with opened(tmp_path, server) as index:
        assert state(index) == before


@pytest.mark.parametrize(
    "url", ["localhost:8000", "ftp://host", "http://", "http://[", "http://h:x"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        ServerStore(url, "owner")
    assert url in caught.value.message.zh
