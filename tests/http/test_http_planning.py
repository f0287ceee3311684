"""Study plans over HTTP: drawn for anybody, kept with their ticks, as checklist and calendar."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from api.access.records import Scope
from api.plan_json import plan_object
from corpus.errors import StoreError
from corpus.types import Bilingual
from tests.api.plan_examples import FULL
from tests.http.live_server import LiveServer, Serve
from tests.http.scripted_planning import ScriptedDrawing
from tutor.learner import Level
from tutor.planning.types import ModuleKey, Swap

WISH = {"goal": "graduation-project", "weeks": 2, "hours_per_week": 10}
EVERYTHING = {
    **WISH,
    "words": "想做 NLP 的毕设",
    "direction": "language",
    "language": "en",
    "background": {"mathematics": "basic"},
    "budget": "free",
    "swaps": [{"away": "d2l", "to": "nndl"}],
}
DONE = {"parts": ["d2l/linear-networks", "project/1"], "done": True}
CHINESE = {"Accept-Language": "zh"}


@pytest.fixture
def drawing() -> ScriptedDrawing:
    """Who draws the plans of this test."""
    return ScriptedDrawing()


@pytest.fixture
def server(serve: Serve, drawing: ScriptedDrawing) -> LiveServer:
    return serve(draw=drawing)


@pytest.fixture
def browser(server: LiveServer) -> Iterator[httpx.Client]:
    """Somebody at this machine, with a jar for cookies."""
    with httpx.Client(base_url=server.url, headers=CHINESE) as client:
        yield client


def keep(client: httpx.Client, **wish: Any) -> dict[str, Any]:
    response = client.put("/v1/learner/plan", json={**WISH, **wish})
    assert response.status_code == 200, response.text
    reply: dict[str, Any] = response.json()
    return reply


def test_a_plan_is_drawn_for_anybody_and_nothing_is_kept(browser: httpx.Client) -> None:
    response = browser.post("/v1/plan", json=WISH)
    wanted = plan_object(FULL)
    assert {name: response.json()[name] for name in ("weeks", "left_out", "citations")} == {
        name: wanted[name] for name in ("weeks", "left_out", "citations")
    }
    assert "set-cookie" not in response.headers
    assert browser.get("/v1/learner/plan").json() == {"plan": None, "progress": None}


def test_everything_that_is_asked_for_reaches_the_planner(
    browser: httpx.Client, drawing: ScriptedDrawing
) -> None:
    browser.post("/v1/plan", json={**EVERYTHING, "done": ["d2l/preliminaries"]})
    (order,) = drawing.orders
    wishes, background = order.options.wishes, order.options.background
    assert (wishes.goal, wishes.direction, wishes.language) == (
        "graduation-project",
        "language",
        "en",
    )
    assert (wishes.weeks, wishes.hours_per_week, order.options.budget) == (2, 10, "free")
    assert (background.mathematics, background.programming) == (Level.BASIC, None)
    assert (order.words, order.swaps) == ("想做 NLP 的毕设", (Swap("d2l", "nndl"),))
    assert order.done == {ModuleKey("d2l", "preliminaries")}


def test_without_words_the_plan_is_in_the_language_of_the_request(
    browser: httpx.Client, drawing: ScriptedDrawing
) -> None:
    browser.post("/v1/plan", json=WISH)
    browser.post("/v1/plan", json={**WISH, "words": "I have a month"})
    assert [order.options.wishes.language for order in drawing.orders] == ["zh", None]


def test_a_kept_plan_belongs_to_its_learner_and_survives(browser: httpx.Client) -> None:
    kept = keep(browser)
    assert browser.get("/v1/learner/plan").json() == kept
    assert kept["progress"]["weeks_finished"] == kept["progress"]["share"] == 0
    begun = date.fromisoformat(kept["progress"]["begun"])
    assert begun.isoweekday() == 1
    assert date.today() < begun <= date.today() + timedelta(weeks=1)  # noqa: DTZ011
    assert kept["plan"]["weeks"][1]["starts"] == str(begun + timedelta(weeks=1))
    stranger = httpx.get(f"{browser.base_url}/v1/learner/plan")
    assert stranger.json() == {"plan": None, "progress": None}


def test_ticks_are_kept_and_move_nothing(browser: httpx.Client) -> None:
    kept = keep(browser)
    ticked = browser.post("/v1/learner/plan/done", json=DONE).json()
    assert ticked["progress"]["weeks_finished"] == 1
    assert ticked["progress"]["share"] == 0.5
    assert ticked["progress"]["weeks_left"] == 1
    assert {each["part"] for each in ticked["progress"]["finished"]} == set(DONE["parts"])
    (first, second) = ticked["plan"]["weeks"][0]["steps"][0]["modules"]
    assert (first["done"], second["done"]) == (True, False)
    assert browser.get("/v1/learner/plan").json() == ticked
    assert browser.post("/v1/learner/plan/done", json={**DONE, "done": False}).json() == kept


def test_drawing_again_leaves_out_what_is_done_and_counts_on(
    browser: httpx.Client, drawing: ScriptedDrawing
) -> None:
    keep(browser, begins="2026-03-02")
    browser.post("/v1/learner/plan/done", json=DONE)
    again = keep(browser, weeks=4, begins="2026-03-11")
    assert drawing.orders[-1].finished == {ModuleKey("d2l", "linear-networks")}
    assert [week["number"] for week in again["plan"]["weeks"]] == [2, 3]
    assert again["plan"]["weeks"][0]["starts"] == "2026-03-11"
    assert again["progress"]["weeks_finished"] == 1
    assert again["progress"]["weeks_left"] == 4
    assert "linear-networks" in str(again["plan"]["done"])


def test_only_what_is_in_the_plan_can_be_ticked(browser: httpx.Client) -> None:
    early = browser.post("/v1/learner/plan/done", json=DONE)
    assert (early.status_code, early.json()["error"]["code"]) == (404, "plan_not_found")
    keep(browser)
    unknown = {"parts": ["d2l/linear-networks", "d2l/none"], "done": True}
    refused = browser.post("/v1/learner/plan/done", json=unknown)
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "plan_not_found")
    assert "d2l/none" in refused.json()["error"]["message"]
    assert browser.get("/v1/learner/plan").json()["progress"]["finished"] == []


def test_a_plan_is_erased_with_its_ticks_or_with_its_learner(browser: httpx.Client) -> None:
    keep(browser)
    browser.post("/v1/learner/plan/done", json=DONE)
    assert browser.delete("/v1/learner/plan").status_code == 204
    assert browser.get("/v1/learner/plan").json()["plan"] is None
    assert keep(browser)["progress"]["finished"] == []
    assert browser.delete("/v1/learner").status_code == 204
    assert browser.get("/v1/learner/plan").json()["plan"] is None


def test_whoever_was_forgotten_while_their_plan_was_drawn_stays_forgotten(
    browser: httpx.Client, drawing: ScriptedDrawing
) -> None:
    keep(browser)
    (secret,) = browser.cookies.values()
    drawing.go_on.clear()
    drawing.drawing.clear()
    with ThreadPoolExecutor(1) as pool:
        drawn = pool.submit(
            httpx.put,
            f"{browser.base_url}/v1/learner/plan",
            json=WISH,
            headers={"X-Learner-Id": secret},
        )
        assert drawing.drawing.wait(30)
        assert browser.delete("/v1/learner").status_code == 204
        drawing.go_on.set()
        late = drawn.result()
    assert late.status_code == 404
    assert "set-cookie" not in late.headers


def test_the_plan_comes_as_a_checklist_and_as_a_calendar(browser: httpx.Client) -> None:
    for kind in ("md", "ics"):
        missing = browser.get(f"/v1/learner/plan.{kind}")
        assert (missing.status_code, missing.json()["error"]["code"]) == (404, "plan_not_found")
    keep(browser, begins="2026-03-02")
    browser.post("/v1/learner/plan/done", json=DONE)
    checklist = browser.get("/v1/learner/plan.md")
    assert checklist.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "[x]" in checklist.text
    assert "2026-03-09" in checklist.text
    calendar = browser.get("/v1/learner/plan.ics")
    assert calendar.headers["content-disposition"].endswith('"xianhou-plan.ics"')
    assert starts(calendar) == [date(2026, 3, 2), date(2026, 3, 9)]
    for kind in ("md", "ics"):
        anybody = browser.post(f"/v1/plan.{kind}", json={**WISH, "begins": "2026-03-16"})
        assert "2026" in anybody.text
    assert starts(anybody) == [date(2026, 3, 16), date(2026, 3, 23)]


def starts(response: httpx.Response) -> list[date]:
    assert response.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    return [event.decoded("dtstart") for event in events]


def test_a_failure_leaves_the_plan_before(browser: httpx.Client, drawing: ScriptedDrawing) -> None:
    kept = keep(browser)
    drawing.error = StoreError(Bilingual(zh="读不了。", en="Cannot read."))
    failed = browser.put("/v1/learner/plan", json={**WISH, "weeks": 9})
    assert (failed.status_code, failed.json()["error"]["type"]) == (503, "server_error")
    assert browser.get("/v1/learner/plan").json() == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"weeks": 0},
        {"hours_per_week": 200},
        {"goal": "fame"},
        {"budget": "rich"},
        {"background": {"mathematics": "genius"}},
        {"swaps": [{"away": "d2l"}]},
        {"begins": "0001-01-01"},
        {"begins": "9999-12-31"},
        {"begins": "soon"},
        {"done": ["d2l/linear-networks"]},
        {"mood": "good"},
    ],
    ids=str,
)
def test_what_cannot_be_planned_is_refused_and_keeps_nothing(
    browser: httpx.Client, wrong: dict[str, Any]
) -> None:
    refused = browser.put("/v1/learner/plan", json={**WISH, **wrong})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid_body")
    assert browser.get("/v1/learner/plan").json()["plan"] is None


@pytest.mark.parametrize("part", ["", "d2l", "d2l/", "/x", "a/b/c", "x" * 300 + "/y"])
def test_a_tick_names_a_course_and_a_module(browser: httpx.Client, part: str) -> None:
    refused = browser.post("/v1/learner/plan/done", json={"parts": [part], "done": True})
    assert refused.status_code == 422


def test_no_more_plans_are_drawn_at_once_than_there_are_places(
    serve: Serve, drawing: ScriptedDrawing
) -> None:
    server = serve(draw=drawing, simultaneous_answers=1)
    drawing.go_on.clear()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(httpx.post, f"{server.url}/v1/plan", json=WISH)
        assert drawing.drawing.wait(30)
        refused = httpx.post(f"{server.url}/v1/plan", json=WISH)
        asked = httpx.post(f"{server.url}/v1/ask", json={"question": "先学什么？"})
        drawing.go_on.set()
        assert first.result().status_code == 200
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "too_busy")
    assert asked.status_code == 200, "who draws a plan does not keep the others waiting"
    assert httpx.post(f"{server.url}/v1/plan", json=WISH).status_code == 200


def test_plans_need_the_key_that_questions_need(server: LiveServer) -> None:
    elsewhere = {"Host": "xianhou.example"}
    for method, path in (("POST", "/v1/plan"), ("GET", "/v1/learner/plan")):
        assert httpx.request(method, server.url + path, headers=elsewhere).status_code == 401
    _, token = server.run(server.services.access.create_key("课", frozenset({Scope.ASK})))
    users = [
        {**elsewhere, "Authorization": f"Bearer {token}", "X-User-Id": name}
        for name in ("zhang", "li")
    ]
    with httpx.Client(base_url=server.url, headers=users[0]) as client:
        assert keep(client)["plan"]
    theirs = httpx.get(f"{server.url}/v1/learner/plan", headers=users[1])
    assert theirs.json()["plan"] is None


def test_whoever_asks_for_plans_too_often_has_to_wait(
    serve: Serve, drawing: ScriptedDrawing
) -> None:
    url = serve(draw=drawing, address_rate=2).url
    statuses = [httpx.post(f"{url}/v1/plan", json=WISH).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
