"""The weeks of a plan in few short lines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Bilingual, Language
from tests.api.plan_examples import FULL, in_english
from tutor.answer import Section
from tutor.plan_blocks import MOST_LINES, blocks
from tutor.plan_section import PlanSection
from tutor.planning.types import HoursBasis, ModuleKey, Plan, PlannedModule, PlanWeek
from tutor.unit_words import units_named


def module(id: str, zh: str = "单元", en: str = "Unit") -> PlannedModule:
    return PlannedModule(
        ModuleKey("d2l", id), Bilingual(zh=zh, en=en), 1.0, 1.0, HoursBasis.ESTIMATED
    )


def units(*ids: str, language: Language = Language.CHINESE, title: str = "单元") -> str:
    return units_named([module(id, title, title) for id in ids], language)


LONG = "一个很长很长的单元标题，放不进一行"


class TestUnits:
    def test_numbers_that_follow_one_another_are_a_run(self) -> None:
        assert units("ch3", "ch4", "ch5", "ch8", title=LONG) == "第 3–5、8 章"
        said = units("ch3", "ch4", "ch8", language=Language.ENGLISH, title=LONG * 3)
        assert said == "chapters 3–4, 8"

    def test_titles_stand_behind_numbers_where_there_is_room(self) -> None:
        assert units("l3") == "第 3 讲（单元）"
        assert units("l3", language=Language.ENGLISH, title="Linear models") == (
            "lesson 3 (Linear models)"
        )

    def test_a_series_of_courses_is_counted_course_by_course(self) -> None:
        assert units("c1w2", "c1w3", "c2w1", title=LONG) == "第 1 门课第 2–3 周、第 2 门课第 1 周"
        said = units("c1w2", "c1w3", "c2w1", language=Language.ENGLISH, title=LONG * 3)
        assert said == "course 1, weeks 2–3 and course 2, week 1"

    def test_without_numbers_the_titles_say_what_it_is(self) -> None:
        assert units("rnn", "gan") == "「单元」「单元」"
        assert units("rnn", "gan", language=Language.ENGLISH, title="GANs") == "“GANs”, “GANs”"

    def test_many_titles_are_counted(self) -> None:
        assert units("a", "b", "c", title=LONG) == f"「{LONG}」等 3 个单元"
        said = units("a", "b", "c", language=Language.ENGLISH, title=LONG * 3)
        assert said == f"“{LONG * 3}” and 2 more"

    def test_numbers_of_different_kinds_are_no_row(self) -> None:
        assert units("ch3", "l4") == "「单元」「单元」"


def named(week: PlanWeek, what: str) -> PlanWeek:
    """`week` with something else to do on the project."""
    course, project = week.steps
    return replace(week, steps=(course, replace(project, title=Bilingual(what, what))))


class TestBlocks:
    def test_weeks_with_the_same_content_are_one_line(self) -> None:
        first, second = FULL.weeks
        weeks = [first, replace(first, number=2), replace(second, number=3)]
        assert [[week.number for week in block.weeks] for block in blocks(weeks)] == [[1, 2], [3]]

    @given(st.lists(st.booleans(), max_size=60))
    def test_every_week_stands_in_one_of_few_lines_in_its_order(self, like: list[bool]) -> None:
        first, second = FULL.weeks
        weeks = [
            replace(first if same else second, number=number)
            for number, same in enumerate(like, start=1)
        ]
        made = blocks(weeks)
        assert [week for block in made for week in block.weeks] == weeks
        assert len(made) <= MOST_LINES

    def test_lines_of_many_weeks_with_the_same_content_are_one_too(self) -> None:
        first, _ = FULL.weeks
        weeks = [
            replace(named(first, "同样" if number > 20 else f"第 {number} 步"), number=number)
            for number in range(1, 41)
        ]
        *_, last = blocks(weeks)
        assert [week.number for week in last.weeks][-1] == 40
        assert len(last.weeks) > 8

    def test_a_course_that_goes_on_is_named_once_in_a_line(self) -> None:
        first, second = FULL.weeks
        (block,) = blocks([first, second], most=1)
        course, project = block.works
        assert [m.key.module for m in course.modules] == ["linear-networks", "attention"]
        assert project.is_project
        assert block.hours is None, "the weeks are not equally long"


def lines(plan: Plan, before: int = 0) -> list[str]:
    return [draft.text for draft in PlanSection(plan, before).drafts()]


class TestSentences:
    def test_a_week_names_course_units_project_and_their_sources(self) -> None:
        first, *_ = lines(FULL)
        assert first == (
            "- **第 1 周**（10 小时）：《动手学深度学习》「线性神经网络」「注意力机制」[1][3]；"
            "自己的项目：跑通一个和题目有关的小模型[2]。"
        )
        first, *_ = lines(in_english(FULL))
        assert first == (
            "- **Week 1** (10 h): Dive into Deep Learning, “Linear neural networks”, “Attention "
            "mechanisms” [1][3]; your own project: Get a small model of your topic to run [2]."
        )

    def test_equal_weeks_tell_the_hours_of_each_and_others_of_all(self) -> None:
        first, second = FULL.weeks
        equal = replace(FULL, weeks=(first, replace(first, number=2)))
        assert lines(equal)[0].startswith("- **第 1–2 周**（每周 10 小时）：")
        many = tuple(
            replace(named(first if number % 2 else second, f"第 {number} 步"), number=number)
            for number in range(1, 15)
        )
        assert lines(replace(FULL, weeks=many))[0].startswith("- **第 1–2 周**（共 19.5 小时）：")

    def test_what_was_left_out_tells_its_price(self) -> None:
        left = next(line for line in lines(FULL) if line.startswith("没有排进来的"))
        assert "《机器学习（西瓜书）》（加上要多 60 小时，要花钱）[1]" in left
        assert "支持向量机（加上要多 12 小时，可以不学）[2]" in left

    def test_of_a_course_that_is_planned_only_the_rest_is_left_out(self) -> None:
        left = replace(FULL.left_out[0], course="d2l", title=Bilingual("动手学深度学习", "d2l"))
        said = " ".join(lines(replace(FULL, left_out=(left,))))
        assert "《动手学深度学习》的其他部分（" in said

    def test_what_is_finished_is_named_and_weeks_go_on_counting(self) -> None:
        assert any("预备知识" in line for line in lines(FULL))
        said = lines(FULL, before=3)
        assert said[0] == "你已经学完前 3 周，下面从第 4 周排起。"
        assert said[1].startswith("- **第 4 周**")
        assert not any("预备知识" in line for line in said), "said by the weeks already"

    @pytest.mark.parametrize("plan", [FULL, in_english(FULL)])
    def test_everything_belongs_to_the_plan_and_the_head_to_the_verdict(self, plan: Plan) -> None:
        section = PlanSection(plan)
        assert {draft.section for draft in section.drafts()} == {Section.PLAN}
        assert section.verdict().section is Section.VERDICT
        assert section.verdict().text.startswith("**")

    def test_a_plan_without_weeks_names_no_command(self) -> None:
        nothing: tuple[PlanWeek, ...] = ()
        assert not any("tutor plan" in line for line in lines(replace(FULL, weeks=nothing)))
