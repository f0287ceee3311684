"""`tutor plan` in this process, over the bundled sources and the bundled model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from typer.testing import Result

from api.plan_dates import local_today, next_monday
from api.plan_markdown import plan_markdown
from tests.api.plan_examples import FULL

Tutor = Callable[..., Result]
EXAMPLE = "我有两个月，每周 10 小时，想做 NLP 的毕设，数学学过，机器学习没学过"


@pytest.fixture(scope="module")
def planned(indexed: Path) -> dict[str, Any]:
    """The JSON of the plan for `EXAMPLE`."""
    from typer.testing import CliRunner

    from api.cli import app

    result = CliRunner().invoke(app, ["plan", "--data", str(indexed), "--json", EXAMPLE])
    assert result.exit_code == 0, result.stderr
    made: dict[str, Any] = json.loads(result.stdout)
    return made


def steps_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (step for week in plan["weeks"] for step in week["steps"])


def courses_of(plan: dict[str, Any]) -> set[str]:
    return {step["course"] for step in steps_of(plan) if step["course"]}


def test_a_sentence_is_enough(planned: dict[str, Any]) -> None:
    request = planned["request"]
    assert (request["goal"], request["goal_reason"]) == ("graduation-project", "你提到「毕设」")
    assert (request["direction"], request["weeks"], request["hours_per_week"]) == (
        "language",
        8,
        10,
    )
    assert request["background"]["mathematics"] == "basic"
    assert request["background"]["machine_learning"] == "none"
    assert planned["assumptions"]  # nothing was said of programming


def test_the_plan_keeps_to_the_time_and_every_step_has_a_source(planned: dict[str, Any]) -> None:
    assert 0 < len(planned["weeks"]) <= 8
    assert all(week["hours"] <= 10 + 1e-6 for week in planned["weeks"])
    numbers = {citation["number"] for citation in planned["citations"]}
    for step in steps_of(planned):
        assert step["citations"]
        assert set(step["citations"]) <= numbers


def test_words_may_be_several_arguments_or_come_from_standard_input(
    tutor: Tutor, planned: dict[str, Any]
) -> None:
    parts = EXAMPLE.split(" ")
    assert json.loads(tutor("plan", *parts, "--json").stdout) == planned
    piped = tutor("plan", "-", "--json", input=f"{EXAMPLE}\n".encode())
    assert json.loads(piped.stdout) == planned


def test_a_pipe_gets_plain_text_with_all_sources(tutor: Tutor, planned: dict[str, Any]) -> None:
    page = tutor("plan", EXAMPLE).stdout
    assert "\x1b" not in page
    assert page.index(planned["verdict"]["says"]) < page.index("周\t小时\t做什么\t为什么")
    rows = [line.split("\t") for line in page.splitlines() if line.count("\t") == 3][1:]
    assert len(rows) == len(list(steps_of(planned)))
    for citation in planned["citations"]:
        assert citation["url"] in page


def test_options_alone_are_enough_and_win_over_words(tutor: Tutor) -> None:
    options = ("--goal", "job", "--direction", "vision", "--weeks", "6", "--hours", "12")
    levels = ("--maths", "solid", "--programming", "solid", "--machine-learning", "basic")
    for words in ((), (EXAMPLE,)):
        plan = json.loads(
            tutor("plan", *words, *options, *levels, "--language", "en", "--json").stdout
        )
        request = plan["request"]
        assert (request["goal"], request["direction"]) == ("job", "vision")
        assert (request["weeks"], request["hours_per_week"]) == (6, 12)
        assert set(request["background"].values()) == {"solid", "basic"}
        assert request["language"] == "en"


def test_nothing_said_still_gives_a_plan_that_says_what_it_assumes(tutor: Tutor) -> None:
    result = tutor("plan")
    assert result.exit_code == 0
    assert "## What the plan assumes" in result.stdout


def test_what_is_done_is_not_planned_again(tutor: Tutor, planned: dict[str, Any]) -> None:
    first = next(m["key"] for step in steps_of(planned) for m in step["modules"])
    plan = json.loads(tutor("plan", EXAMPLE, "--done", first, "--json").stdout)
    assert first not in [m["key"] for step in steps_of(plan) for m in step["modules"]]
    assert plan["request"]["done"] == [first]


def test_a_course_can_be_swapped(tutor: Tutor, planned: dict[str, Any]) -> None:
    away, to = next(
        (step["course"], other["course"])
        for step in steps_of(planned)
        for other in step["alternatives"]
    )
    plan = json.loads(tutor("plan", EXAMPLE, "--swap", f"{away}={to}", "--json").stdout)
    assert away not in courses_of(plan)
    assert to in courses_of(plan)


def test_free_means_free(tutor: Tutor) -> None:
    plan = json.loads(tutor("plan", EXAMPLE, "--budget", "free", "--json").stdout)
    assert plan["request"]["budget"] == "free"
    for course in courses_of(plan):
        assert json.loads(tutor("courses", "show", course, "--json").stdout)["cost"] != "paid"


def test_time_that_is_too_short_is_no_failure(tutor: Tutor) -> None:
    result = tutor("plan", EXAMPLE, "--weeks", "1", "--hours", "3", "--json")
    assert result.exit_code == 0
    verdict = json.loads(result.stdout)["verdict"]
    assert verdict["fits"] is False
    assert verdict["missing"]
    assert verdict["hours_least"] > 3


def test_a_calendar_starts_next_monday(tutor: Tutor, planned: dict[str, Any]) -> None:
    before = local_today()
    content = tutor("plan", EXAMPLE, "--ics").stdout_bytes
    calendar = Calendar.from_ical(content)
    assert len(calendar.events) == len(planned["weeks"])
    assert calendar.events[0].start in {next_monday(before), next_monday(local_today())}
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_the_start_can_be_chosen_in_every_form(tutor: Tutor, planned: dict[str, Any]) -> None:
    start = ("--start", "2027-03-22")
    calendar = Calendar.from_ical(tutor("plan", EXAMPLE, "--ics", *start).stdout_bytes)
    days = [event.start for event in calendar.events]
    assert days == [
        date(2027, 3, 22) + timedelta(weeks=week["number"] - 1) for week in planned["weeks"]
    ]
    dated = json.loads(tutor("plan", EXAMPLE, "--json", *start).stdout)
    assert dated["weeks"][0]["starts"] == "2027-03-22"
    assert "第 1 周 · 2027-03-22" in tutor("plan", EXAMPLE, "--markdown", *start).stdout
    assert "\n1 · 03-22\t" in tutor("plan", EXAMPLE, *start).stdout


def test_a_checklist_has_a_box_for_every_module(tutor: Tutor, planned: dict[str, Any]) -> None:
    text = tutor("plan", EXAMPLE, "--markdown").stdout
    boxes = sum(max(1, len(step["modules"])) for step in steps_of(planned))
    assert text.count("- [ ] ") == boxes


def test_a_file_is_written_in_every_form(
    tutor: Tutor, planned: dict[str, Any], tmp_path: Path
) -> None:
    for form, begin in (
        ("--ics", b"BEGIN:VCALENDAR\r\n"),
        ("--markdown", "# 学习计划".encode()),
        ("--json", b"{\n"),
        (None, "学习计划".encode()),
    ):
        file = tmp_path / f"plan{form}"
        forms = [form] if form else []
        result = tutor("plan", EXAMPLE, *forms, "--output", str(file))
        assert (result.exit_code, result.stdout) == (0, "")
        assert str(file) in result.stderr
        assert planned["verdict"]["says"] in result.stderr
        assert file.read_bytes().startswith(begin)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--weeks", "0"], "--weeks"),
        (["--hours", "0"], "--hours"),
        (["--hours", "169"], "--hours"),
        (["--hours", "nan"], "--hours"),
        (["--goal", "fame"], "graduation-project"),
        (["--maths", "expert"], "solid"),
        (["--budget", "0"], "free"),
        (["--ics", "--json"], "--markdown"),
        (["--markdown", "--json"], "--ics"),
        (["--start", "tomorrow"], "2027-03-01"),
        (["--start", "9999-12-31"], "2027-03-01"),
        (["--start", ""], "--start"),
        (["--swap", "d2l"], "--swap d2l="),
        (["--swap", "d2l=d2l"], "--swap d2l="),
        (["--swap", "d2l=动手学深度学习"], "d2l → d2l"),
        (["--swap", "d2l=nndl", "--swap", "nndl=d2l"], "d2l → nndl → d2l"),
        (["--hours", "0.01"], "0.5"),
        (["--swap", "d2ll=nndl"], "d2l"),
        (["--swap", "d2l=nothing-like-it"], "tutor courses list"),
        (["--done", "d2l/nothing"], "tutor courses show d2l"),
        (["--done", "nothing-like-it"], "tutor courses list"),
        (["--output", "no/such/directory/plan.ics", "--ics"], "no/such/directory"),
        (["--wek", "3"], "--weeks"),
    ],
)
@pytest.mark.parametrize("locale", ["en_GB.UTF-8", "zh_CN.UTF-8"])
def test_wrong_usage_says_what_is_wrong_in_the_language_of_the_person(
    tutor: Tutor, arguments: list[str], said: str, locale: str
) -> None:
    result = tutor("plan", *arguments, env={"LANG": locale})
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    chinese = any("\u4e00" <= character <= "\u9fff" for character in result.stderr)
    assert chinese == locale.startswith("zh")


@pytest.mark.parametrize("words", ["？？！", "学" * 10_000, "每天 20 小时，做毕设"])
def test_what_nobody_would_say_is_wrong_usage(tutor: Tutor, words: str) -> None:
    result = tutor("plan", words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_markdown_file_ends_with_one_line_end(tutor: Tutor) -> None:
    text = tutor("plan", EXAMPLE, "--markdown").stdout
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not plan_markdown(FULL).endswith("\n")
