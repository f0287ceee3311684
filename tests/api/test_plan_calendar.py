"""A plan as a calendar file, read back by the library and line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from api.plan_calendar import plan_calendar
from corpus.types import Bilingual, Direction, Goal
from tests.api.plan_examples import FULL, TOO_SHORT, in_english
from tutor.planning.types import Plan, PlanWeek

MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
OWNER = "/home/learner/data"


def written(
    plan: Plan = FULL, start: date = MONDAY, now: datetime = NOW, owner: str = OWNER
) -> bytes:
    return plan_calendar(plan, start, now, owner)


def read(plan: Plan = FULL, start: date = MONDAY, **how: str) -> list[Event]:
    return Calendar.from_ical(written(plan, start, **how)).events


def identities(plan: Plan = FULL, start: date = MONDAY, **how: str) -> list[str]:
    return [str(event["UID"]) for event in read(plan, start, **how)]


def with_request(goal: Goal | None, direction: Direction | None) -> Plan:
    learner = replace(FULL.request.learner, goal=goal, direction=direction)
    return replace(FULL, request=replace(FULL.request, learner=learner))


def test_the_calendar_has_what_the_standard_requires() -> None:
    calendar = Calendar.from_ical(written())
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"] == "-//Xianhou//Study plan//ZH"
    assert calendar["X-WR-CALNAME"] == "学习计划：毕业设计"
    assert calendar.errors == []
    for event in calendar.events:
        assert event.errors == []
        for required in ("UID", "DTSTAMP", "DTSTART"):
            assert len(event.property_items(recursive=False)) > 0
            assert required in event
        assert event["DTSTAMP"].dt == NOW


def test_each_week_is_one_event_of_whole_days() -> None:
    first, second = read()
    assert (first.start, first.end) == (date(2026, 11, 30), date(2026, 12, 7))
    assert (second.start, second.end) == (date(2026, 12, 7), date(2026, 12, 14))
    lines = written().decode().split("\r\n")
    assert "DTSTART;VALUE=DATE:20261130" in lines
    assert "DTEND;VALUE=DATE:20261207" in lines
    assert not any(line.startswith(("BEGIN:VTIMEZONE", "DTSTART;TZID")) for line in lines)


def test_a_week_across_the_new_year_or_the_change_of_clocks_has_seven_days() -> None:
    for start in (date(2026, 12, 28), date(2027, 3, 22), date(2028, 2, 28)):
        for event in read(start=start):
            assert event.end - event.start == timedelta(days=7)


def test_it_blocks_no_time() -> None:
    assert all(event["TRANSP"] == "TRANSPARENT" for event in read())


def test_an_event_says_what_to_do_where_and_why() -> None:
    event = read()[0]
    assert event["SUMMARY"] == "第 1 周：动手学深度学习"
    assert event["URL"] == "https://zh.d2l.ai"
    assert (
        event["DESCRIPTION"]
        == """\
学习计划：毕业设计 · 第 1 周 · 10 小时

动手学深度学习（≈6 小时）
- 线性神经网络
- 注意力机制（7.5 小时中的 2 小时）
https://zh.d2l.ai
王一为同样的目标推荐这门课 [1][3]

跑通一个和题目有关的小模型（4 小时）
陈晓说第一周就动手 [2]

学完第 1 周，你能用线性回归拟合一组数据，并说出误差从哪里来。

来源
[1] 王一 · 知乎 · 2019-05 · 毕设怎么开始 https://example.org/answer/1
[2] 陈晓 · 知乎 · 日期未知 · 先做起来 https://example.org/answer/2
[3] Aston Zhang, 李沐 · d2l.ai · 动手学深度学习 https://zh.d2l.ai"""
    )


def test_an_event_lists_only_its_own_sources() -> None:
    week = FULL.weeks[1]
    plan = replace(FULL, weeks=(replace(week, steps=week.steps[1:], number=1),))
    description = read(plan)[0]["DESCRIPTION"]
    assert "[2] 陈晓" in description
    assert "[1] 王一" not in description


def test_an_english_learner_reads_english() -> None:
    event = read(in_english(FULL))[0]
    assert event["SUMMARY"] == "Week 1: Dive into Deep Learning"
    assert "After week 1 you can fit a line" in event["DESCRIPTION"]


def test_many_courses_are_shortened_in_the_title() -> None:
    week = FULL.weeks[0]
    titles = [Bilingual(zh=name, en=name) for name in ("甲", "乙", "丙")]
    steps = tuple(replace(week.steps[0], title=title) for title in titles)
    event = read(replace(FULL, weeks=(replace(week, steps=steps),)))[0]
    assert event["SUMMARY"] == "第 1 周：甲、乙、…"


def test_a_week_with_only_the_project_is_named_after_it() -> None:
    week = FULL.weeks[0]
    event = read(replace(FULL, weeks=(replace(week, steps=week.steps[1:]),)))[0]
    assert event["SUMMARY"] == "第 1 周：跑通一个和题目有关的小模型"
    assert "URL" not in event


def test_a_week_without_work_is_no_event() -> None:
    rest = PlanWeek(3, 0.0, ())
    assert len(read(replace(FULL, weeks=(*FULL.weeks, rest)))) == 2
    assert Calendar.from_ical(written(replace(FULL, weeks=()))).events == []


class TestIdentity:
    """Importing again replaces; two plans, or two people, stay apart."""

    def test_the_same_week_of_the_same_plan_keeps_its_identity(self) -> None:
        assert identities() == identities(TOO_SHORT) + identities()[1:]
        assert identities(start=date(2026, 12, 2)) == identities()  # Wednesday, the same week
        assert identities(start=date(2026, 12, 7))[0] == identities()[1]
        assert identities(in_english(FULL)) == identities()

    def test_weeks_goals_directions_and_owners_differ(self) -> None:
        plans = [
            FULL,
            with_request(Goal.JOB, Direction.LANGUAGE),
            with_request(Goal.GRADUATION_PROJECT, Direction.VISION),
            with_request(None, None),
        ]
        ids = [each for plan in plans for each in identities(plan)]
        ids += identities(owner="/home/other/data")
        assert len(set(ids)) == len(ids) == 10

    def test_nothing_of_the_owner_can_be_read(self) -> None:
        assert b"learner/data" not in written()

    def test_a_later_version_says_so(self) -> None:
        def sequence(now: datetime) -> int:
            return int(Calendar.from_ical(written(now=now)).events[0]["SEQUENCE"])

        assert sequence(NOW) == sequence(NOW)
        assert 0 < sequence(NOW) < sequence(NOW + timedelta(minutes=1))
        assert sequence(datetime(2190, 1, 1, tzinfo=UTC)) < 2**31

    def test_the_same_plan_at_the_same_moment_is_the_same_file(self) -> None:
        assert written() == written()


class TestForm:
    """RFC 5545, section 3.1: lines end in CRLF and hold at most 75 octets."""

    @pytest.mark.parametrize("plan", [FULL, TOO_SHORT, in_english(FULL)])
    def test_lines(self, plan: Plan) -> None:
        content = written(plan)
        assert content.endswith(b"END:VCALENDAR\r\n")
        lines = content.split(b"\r\n")
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert max(map(len, lines)) <= 75
        for line in lines:
            line.decode()  # no character is cut in two

    @given(st.text(min_size=1, max_size=200))
    def test_no_title_breaks_the_file(self, words: str) -> None:
        title = Bilingual(zh=words, en=words)
        week = FULL.weeks[0]
        steps = tuple(replace(step, title=title) for step in week.steps)
        content = written(replace(FULL, weeks=(replace(week, steps=steps),)))
        assert max(map(len, content.split(b"\r\n"))) <= 75
        calendar = Calendar.from_ical(content)
        assert len(calendar.events) == 1
        assert len(calendar.subcomponents) == 1
        assert calendar.events[0].end == date(2026, 12, 7)

    def test_a_title_cannot_add_an_event_or_a_property(self) -> None:
        words = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:a@evil.example\r\nSUMMARY:y"
        title = Bilingual(zh=words, en=words)
        week = FULL.weeks[0]
        plan = replace(FULL, weeks=(replace(week, steps=(replace(week.steps[0], title=title),)),))
        (event,) = read(plan)
        assert "ATTENDEE" not in event
        assert event["SUMMARY"].startswith("第 1 周：x")

    def test_no_address_breaks_the_file(self) -> None:
        week = FULL.weeks[0]
        step = replace(week.steps[0], url="https://example.org/a\x1b[2J\r\x07b")
        plan = replace(FULL, weeks=(replace(week, steps=(step,)),))
        content = written(plan)
        assert not {0x1B, 0x07} & set(content)
        assert Calendar.from_ical(content).events[0]["URL"] == "https://example.org/a[2Jb"

    def test_marks_of_the_format_come_back_as_they_were(self) -> None:
        words = 'a, b; c: "d" (e) é 𝛼 学'
        title = Bilingual(zh=words, en=words)
        week = FULL.weeks[0]
        plan = replace(FULL, weeks=(replace(week, steps=(replace(week.steps[0], title=title),)),))
        assert read(plan)[0]["SUMMARY"] == f"第 1 周：{words}"
