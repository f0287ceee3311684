"""A plan as JSON: what other programs may rely on."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from api.plan_json import plan_object
from tests.api.plan_examples import FULL, TOO_SHORT, in_english


def made(*arguments: Any) -> dict[str, Any]:
    """The object as another program reads it."""
    read: dict[str, Any] = json.loads(json.dumps(plan_object(*arguments)))
    return read


def test_it_has_these_parts() -> None:
    assert list(made(FULL)) == [
        "request",
        "verdict",
        "weeks",
        "left_out",
        "done",
        "assumptions",
        "notes",
        "citations",
        "value",
    ]


def test_the_request_is_echoed() -> None:
    assert made(FULL)["request"] == {
        "goal": "graduation-project",
        "goal_reason": "你提到「毕设」",
        "direction": "language",
        "weeks": 2.0,
        "hours_per_week": 10.0,
        "background": {"mathematics": "basic", "programming": None, "machine_learning": "none"},
        "language": "zh",
        "budget": "free",
        "done": ["d2l/preliminaries"],
        "swaps": [{"away": "andrew-ng-ml", "to": "d2l"}],
    }


def test_a_step_names_its_modules_and_its_sources() -> None:
    study, project = made(FULL)["weeks"][0]["steps"]
    assert study == {
        "kind": "study",
        "title": "动手学深度学习",
        "course": "d2l",
        "url": "https://zh.d2l.ai",
        "hours": 6.0,
        "modules": [
            {
                "key": "d2l/linear-networks",
                "title": "线性神经网络",
                "hours": 4.0,
                "of_hours": 4.0,
                "hours_basis": "estimated",
                "skills": [{"id": "linear-regression", "name": "线性回归"}],
                "done": False,
            },
            {
                "key": "d2l/attention",
                "title": "注意力机制",
                "hours": 2.0,
                "of_hours": 7.5,
                "hours_basis": "estimated",
                "skills": [{"id": "attention", "name": "注意力机制"}],
                "done": False,
            },
        ],
        "why": "王一为同样的目标推荐这门课",
        "citations": [1, 3],
        "alternatives": [
            {"course": "nndl", "title": "神经网络与深度学习", "hours": 3.5, "free": True}
        ],
    }
    assert (project["kind"], project["course"], project["modules"]) == ("project", None, [])


def test_the_numbers_of_sources_are_those_of_the_list() -> None:
    plan = made(FULL)
    numbers = [citation["number"] for citation in plan["citations"]]
    assert numbers == [1, 2, 3]
    cited = [n for week in plan["weeks"] for step in week["steps"] for n in step["citations"]]
    cited += [n for left in plan["left_out"] for n in left["citations"]]
    assert set(cited) <= set(numbers)


def test_what_was_left_out_has_its_price() -> None:
    book, skipped = made(FULL)["left_out"]
    assert book["modules"] == ["watermelon-book/ch1"]
    assert (book["hours"], book["reason"]) == (60.0, "cost")
    assert (skipped["course"], skipped["reason"]) == (None, "skipped")


def test_a_plan_that_is_too_short_says_what_it_would_take() -> None:
    verdict = made(TOO_SHORT)["verdict"]
    assert verdict == {
        "fits": False,
        "hours_available": 4.0,
        "hours_planned": 4.0,
        "hours_least": 17.0,
        "weeks_least": 5,
        "missing": [{"id": "attention", "name": "注意力机制"}],
        "says": "1 周不够：至少要 17 小时，按你的速度是 5 周。",
    }


def test_weeks_have_dates_only_where_a_start_is_given() -> None:
    assert [week["starts"] for week in made(FULL)["weeks"]] == [None, None]
    dated = made(FULL, date(2026, 12, 28))["weeks"]
    assert [week["starts"] for week in dated] == ["2026-12-28", "2027-01-04"]


def test_texts_are_in_the_language_of_the_learner() -> None:
    plan = made(in_english(FULL))
    assert plan["weeks"][0]["steps"][0]["title"] == "Dive into Deep Learning"
    assert plan["weeks"][0]["checkpoints"] == [
        "fit a line to data and say where its error comes from"
    ]
    assert plan["done"][0]["title"] == "Preliminaries"
    assert plan["notes"] == ["CS224n has a new version, which is planned."]
