"""What the OpenAPI document says and what the server does, compared by generated requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from api.settings import Settings
from api.wiring import open_embedder, open_index
from tests.api.scripted_tutor import ScriptedTutor
from tests.http.live_server import LiveServer, serving
from tests.http.scripted_planning import ScriptedDrawing
from tutor.answer import Answer

BOUNDED: Final = settings(
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CONVERSATIONS, EXPORT = "/v1/conversations/{id}", "/v1/conversations/{id}/export"
# What the document cannot say: a page is asked for by a cursor that was given out; a plan begins on
# a day of these centuries.
EXCLUDED: Final = dict.fromkeys(
    (
        "GET /v1/conversations",
        "POST /v1/plan",
        "POST /v1/plan.md",
        "POST /v1/plan.ics",
        "PUT /v1/learner/plan",
    ),
    "positive_data_acceptance",
)
QUESTION = {"question": "学深度学习要先学机器学习吗？"}


@pytest.fixture
def server(indexed: Path, tmp_path: Path, chinese_answer: Answer) -> Iterator[LiveServer]:
    """The whole application over the bundled sources, with conversations of its own."""
    chosen = Settings(data=indexed)
    embedder = open_embedder(chosen)
    tutor = ScriptedTutor(chinese_answer)
    with (
        open_index(chosen, embedder=embedder) as index,
        serving(tutor, tmp_path, index=index, embedder=embedder, draw=ScriptedDrawing()) as running,
    ):
        yield running


@pytest.fixture
def session(server: LiveServer) -> Iterator[requests.Session]:
    """A learner who has asked before."""
    with requests.Session() as made:
        made.headers["X-Learner-Id"] = made.post(f"{server.url}/v1/learner").json()["id"]
        yield made


@pytest.fixture
def conversation(server: LiveServer, session: requests.Session) -> str:
    """A conversation of that learner, with a turn and a remark in it."""
    id: str = session.post(f"{server.url}/v1/conversations", json={}).json()["id"]
    asked = {**QUESTION, "conversation_id": id}
    message = session.post(f"{server.url}/v1/ask", json=asked).json()["message_id"]
    remark = {"conversation_id": id, "message_id": message, "kind": "helpful"}
    assert session.post(f"{server.url}/v1/feedback", json=remark).status_code == 204
    return id


def operations(server: LiveServer) -> dict[str, Any]:
    """Everything that the document describes, as in "GET /v1/courses"."""
    document = schemathesis.openapi.from_url(f"{server.url}/openapi.json")
    found = [each.ok() for each in document.get_all_operations()]
    return {operation.label: operation for operation in found}


def statuses_of(operation: Any, mode: GenerationMode, session: Any, **fixed: Any) -> Counter[int]:
    """Sends generated requests; how often which status came back.

    Every response is compared with the document: status, content type, headers, body, and whether
    what it allows was accepted and what it forbids was refused.
    """
    statuses: Counter[int] = Counter()
    # At this machine a word that is no key of ours counts as none, and none is needed.
    names = {"ignored_auth", EXCLUDED.get(operation.label, "ignored_auth")}
    excluded = [CHECKS.get_one(name) for name in names]

    @BOUNDED
    @given(case=operation.as_strategy(mode, **fixed))
    def send(case: Any) -> None:
        response = case.call(session=session)
        statuses[response.status_code] += 1
        case.validate_response(response, excluded_checks=excluded)

    send()
    return statuses


def test_what_the_document_allows_is_answered_as_it_says(
    server: LiveServer, session: requests.Session
) -> None:
    found = operations(server)
    assert {"POST /v1/ask", "POST /v1/ask/stream", "POST /v1/chat/completions"} <= set(found)
    for operation in found.values():
        statuses = statuses_of(operation, GenerationMode.POSITIVE, session)
        assert max(statuses) < 500, (operation.label, statuses)


def test_what_the_document_forbids_is_refused_as_it_says(
    server: LiveServer, session: requests.Session
) -> None:
    refused = Counter[int]()
    for operation in operations(server).values():
        takes_nothing = not (operation.body or operation.query or operation.path_parameters)
        if takes_nothing or operation.label == "GET /v1/models/{id}":  # any text may be a name
            continue
        refused += statuses_of(operation, GenerationMode.NEGATIVE, session)
    assert max(refused) < 500
    assert refused[422] > 100


def test_what_there_is_is_shown_as_the_document_says(
    server: LiveServer, session: requests.Session, conversation: str
) -> None:
    person = session.get(f"{server.url}/v1/perspectives").json()["perspectives"][0]["id"]
    known = {
        CONVERSATIONS: conversation,
        EXPORT: conversation,
        "/v1/perspectives/{id}": person,
        "/v1/courses/{id}": "d2l",
        "/v1/models/{id}": session.get(f"{server.url}/v1/models").json()["data"][0]["id"],
    }
    assert session.put(f"{server.url}/v1/learner/plan", json={"weeks": 2}).status_code == 200
    found = operations(server)
    for path in ("/v1/learner/plan", "/v1/learner/plan.md", "/v1/learner/plan.ics"):
        operation = found[f"GET {path}"]
        assert set(statuses_of(operation, GenerationMode.POSITIVE, session)) == {200}
    for path, id in known.items():
        operation = found[f"GET {path}"]
        fixed = {"path_parameters": {"id": id}}
        assert set(statuses_of(operation, GenerationMode.POSITIVE, session, **fixed)) == {200}
