"""What a learner sees of a plan, down a pipe and on terminals of any width."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len

from api.plan_view import plan_page
from api.render_plain import plain
from corpus.types import Bilingual
from tests.api.plan_examples import FULL, LEARNER, REQUEST, TOO_SHORT, in_english
from tutor.learner import Learner
from tutor.planning.types import Plan, PlanRequest

COLOURS_AND_LINKS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def plain_page(plan: Plan, start: date | None = None) -> str:
    return plain(plan_page(plan, start))


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[Plan, int], str]:
    """Prints a plan on a terminal so many columns wide."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def printed(plan: Plan, columns: int) -> str:
        from api.render_terminal import show

        screen = Terminal()
        monkeypatch.setattr("sys.stdout", screen)
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("TERM", "xterm-256color")
        show(plan_page(plan))
        return COLOURS_AND_LINKS.sub("", screen.getvalue())

    return printed


def test_the_verdict_comes_first_and_the_sources_come_last() -> None:
    page = plain_page(FULL)
    order = [
        "学习计划：毕业设计",
        "2 周够用",
        "目标：毕业设计（你提到「毕设」）",
        "周\t小时\t做什么\t为什么",
        "## 检查点",
        "## 课程",
        "## 已经学完，不再安排",
        "## 没有排进来的",
        "## 说明",
        "## 假设",
        "## 来源",
    ]
    places = [page.index(part) for part in order]
    assert places == sorted(places)


def test_a_row_names_week_hours_modules_and_reason() -> None:
    rows = [line for line in plain_page(FULL).splitlines() if line.count("\t") == 3][1:]
    assert rows == [
        "1\t≈6\t动手学深度学习：线性神经网络；注意力机制（7.5 小时中的 2 小时）"
        "\t王一为同样的目标推荐这门课 [1][3]",
        "1\t4\t跑通一个和题目有关的小模型\t陈晓说第一周就动手 [2]",
        "2\t≈5.5\t动手学深度学习：注意力机制（7.5 小时中的 5.5 小时）\t同第 1 周 [1][3]",
        "2\t4\t跑通一个和题目有关的小模型\t同第 1 周 [2]",
    ]


def test_every_source_is_listed_with_its_link_and_words() -> None:
    page = plain_page(FULL)
    for citation in FULL.citations:
        assert f"[{citation.number}] {citation.author}" in page
        assert citation.url in page
        assert citation.quote in page


def test_checkpoints_are_whole_sentences() -> None:
    assert "- 学完第 2 周，你能说出注意力在算什么。" in plain_page(FULL)
    assert "- After week 2 you can say what attention computes." in plain_page(in_english(FULL))


def test_a_course_comes_with_its_link_its_hours_and_how_to_replace_it() -> None:
    page = plain_page(FULL)
    assert "动手学深度学习（d2l），11.5 小时\n    https://zh.d2l.ai" in page
    assert "神经网络与深度学习（+3.5 小时，免费），加上 --swap d2l=nndl" in page


@pytest.mark.parametrize(
    ("hours", "said"), [(3.5, "（+3.5 小时，"), (-2.04, "（−2 小时，"), (0.01, "（时间不变，")]
)
def test_a_replacement_says_what_it_costs_or_saves(hours: float, said: str) -> None:
    week = FULL.weeks[0]
    (other,) = week.steps[0].alternatives
    step = replace(week.steps[0], alternatives=(replace(other, hours=hours),))
    page = plain_page(replace(FULL, weeks=(replace(week, steps=(step,)),)))
    assert f"可以换成：神经网络与深度学习{said}" in page


def test_what_was_left_out_has_its_price_its_reason_and_a_source() -> None:
    page = plain_page(FULL)
    assert "- 机器学习（西瓜书）（+60 小时）\n    要买书，而你只要免费的 [1]" in page
    assert "- 支持向量机（+12 小时）" in page


def test_more_of_a_course_that_is_planned_is_said_to_be_more_of_it() -> None:
    assert "- 注意力机制的其他部分（+7.5 小时）" in plain_page(TOO_SHORT)
    assert "- More of Attention mechanisms (+7.5 h)" in plain_page(in_english(TOO_SHORT))


def test_what_is_done_is_listed_by_course() -> None:
    more = replace(FULL.done[0], title=Bilingual(zh="引言", en="Introduction"))
    assert "- d2l：预备知识；引言\n" in plain_page(replace(FULL, done=(*FULL.done, more)))
    assert "- d2l: Preliminaries\n" in plain_page(in_english(FULL))


def test_an_estimate_is_marked_and_explained() -> None:
    assert "≈：课程没有给出这部分的学时" in plain_page(FULL)
    without = replace(FULL, weeks=tuple(replace(week, steps=week.steps[1:]) for week in FULL.weeks))
    assert "≈" not in plain_page(without)


def test_time_that_is_too_short_is_said_first() -> None:
    page = plain_page(TOO_SHORT)
    assert page.index("1 周不够：至少要 17 小时") < page.index("动手学深度学习")


def test_the_numbers_of_sources_stand_before_the_full_stop() -> None:
    said = Bilingual(zh="王一推荐它。", en="王一 recommends it.")
    week = FULL.weeks[0]
    plan = replace(FULL, weeks=(replace(week, steps=(replace(week.steps[0], why=said),)),))
    assert "\t王一推荐它 [1][3]。\n" in plain_page(plan)
    assert "\t王一 recommends it [1][3].\n" in plain_page(in_english(plan))


def test_weeks_are_dated_where_a_start_is_given() -> None:
    page = plain_page(FULL, date(2026, 12, 28))
    assert "\n1 · 12-28\t" in page
    assert "\n2 · 01-04\t" in page


def test_an_english_learner_reads_english() -> None:
    page = plain_page(in_english(FULL))
    assert "Study plan: a graduation project" in page
    assert "Dive into Deep Learning: Linear neural networks; Attention mechanisms (2 of 7.5 h)" in (
        page
    )
    assert "--swap d2l=nndl" in page
    allowed = "王一陈晓李沐毕设"  # names and the learner's own words stay as they are
    sources = page.index("## Sources")
    assert not {c for c in page[:sources] if "\u4e00" <= c <= "\u9fff"} - set(allowed)


def test_a_learner_who_said_nothing_gets_no_empty_parts() -> None:
    nothing = replace(
        FULL,
        request=PlanRequest(Learner(LEARNER.language)),
        left_out=(),
        assumptions=(),
        notes=(),
        done=(),
    )
    page = plain_page(nothing)
    assert page.startswith("学习计划\n")
    for heading in ("没有排进来的", "说明", "假设", "已经学完"):
        assert heading not in page


def test_a_plan_without_weeks_is_the_verdict_alone() -> None:
    page = plain_page(replace(FULL, weeks=(), citations=(), request=REQUEST))
    assert "\t" not in page
    assert "来源" not in page
    assert "2 周够用" in page


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("plan", [FULL, TOO_SHORT, in_english(FULL)])
def test_no_line_is_wider_than_the_terminal(
    on_terminal: Callable[[Plan, int], str], plan: Plan, columns: int
) -> None:
    page = on_terminal(plan, columns)
    assert max(map(cell_len, page.splitlines())) <= columns
    for part in ("d2l", "https://example.org/answer/1"):
        assert part in page


def test_a_terminal_names_each_week_once(on_terminal: Callable[[Plan, int], str]) -> None:
    first_cells = [line[:4].strip() for line in on_terminal(FULL, 80).splitlines()]
    assert [cell for cell in first_cells if cell.isdigit()] == ["1", "2"]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_of_a_cell_begins_with_chinese_punctuation(
    on_terminal: Callable[[Plan, int], str], columns: int
) -> None:
    for line in on_terminal(FULL, columns).splitlines():
        for cell in line.split("  "):
            assert not cell.strip().startswith(("，", "。", "；", "）", "、"))


def test_titles_cannot_command_the_terminal(on_terminal: Callable[[Plan, int], str]) -> None:
    hostile = replace(
        FULL,
        citations=(replace(FULL.citations[0], title="\x1b[2Jtitle\u202e"), *FULL.citations[1:]),
    )
    for page in (plain_page(hostile), on_terminal(hostile, 80)):
        assert "\x1b[2J" not in page
        assert "\u202e" not in page
        assert "title" in page
