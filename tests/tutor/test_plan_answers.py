"""Whole answers that hold a plan, over the bundled sources."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from model_answers import Asking

from corpus.embedding import Embedder
from corpus.index import Index
from corpus.types import Kind, Topic
from tutor.answer import Answer, Section, Writer
from tutor.checking.check import Checker, Problem
from tutor.drafts import Claim
from tutor.memory.codec import decode, encode
from tutor.plan_section import PlanSection
from tutor.planning.types import Budget, PlanStep
from tutor.tutor import Tutor
from tutor.understanding import Wishes

THESIS = "我有两个月，每周 10 小时，想做 NLP 的毕设，数学学过，机器学习没学过"
ENGLISH = "I have 6 weeks, 10h/week"
ASKED = "学深度学习要先学机器学习吗？我只有 5 周做毕设"
OF_COURSE = "I have 10 weeks, can I finish the Deep Learning Specialization?"
TIMES = [THESIS, ENGLISH, ASKED, "给我排个计划", "三天速成深度学习", "用一年把深度学习打好基础"]


@pytest.fixture(params=TIMES)
async def answer(request: pytest.FixtureRequest, tutor: Tutor) -> Answer:
    return await tutor.answer(request.param)


def steps(answer: Answer) -> list[PlanStep]:
    assert answer.plan is not None
    return [step for week in answer.plan.weeks for step in week.steps]


def of_plan(answer: Answer) -> list[str]:
    return [each.text for each in answer.sentences if each.section is Section.PLAN]


def weeks_printed(answer: Answer) -> list[str]:
    return [text for text in of_plan(answer) if text.startswith(("- **第", "- **Week"))]


def voices(answer: Answer) -> list[str]:
    spoken = (Section.VOICES, Section.DISSENT)
    return [each.text for each in answer.sentences if each.section in spoken]


async def test_every_week_is_printed_once_in_few_lines_with_its_sources(answer: Answer) -> None:
    assert answer.plan is not None
    assert answer.plan.weeks
    lines = weeks_printed(answer)
    named = [re.search(r"(\d+)(?:–(\d+))?", line) for line in lines]
    weeks = [
        number
        for match in named
        if match
        for number in range(int(match[1]), int(match[2] or match[1]) + 1)
    ]
    assert weeks == [week.number for week in answer.plan.weeks]
    assert len(lines) <= 12
    assert all(re.search(r"\[\d+\]", line) for line in lines)


async def test_the_check_drops_nothing_of_a_plan(answer: Answer) -> None:
    assert answer.check.dropped == 0


async def test_numbers_mean_the_same_in_the_text_and_in_the_plan(
    answer: Answer, index: Index
) -> None:
    assert answer.plan is not None
    known = answer.plan.citations
    assert [citation.number for citation in known] == list(range(1, len(known) + 1))
    assert known[: len(answer.citations)] == answer.citations
    for step in steps(answer):
        assert step.citations
        sources = {known[number - 1].source_id for number in step.citations}
        people = {s for s in sources if known_kind(answer, s) is Kind.PERSPECTIVE}
        assert people or step.course in sources
    for citation in known:
        body = index.text(citation.source_id, citation.language, citation.verbatim)
        assert body is not None
        assert body[citation.start : citation.end] == citation.quote


def known_kind(answer: Answer, source: str) -> Kind:
    assert answer.plan is not None
    return next(c.kind for c in answer.plan.citations if c.source_id == source)


async def test_a_statement_of_goal_and_time_is_answered_with_a_plan(tutor: Tutor) -> None:
    answer = await tutor.answer(THESIS)
    assert not answer.abstained
    assert answer.plan is not None
    assert answer.plan.request.learner == answer.learner
    assert len(answer.plan.weeks) <= 8
    first, second, *_ = answer.sentences
    assert answer.plan.verdict.says.zh.rstrip("。") in first.text, "the time that was named"
    assert first.section is Section.VERDICT
    assert "毕设" in second.text
    sections = [sentence.section for sentence in answer.sentences]
    assert sections.index(Section.PLAN) < sections.index(Section.VOICES)
    assert 0 < len(voices(answer)) <= 3
    assert {course.id for course in answer.courses} == {s.course for s in steps(answer) if s.course}


async def test_a_topic_that_is_asked_about_comes_before_the_plan(tutor: Tutor) -> None:
    answer = await tutor.answer(ASKED)
    assert "直接动手" in answer.sentences[0].text
    sections = [sentence.section for sentence in answer.sentences]
    assert sections.index(Section.VOICES) < sections.index(Section.PLAN)
    assert len(voices(answer)) <= 3
    assert answer.topics[0] is Topic.ML_BEFORE_DL


async def test_every_side_is_counted_though_few_are_heard(tutor: Tutor, index: Index) -> None:
    answer = await tutor.answer(THESIS)
    held = {position.stance for _, position in index.positions(answer.topics[0])}
    assert {g.stance for g in answer.positions if g.topic is answer.topics[0]} == held


async def test_what_was_not_said_is_assumed_aloud_and_the_whole_plan_is_named(
    tutor: Tutor,
) -> None:
    *_, assumed, whole = of_plan(await tutor.answer("给我排个计划"))
    assert all(word in assumed for word in ("每周 10 小时", "数学", "Python", "机器学习"))
    assert "`tutor plan`" in whole
    *_, whole = of_plan(await tutor.answer(ENGLISH))
    assert "`tutor plan --weeks 6 --hours 10`" in whole


async def test_a_budget_of_nothing_is_kept_to(tutor: Tutor) -> None:
    answer = await tutor.answer("给我排个三个月的计划，想做毕设，只要免费的")
    assert answer.plan is not None
    assert answer.plan.request.budget is Budget.FREE


@pytest.mark.parametrize(
    "question",
    [
        "给我排个健身计划",
        "make me a study plan for learning Japanese",
        "6周备考雅思，每天3小时",
        "I have 6 weeks to lose weight",
        "两个月减肥20斤，给个计划",
    ],
)
async def test_a_plan_for_something_else_is_not_drawn(question: str, tutor: Tutor) -> None:
    answer = await tutor.answer(question)
    assert answer.abstained
    assert answer.plan is None


@pytest.mark.parametrize(
    "question",
    ["学深度学习要先学机器学习吗？我只是做毕设", "深度学习入门要多久？", OF_COURSE],
)
async def test_other_answers_hold_no_plan(question: str, tutor: Tutor) -> None:
    answer = await tutor.answer(question)
    assert not answer.abstained
    assert answer.plan is None
    assert not of_plan(answer)


async def test_a_wish_for_a_time_is_answered_with_a_plan_too(tutor: Tutor) -> None:
    question = "学深度学习要先学机器学习吗？我只是做毕设"
    answer = await tutor.answer(question, Wishes(weeks=4, hours_per_week=6))
    assert answer.plan is not None
    assert answer.plan.verdict.hours_available == 24


async def test_the_time_of_python_is_not_that_of_deep_learning(tutor: Tutor) -> None:
    answer = await tutor.answer("Python 要学多久")
    assert answer.topics == (Topic.PROGRAMMING_FIRST,)
    assert answer.plan is None
    courses = [each for each in answer.sentences if each.section is Section.COURSES]
    assert any("Python" in each.text and "小时" in each.text for each in courses)


async def test_a_plan_is_stored_with_its_answer_and_old_answers_still_load(tutor: Tutor) -> None:
    answer = await tutor.answer(THESIS)
    stored = encode(answer)
    assert decode(Answer, stored) == answer
    old = {name: value for name, value in stored.items() if name not in ("plan", "finished")}
    assert decode(Answer, old).plan is None


async def test_a_model_writes_around_the_plan_and_not_into_it(
    index: Index, embedder: Embedder, tutor: Tutor
) -> None:
    told = await Asking(index, embedder).ask("先跑通一个模型[精神抖擞王大鹏]。", THESIS)
    composed = await tutor.answer(THESIS)
    assert told.answer.plan is not None
    assert len(weeks_printed(told.answer)) == len(weeks_printed(composed))
    bare = [re.sub(r"\[\d+\]", "", line) for line in weeks_printed(told.answer)]
    assert bare == [re.sub(r"\[\d+\]", "", line) for line in weeks_printed(composed)]
    after = await Asking(index, embedder).ask("先跑通一个模型[精神抖擞王大鹏]。", ASKED)
    assert weeks_printed(after.answer), "also where the plan comes after what the model writes"
    assert after.answer.writer in Writer


class TestTheCheckOfALine:
    @pytest.fixture
    async def planned(self, tutor: Tutor) -> Answer:
        return await tutor.answer(THESIS)

    def verdicts(
        self, answer: Answer, index: Index, embedder: Embedder, other: str | None
    ) -> list[tuple[Problem, ...]]:
        """What the check says of the weeks, with `other` in place of the first claim of each."""
        assert answer.plan is not None
        sources = {s.id: s for s in index.sources({c.source_id for c in answer.plan.citations})}
        drafts = []
        for draft in PlanSection(answer.plan).drafts():
            if draft.parts:
                first, *rest = draft.parts
                parts = (Claim(other or first.text, first.citations), *rest)
                drafts.append(replace(draft, parts=parts))
        checker = Checker(answer.plan.citations, sources, [], embedder)
        return [verdict.problems for verdict in checker.check(drafts)]

    def test_holds_for_what_the_syllabi_and_people_say(
        self, planned: Answer, index: Index, embedder: Embedder
    ) -> None:
        found = self.verdicts(planned, index, embedder, None)
        assert found
        assert not any(found)

    def test_stops_a_unit_that_no_syllabus_has(
        self, planned: Answer, index: Index, embedder: Embedder
    ) -> None:
        other = "用三十五个小时学量子计算和天体物理"
        found = self.verdicts(planned, index, embedder, other)
        assert all(found)
