"""What a learner says of the plan that they keep, and what the tutor answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from corpus.types import Bilingual, Language
from tests.api.plan_examples import FULL
from tutor.conversation import Conversation, continued
from tutor.planning.progress import PROJECT, StudyProgress, drawn
from tutor.planning.types import ModuleKey, Plan
from tutor.study_report import StudyReport, study_report, where_now
from tutor.turns.study_talk import StudyTalk, asks_what_is_next, study_talk
from tutor.tutor import Tutor

MONDAY, MOMENT = date(2026, 3, 2), datetime(2026, 3, 5, tzinfo=UTC)
CH3, CH10 = ModuleKey("d2l", "ch3"), ModuleKey("d2l", "ch10")
OWN_WORK = (ModuleKey(PROJECT, "1"), ModuleKey(PROJECT, "2"))


def numbered(plan: Plan) -> Plan:
    """The plan of two weeks with chapters for its modules; chapter 10 takes both weeks."""
    ids = {"linear-networks": "ch3", "attention": "ch10"}
    weeks = []
    for week in plan.weeks:
        course, project = week.steps
        modules = tuple(replace(m, key=ModuleKey("d2l", ids[m.key.module])) for m in course.modules)
        weeks.append(replace(week, steps=(replace(course, modules=modules), project)))
    return replace(plan, weeks=tuple(weeks))


PLAN = numbered(FULL)


def having(*finished: ModuleKey) -> StudyProgress:
    return replace(drawn(PLAN, MONDAY), finished=dict.fromkeys(finished, MOMENT))


def report(
    said: str, progress: StudyProgress, language: Language = Language.CHINESE
) -> StudyReport:
    talk = study_talk(said)
    assert talk is not None
    found = study_report(talk, said, progress, [], language)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("said", "talk"),
    [
        ("我学完了第三周", StudyTalk(weeks=3)),
        ("第三周学完了，接下来学什么？", StudyTalk(weeks=3)),
        ("前三周都学完了", StudyTalk(weeks=3)),
        ("完成了第 2 周的任务", StudyTalk(weeks=2)),
        ("这周学完了", StudyTalk(weeks=0)),
        ("终于把第一周搞定了，谢谢", StudyTalk(weeks=1)),
        ("I finished week 3", StudyTalk(weeks=3)),
        ("Week three is done. What next?", StudyTalk(weeks=3)),
        ("I'm done with weeks 1-2", StudyTalk(weeks=2)),
        ("d2l 第三章学完了", StudyTalk(units=(3,), kind="ch")),
        ("I've completed chapters 3 to 4 of d2l", StudyTalk(units=(3, 4), kind="ch")),
        ("第 5 讲看完了", StudyTalk(units=(5,), kind="l")),
        ("接下来学什么？", StudyTalk(asks=True)),
        ("我学到哪了？", StudyTalk(asks=True)),
        ("how far am I?", StudyTalk(asks=True)),
        ("What's next?", StudyTalk(asks=True)),
    ],
)  # fmt: skip
def test_what_is_finished_or_asked(said: str, talk: StudyTalk) -> None:
    assert study_talk(said) == talk


@pytest.mark.parametrize(
    "said",
    [
        "第3周还没学完",
        "第三周快学完了",
        "学完第三周要多久",
        "第三周学完了吗",
        "我两周学完了 d2l",
        "等学完第三周再说",
        "学完机器学习了，接下来学什么",
        "接下来学什么框架好？",
        "第三章讲什么",
        "when I finish week 3, what next",
        "I haven't finished week 3",
        "week 3 is almost done",
        "I finished week 3, is PyTorch better than TensorFlow?",
        "PyTorch 还是 TensorFlow",
        "谢谢",
    ],
)
def test_other_turns_say_nothing_of_the_plan(said: str) -> None:
    assert study_talk(said) is None


def test_a_question_on_what_is_next_is_known_within_a_longer_one() -> None:
    assert asks_what_is_next("学完机器学习了，接下来学什么")
    assert not asks_what_is_next("数学要学到什么程度")


class TestTheReport:
    def test_of_a_week_ticks_what_ends_in_it_and_the_project(self) -> None:
        found = report("第一周学完了", having())
        assert set(found.finished) == {CH3, OWN_WORK[0]}
        noted, following = found.sentences
        assert noted == "记下了：第 1 周已学完。"
        assert following.startswith("接下来是第 2 周（9.5 小时）：《动手学深度学习》第 10 章")

    def test_of_a_later_week_holds_for_those_before(self) -> None:
        found = report("I finished week 2", having(), Language.ENGLISH)
        assert set(found.finished) == {CH3, CH10, *OWN_WORK}
        assert found.sentences == (
            "Noted as finished: weeks 1–2.",
            "You have finished your whole plan.",
        )

    def test_of_this_week_means_the_first_that_is_not_finished(self) -> None:
        assert set(report("这周学完了", having(CH3)).finished) == {OWN_WORK[0], CH10, OWN_WORK[1]}

    def test_of_what_was_ticked_before_ticks_nothing(self) -> None:
        found = report("第一周学完了", having(CH3, OWN_WORK[0]))
        assert found.finished == ()
        assert "早就记着" in found.sentences[0]

    def test_of_a_week_that_there_is_not_says_so(self) -> None:
        found = report("第九周学完了", having())
        assert found.finished == ()
        assert found.sentences == ("你的计划到第 2 周为止，没有第 9 周。",)

    def test_of_a_chapter_ticks_the_one_course_that_has_it(self) -> None:
        found = report("第三章学完了", having())
        assert found.finished == (CH3,)
        assert "《动手学深度学习》第 3 章" in found.sentences[0]

    def test_of_a_chapter_that_is_not_planned_ticks_nothing(self) -> None:
        found = report("第七章学完了", having())
        assert found == StudyReport((), ("你的计划里没有这一部分，所以没有记。",))

    def test_of_a_chapter_of_several_courses_asks_which(self) -> None:
        first, second = PLAN.weeks
        course, project = first.steps
        other = replace(
            course,
            course="nndl",
            title=Bilingual("神经网络与深度学习", "NNDL"),
            modules=tuple(replace(m, key=ModuleKey("nndl", m.key.module)) for m in course.modules),
        )
        both = replace(PLAN, weeks=(replace(first, steps=(course, other, project)), second))
        found = report("第三章学完了", drawn(both, MONDAY))
        assert found.finished == ()
        assert "哪门课" in found.sentences[0]

    def test_to_a_question_tells_where_the_learner_stands(self) -> None:
        assert (
            report("我学到哪了？", having()).sentences[0].startswith("按你的计划，现在是第 1 周：")
        )
        told = where_now(having(CH3, OWN_WORK[0]), Language.CHINESE)
        assert told.startswith("按你的计划，第 1 周已经学完（《动手学深度学习》第 3 章")
        assert "接下来是第 2 周" in told
        assert "第 10 章" not in told.split("接下来")[0], "it goes on in the second week"


class TestTheNextAnswer:
    @pytest.fixture
    def known(self) -> Conversation:
        return Conversation(learner=PLAN.request.learner, progress=having(CH3, OWN_WORK[0]))

    async def test_notes_what_is_finished(self, tutor: Tutor, known: Conversation) -> None:
        answer = await tutor.answer("第二周学完了", conversation=known)
        assert set(answer.finished) == {CH10, OWN_WORK[1]}
        assert answer.text == "记下了：第 2 周已学完。你的计划已经全部学完。"
        assert not answer.abstained
        assert not answer.citations

    async def test_without_a_plan_such_words_tick_nothing(self, tutor: Tutor) -> None:
        answer = await tutor.answer("第二周学完了")
        assert answer.finished == ()

    async def test_knows_the_plan_where_the_order_is_asked(
        self, tutor: Tutor, known: Conversation
    ) -> None:
        answer = await tutor.answer("学深度学习应该按什么顺序学？", conversation=known)
        assert "按你的计划，第 1 周已经学完" in answer.text
        assert answer.plan is None
        other = await tutor.answer("PyTorch 还是 TensorFlow？", conversation=known)
        assert "按你的计划" not in other.text

    async def test_draws_again_from_there_on(self, tutor: Tutor, known: Conversation) -> None:
        answer = await tutor.answer("重新给我排个计划", conversation=known)
        assert answer.plan is not None
        assert CH3 in answer.plan.request.done
        assert answer.plan.request.learner.weeks == 1, "one of two weeks is left"
        assert answer.plan.request.budget is PLAN.request.budget
        assert "下面从第 2 周排起" in answer.text
        assert "**第 2 周**" in answer.text
        longer = await tutor.answer("给我排个三周的计划", conversation=known)
        assert longer.plan is not None
        assert longer.plan.request.learner.weeks == 3

    async def test_turns_on_the_plan_are_no_thread_to_go_on_from(
        self, tutor: Tutor, known: Conversation
    ) -> None:
        asked = "学深度学习要先学机器学习吗？"
        first = await tutor.answer(asked, conversation=known)
        talk = continued(known, first)
        talk = continued(talk, await tutor.answer("第二周学完了", conversation=talk))
        later = await tutor.answer("那数学呢？", conversation=talk)
        assert "深度学习" in later.asked
        assert not later.abstained
