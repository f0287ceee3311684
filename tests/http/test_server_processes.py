"""Servers as they run: several workers, programs beside them, and everything that can stop them."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from event_reading import Received, events_in
from holding_model import ENDLESS, QUESTION, SLOWLY, holding_model
from server_process import SECONDS, ServerProcess, wait_until
from typer.testing import CliRunner

from api.memory import open_memory
from api.settings import Settings
from tests.api.model_server import configured
from tests.data_directories import copied_data
from tests.tutor.openai_stub import OpenAIStub
from tutor.memory.lease import LEASE_SECONDS

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="signals and limits as POSIX has them"),
    pytest.mark.timeout(240),
]

DATABASE = "conversations.sqlite"
KEY_RATE = 12
IDLE = 200

Start = Callable[..., ServerProcess]

DOCUMENT = """\
---
id: shen-yi-tide-tables
author: 沈一潮
author_aliases: []
platform: forum
url: https://forum.example.org/t/977
question: {zh: 学看潮汐表要多久？, en: How long does it take to read tide tables?}
title: {zh: 先去码头, en: Go to the harbour first}
published: 2026-03
votes: unknown
language: zh
read: whole
positions:
  - topic: study-order
    stance: not-needed
    goals: []
    says: {zh: 先去码头看三天潮水，再翻潮汐表, en: Watch the tide for three days first}
paths: []
resources: []
---
# 中文
沈一潮认为先去码头看三天潮水，再翻潮汐表，就知道每个数字在说什么。
# English
沈一潮 thinks one should watch the tide at the harbour for three days first, and open the tide
tables after that, because then each number says something.
"""


@pytest.fixture(scope="module")
def model() -> Iterator[OpenAIStub]:
    with holding_model() as stub:
        yield stub


@pytest.fixture(scope="module")
def data(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the two workers answer from."""
    return copied_data(indexed, tmp_path_factory.mktemp("two") / "data")


@pytest.fixture(scope="module")
def two(data: Path, model: OpenAIStub) -> Iterator[ServerProcess]:
    """Two workers at one address."""
    settings = configured(model) | {"TUTOR_KEY_RATE": str(KEY_RATE)}
    with ServerProcess(data, workers=2, **settings) as server:
        yield server


@contextmanager
def client_of_each_worker(server: ServerProcess, **headers: str) -> Iterator[list[httpx.Client]]:
    """Two clients, each with an open connection to another worker."""
    with ExitStack() as stack:
        clients: dict[int, httpx.Client] = {}
        while len(clients) < 2:
            client = httpx.Client(base_url=server.url, headers=headers, timeout=SECONDS)
            stack.enter_context(client)
            clients.setdefault(server.worker_of(client.get("/healthz")), client)
        yield list(clients.values())


def learner(server: ServerProcess) -> dict[str, str]:
    """The header of a learner who is new here."""
    return {"X-Learner-Id": httpx.post(f"{server.url}/v1/learner").json()["id"]}


def begun(server: ServerProcess, headers: dict[str, str]) -> str:
    """A new conversation."""
    url = f"{server.url}/v1/conversations"
    id: str = httpx.post(url, json={}, headers=headers).json()["id"]
    return id


def said(server: ServerProcess, id: str, headers: dict[str, str]) -> list[str]:
    """Who said something in a conversation, in order."""
    read = httpx.get(f"{server.url}/v1/conversations/{id}", headers=headers)
    return [message["role"] for message in read.json()["messages"]]


@contextmanager
def streamed(client: httpx.Client, question: str, id: str | None = None) -> Iterator[Any]:
    """The events of a question as they come."""
    body = {"question": question} | ({"conversation_id": id} if id else {})
    with client.stream("POST", "/v1/ask/stream", json=body) as response:
        assert response.status_code == 200, response.read()
        yield iter(events_in(response.iter_lines()))


def next_named(events: Iterable[Received], name: str) -> Received:
    """The next event of this name."""
    return next(event for event in events if event.name == name)


def command(data: Path, *arguments: str) -> str:
    """What `tutor` prints in this process, which is another one than the servers."""
    from api.cli import app

    result = CliRunner().invoke(app, ["--data", str(data), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def test_a_limit_holds_for_all_workers_together_and_says_when_to_come_again(
    two: ServerProcess, data: Path
) -> None:
    token = command(data, "keys", "create", "burst")
    headers = {"Authorization": f"Bearer {token}"}
    started = time.monotonic()
    with client_of_each_worker(two, **headers) as clients:
        responses = [client.get("/v1/vocabulary") for _ in range(KEY_RATE) for client in clients]
    grown = int((time.monotonic() - started) * KEY_RATE / 60)
    refused = [response for response in responses if response.status_code == 429]
    accepted = len(responses) - len(refused)
    assert KEY_RATE <= accepted <= KEY_RATE + grown + 1
    assert {two.worker_of(response) for response in refused} == set(two.workers)
    for response in refused:
        assert 0 < int(response.headers["retry-after"]) <= 60 / KEY_RATE + 1
        assert response.json()["error"]["code"] == "rate_limited"


def test_a_key_that_is_made_beside_the_servers_opens_them_until_it_is_revoked(
    two: ServerProcess, data: Path
) -> None:
    token = command(data, "keys", "create", "someone")
    (key,) = [each for each in json.loads(command(data, "keys", "--json")) if each["id"] in token]
    with client_of_each_worker(two, Authorization=f"Bearer {token}") as clients:
        assert [client.get("/v1/learner").status_code for client in clients] == [200, 200]
        command(data, "keys", "revoke", key["id"])
        assert [client.get("/v1/learner").status_code for client in clients] == [401, 401]


def test_what_is_ingested_beside_the_servers_is_found_by_each_of_them(
    two: ServerProcess, data: Path, tmp_path: Path
) -> None:
    document = tmp_path / "shen-yi-tide-tables.md"
    document.write_text(DOCUMENT, encoding="utf-8")
    search = {"q": "潮汐表怎么看", "limit": "3"}
    with client_of_each_worker(two) as clients:
        for client in clients:
            assert document.stem not in client.get("/v1/search", params=search).text
    command(data, "ingest", str(document))
    with client_of_each_worker(two) as clients:
        found = [client.get("/v1/search", params=search) for client in clients]
        read = [client.get(f"/v1/perspectives/{document.stem}") for client in clients]
    assert {two.worker_of(response) for response in found} == set(two.workers)
    for response in found:
        assert response.json()["passages"][0]["source_id"] == document.stem
    assert [response.json()["author"] for response in read] == ["沈一潮"] * 2


def test_a_conversation_that_one_worker_answers_in_is_busy_for_the_other(
    two: ServerProcess,
) -> None:
    headers = learner(two)
    id = begun(two, headers)
    body = {"question": QUESTION, "conversation_id": id}
    with client_of_each_worker(two, **headers) as (client, other):
        with streamed(client, ENDLESS, id) as events:
            next_named(events, "sentence")
            busy = other.post("/v1/ask", json=body)
        wait_until(lambda: other.post("/v1/ask", json=body).status_code == 200, "it is never free")
    assert (busy.status_code, busy.json()["error"]["code"]) == (409, "conversation_busy")
    assert said(two, id, headers) == ["learner", "tutor"]


def test_a_killed_worker_leaves_no_half_turn_and_is_replaced_while_the_other_answers(
    two: ServerProcess, data: Path
) -> None:
    headers = learner(two)
    id = begun(two, headers)
    body = {"question": QUESTION, "conversation_id": id}
    with client_of_each_worker(two, **headers) as (client, other):
        killed = two.worker_of(client.get("/healthz"))
        with streamed(client, ENDLESS, id) as events:
            next_named(events, "sentence")
            os.kill(killed, signal.SIGKILL)
            with pytest.raises(httpx.HTTPError):  # a stream without its end
                next_named(events, "done")
        assert other.post("/v1/ask", json={"question": QUESTION}).status_code == 200
        assert other.post("/v1/ask", json=body).status_code == 409, "the lease has not run out"
    assert said(two, id, headers) == []
    wait_until(lambda: len(two.workers) == 2, "the killed worker is not replaced")
    assert killed not in two.workers
    wait_until(lambda: figure(two, "xianhou_answers_in_progress") == 0, "it counts for ever")
    let_leases_run_out(data)
    with client_of_each_worker(two, **headers) as clients:
        assert [client.post("/v1/ask", json=body).status_code for client in clients] == [200] * 2
    assert said(two, id, headers) == ["learner", "tutor"] * 2


def let_leases_run_out(data: Path) -> None:
    """Puts every lease back by the time that it is given for, as waiting would."""
    with closing(sqlite3.connect(data / DATABASE, isolation_level=None)) as database:
        moved = database.execute(
            "UPDATE conversations SET lease_until = lease_until - ? WHERE lease_holder NOT NULL",
            [LEASE_SECONDS],
        )
        assert moved.rowcount == 1


def figure(server: ServerProcess, name: str) -> float:
    """A figure of /metrics; 0 where it is not there yet."""
    lines = httpx.get(f"{server.url}/metrics").text.splitlines()
    found = [line.rpartition(" ")[2] for line in lines if line.startswith(f"{name} ")]
    assert len(found) <= 1, found
    return float(found[0]) if found else 0.0


def test_the_figures_of_all_workers_are_added_up(two: ServerProcess) -> None:
    labels = '{method="GET",route="/v1/courses/{id}",status="404"}'
    name = f"xianhou_http_requests_total{labels}"
    before = figure(two, name)
    with client_of_each_worker(two) as clients:
        responses = [client.get("/v1/courses/nothing") for client in clients * 5]
    assert {two.worker_of(response) for response in responses} == set(two.workers)
    assert [figure(two, name) for _ in range(4)] == [before + 10] * 4


def test_idle_streams_keep_nobody_from_an_answer(two: ServerProcess) -> None:
    every = httpx.Limits(max_connections=None)
    with (
        httpx.Client(base_url=two.url, limits=every, timeout=SECONDS) as client,
        ExitStack() as stack,
    ):
        idle = [stack.enter_context(streamed(client, ENDLESS)) for _ in range(IDLE)]
        assert {next(events).name for events in idle} == {"understood"}
        assert figure(two, "xianhou_answers_in_progress") == IDLE
        for _ in range(4):
            answered = httpx.post(f"{two.url}/v1/ask", json={"question": QUESTION}, timeout=SECONDS)
            assert answered.status_code == 200
            assert answered.json()["answer"]["citations"]
    wait_until(lambda: figure(two, "xianhou_answers_in_progress") == 0, "some are still answered")


def test_a_full_disk_refuses_what_would_be_kept_and_nothing_else(
    two: ServerProcess, data: Path
) -> None:
    headers = learner(two)
    id = begun(two, headers)
    with httpx.Client(base_url=two.url, headers=headers, timeout=SECONDS) as client:
        kept = {"question": QUESTION, "conversation_id": id}
        assert client.post("/v1/ask", json=kept).status_code == 200
        with no_space_for(two.workers):
            refused = client.post("/v1/ask", json=kept)
            assert client.post("/v1/ask", json={"question": QUESTION}).status_code == 200
            assert said(two, id, headers) == ["learner", "tutor"]
        assert client.post("/v1/ask", json=kept).status_code == 200
    assert is_told_to_the_operator_only(two, refused, "the disk may be full", data)
    assert said(two, id, headers) == ["learner", "tutor"] * 2


def is_told_to_the_operator_only(
    server: ServerProcess, refused: httpx.Response, reason: str, data: Path
) -> bool:
    """Whether the caller is told to come again and the log tells why."""
    assert server.logged(refused)["status"] == refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert str(data) not in refused.text
    return any(reason in line["message"] for line in server.log if line["level"] == "error")


@contextmanager
def no_space_for(processes: list[int]) -> Iterator[None]:
    """These processes can make no file larger, as on a full disk."""
    before = [resource.prlimit(process, resource.RLIMIT_FSIZE) for process in processes]
    for process, (_, hard) in zip(processes, before, strict=True):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        for process, limits in zip(processes, before, strict=True):
            resource.prlimit(process, resource.RLIMIT_FSIZE, limits)


def test_a_locked_database_refuses_what_would_be_kept_and_nothing_else(
    two: ServerProcess, data: Path
) -> None:
    headers = learner(two)
    id = begun(two, headers)
    kept = {"question": QUESTION, "conversation_id": id}
    with (
        httpx.Client(base_url=two.url, headers=headers, timeout=SECONDS) as client,
        ThreadPoolExecutor(1) as pool,
        closing(sqlite3.connect(data / DATABASE, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        waiting = pool.submit(client.post, "/v1/ask", json=kept)
        assert httpx.post(f"{two.url}/v1/ask", json={"question": QUESTION}).status_code == 200
        assert said(two, id, headers) == []
        refused = waiting.result(SECONDS)
        other.execute("ROLLBACK")
        assert client.post("/v1/ask", json=kept).status_code == 200
    assert is_told_to_the_operator_only(two, refused, "is busy", data)


def test_the_log_is_json_and_holds_neither_questions_nor_keys(
    two: ServerProcess, data: Path
) -> None:
    token = command(data, "keys", "create", "logged")
    headers = {"Authorization": f"Bearer {token}", "X-User-Id": "somebody-in-particular"}
    with httpx.Client(base_url=two.url, headers=headers, timeout=SECONDS) as client:
        responses = [
            client.post("/v1/ask", json={"question": "学海带养殖要先学什么？"}),
            client.post("/v1/ask", json={"question": "学海带养殖", "conversation_id": "seaweed"}),
            client.get("/v1/search", params={"q": "海带养殖"}),
            client.get("/v1/perspectives/seaweed"),
            client.post("/v1/ask", json={"question": "学海带养殖", "seaweed": 1}),
        ]
    for response in responses:
        line = two.logged(response)
        assert line["status"] == response.status_code
        assert line["level"] == "info"
        assert line["seconds"] > 0
    for secret in (token, token[3:30], "somebody-in-particular", "海带", "seaweed"):
        assert secret not in two.text


@pytest.fixture
def own(own_copy: Path, model: OpenAIStub) -> Iterator[Start]:
    """Starts a server that a test may stop."""
    with ExitStack() as stack:

        def start(workers: int, **settings: str) -> ServerProcess:
            chosen = configured(model) | settings
            return stack.enter_context(ServerProcess(own_copy, workers=workers, **chosen))

        yield start


@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_that_is_told_to_stop_finishes_the_answer_under_way_and_keeps_it(
    own: Start, own_copy: Path, workers: int
) -> None:
    server = own(workers, TUTOR_DRAIN_SECONDS="60")
    headers = learner(server)
    id = begun(server, headers)
    with (
        httpx.Client(base_url=server.url, headers=headers, timeout=SECONDS) as client,
        ThreadPoolExecutor(1) as pool,
        streamed(client, SLOWLY, id) as events,
    ):
        next_named(events, "understood")
        stopping = pool.submit(server.stop)
        received = list(events)
        assert stopping.result() == 0
    assert received[-1] == Received("done", {"outcome": "answered"})
    sentences = [each.data for each in received if each.name == "sentence"]
    text = "".join(each["before"] + each["text"] for each in sentences)
    assert text == received[-2].data["answer"]["text"]
    assert kept_texts(own_copy, headers["X-Learner-Id"], id) == [SLOWLY, text]
    assert ended_in_good_order(server)


def test_an_answer_that_does_not_end_in_time_is_broken_off_says_so_and_is_not_kept(
    own: Start, own_copy: Path
) -> None:
    server = own(1, TUTOR_DRAIN_SECONDS="0.5")
    headers = learner(server)
    id = begun(server, headers)
    with (
        httpx.Client(base_url=server.url, headers=headers, timeout=SECONDS) as client,
        ThreadPoolExecutor(1) as pool,
        streamed(client, ENDLESS, id) as events,
    ):
        next_named(events, "sentence")
        stopping = pool.submit(server.stop)
        *_, error, done = list(events)
        assert stopping.result() == 0
    assert (error.name, error.data["error"]["code"]) == ("error", "shutting_down")
    assert done == Received("done", {"outcome": "failed"})
    assert kept_texts(own_copy, headers["X-Learner-Id"], id) == []
    assert free_leases(own_copy)
    assert ended_in_good_order(server)


def kept_texts(data: Path, owner: str, id: str) -> list[str]:
    """What is stored of a conversation."""

    async def read() -> list[str]:
        async with open_memory(Settings(data=data)) as store:
            return [each.text for each in await store.messages(owner, id)]

    return asyncio.run(read())


def free_leases(data: Path) -> bool:
    """Whether no conversation is being answered in."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        held = database.execute("SELECT count(*) FROM conversations WHERE lease_holder NOT NULL")
        return bool(held.fetchone() == (0,))


def ended_in_good_order(server: ServerProcess) -> bool:
    """Whether nothing went wrong up to the last line of the log."""
    return all(line["level"] == "info" for line in server.log)
