"""Browsing, reading and searching what the tutor answers from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.settings import Settings
from api.wiring import open_rooms
from corpus.types import Kind, Language, Perspective
from tests.api.scripted_tutor import ScriptedTutor
from tests.http.live_server import LiveServer, serving
from tutor.answer import Answer

QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"


@pytest.fixture(scope="module")
def server(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The real tutor over the bundled sources."""
    with open_rooms(Settings(data=indexed)) as rooms:
        data = tmp_path_factory.mktemp("server")
        with serving(rooms.tutor, data, index=rooms.index, embedder=rooms.embedder) as running:
            yield running


@pytest.fixture
def client(server: LiveServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield client


def test_every_citation_of_an_answer_can_be_read_in_its_source(client: httpx.Client) -> None:
    answer = client.post("/v1/ask", json={"question": QUESTION}).json()["answer"]
    assert len(answer["citations"]) > 3
    for citation in answer["citations"]:
        kind = {"perspective": "perspectives", "course": "courses"}[citation["kind"]]
        source = client.get(f"/v1/{kind}/{citation['source_id']}").json()
        assert source["url"] == citation["url"]
        (body,) = (
            text["body"]
            for text in source["texts"]
            if (text["language"], text["verbatim"]) == (citation["language"], citation["verbatim"])
        )
        assert body[citation["start"] : citation["end"]] == citation["quote"]


def test_people_can_be_found_by_what_they_hold(server: LiveServer, client: httpx.Client) -> None:
    wanted = {"topic": "ml-before-dl", "stance": "not-needed", "goal": "graduation-project"}
    found = client.get("/v1/perspectives", params=wanted).json()
    expected = {
        source.id
        for source in server.services.index.sources(kind=Kind.PERSPECTIVE)
        if isinstance(source, Perspective)
        and any(
            (p.topic, p.stance) == ("ml-before-dl", "not-needed")
            and "graduation-project" in p.goals
            for p in source.positions
        )
    }
    assert expected
    assert {each["id"] for each in found["perspectives"]} == expected
    assert found["total"] == len(expected)


def test_an_author_is_found_by_a_part_of_the_name(client: httpx.Client) -> None:
    (found,) = client.get("/v1/perspectives", params={"author": "王大鹏"}).json()["perspectives"]
    assert found["author"] == "精神抖擞王大鹏"
    assert found["url"].startswith("https://www.zhihu.com/")


def test_pages_of_a_list_make_up_the_whole(client: httpx.Client) -> None:
    whole = client.get("/v1/courses", params={"limit": 100}).json()
    pages = [
        client.get("/v1/courses", params={"limit": 10, "offset": offset}).json()["courses"]
        for offset in range(0, whole["total"], 10)
    ]
    assert [each for page in pages for each in page] == whole["courses"]


def test_courses_are_those_that_people_who_speak_about_a_topic_name(client: httpx.Client) -> None:
    named = client.get("/v1/courses", params={"topic": "ml-before-dl"}).json()["courses"]
    assert 0 < len(named) < client.get("/v1/courses").json()["total"]
    assert all(course["named_by"] for course in named)


def test_a_search_finds_passages_with_their_places(
    server: LiveServer, client: httpx.Client
) -> None:
    passages = client.get("/v1/search", params={"q": QUESTION, "limit": 5}).json()["passages"]
    assert len(passages) == 5
    assert [p["score"] for p in passages] == sorted((p["score"] for p in passages), reverse=True)
    for passage in passages:
        body = server.services.index.text(
            passage["source_id"], Language(passage["language"]), passage["verbatim"]
        )
        assert body is not None
        assert body[passage["start"] : passage["end"]] == passage["text"]
    courses = client.get("/v1/search", params={"q": "反向传播", "kind": "course"}).json()
    assert {passage["kind"] for passage in courses["passages"]} == {"course"}


@pytest.mark.parametrize("words", ["\0", "？！", "a\0b", "'; DROP TABLE--", '"OR*NEAR('])
def test_strange_searches_find_something_or_nothing(client: httpx.Client, words: str) -> None:
    assert client.get("/v1/search", params={"q": words}).status_code == 200


def test_an_unknown_source_says_where_to_look(client: httpx.Client) -> None:
    for kind in ("perspectives", "courses"):
        response = client.get(f"/v1/{kind}/nobody", headers={"Accept-Language": "zh"})
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "source_not_found"
        assert "/v1/perspectives" in response.json()["error"]["message"]


def test_every_id_has_a_name_in_both_languages(client: httpx.Client) -> None:
    vocabulary = client.get("/v1/vocabulary").json()
    assert {"id": "job", "zh": "找工作", "en": "getting a job"} in vocabulary["goals"]
    for entries in vocabulary.values():
        assert all(entry["zh"] and entry["en"] for entry in entries)
    assert all(len(topic["stances"]) == 4 for topic in vocabulary["topics"])


def test_a_stopping_or_broken_server_is_not_ready(
    server: LiveServer, client: httpx.Client, tmp_path: Path, chinese_answer: Answer
) -> None:
    assert client.get("/readyz").json()["status"] == "ok"
    index = server.services.index
    with serving(ScriptedTutor(chinese_answer), tmp_path, index=index) as stopping:
        stopping.loop.call_soon_threadsafe(stopping.services.desk.begin_draining, 30.0)
        response = httpx.get(f"{stopping.url}/readyz")
        assert response.status_code == 503
        assert response.json()["checks"]["server"] == "draining"
