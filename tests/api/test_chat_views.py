"""What a chat shows around and below its answers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scripted_tutor import empty_trace

from api.chat_answer_view import below_chat_answer, plan_page, sources_page
from api.chat_choosing import chosen
from api.chat_export import written_export
from api.chat_views import conversation_list, goal_page, greeting
from api.chat_why import problem_name, why_page
from api.render_plain import plain
from corpus.errors import UsageError
from corpus.types import Goal, Kind, Language
from tutor.answer import Answer, CheckReport, Section, Sentence, SentenceKind, Usage, Writer
from tutor.checking.check import Problem
from tutor.learner import Known, Learner
from tutor.memory.records import ConversationExport, ConversationHead

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HEAD = ConversationHead("abcd" * 8, "要先学数学吗？", Language.CHINESE, NOW, NOW, 3)
OTHER = replace(HEAD, id="beef" * 8, title="PyTorch or TensorFlow?")


def test_the_greeting_says_who_writes_and_what_is_known(chinese_answer: Answer) -> None:
    strangers = plain(greeting(None, None, Language.CHINESE))
    assert "没有配置语言模型" in strangers
    assert "/help" in strangers
    assert len(strangers.splitlines()) == 1
    known = plain(greeting(chinese_answer.learner, "some-model", Language.ENGLISH))
    assert "The language model some-model writes" in known
    assert "Goal: a graduation project; Field: computer vision; Time: 8 weeks" in known
    assert len(known.splitlines()) == 2


def test_sources_are_compact_below_an_answer(chinese_answer: Answer) -> None:
    first, second = chinese_answer.citations
    again = replace(first, number=3)
    course = replace(second, number=4, source_id="d2l", kind=Kind.COURSE, title="动手学深度学习")
    answer = replace(chinese_answer, citations=(first, second, again, course))
    page = plain(below_chat_answer(answer, ()))
    assert "[1][3] 王一 · 知乎 · 日期未知 · https://example.org/answer/1" in page
    assert "[2] 陈晓 · 知乎 · 2018-03 · https://example.org/answer/2" in page
    assert "[4] 动手学深度学习 · 知乎 · https://example.org/answer/2" in page
    assert first.quote.split()[0] not in page


def test_the_goal_and_what_is_new_of_the_learner_are_said(chinese_answer: Answer) -> None:
    page = plain(below_chat_answer(chinese_answer, ("goal", "weeks", "hours_per_week")))
    assert "按「毕业设计」回答（你提到「毕设」）。换目标：/goal" in page
    assert "记下了：目标：毕业设计；时间：8 周" in page
    assert "不再记着：每周" in page
    assert "记下了" not in plain(below_chat_answer(chinese_answer, ()))


def test_an_abstention_has_nothing_below_it(chinese_answer: Answer) -> None:
    abstained = replace(chinese_answer, abstained=True, citations=(), positions=())
    assert list(below_chat_answer(abstained, ())) == []


def test_sources_are_shown_with_their_words_all_or_one(chinese_answer: Answer) -> None:
    everything = plain(sources_page(chinese_answer, "", Language.CHINESE))
    assert "原文：「别等学完， 先跑通一个模型。」" in everything
    assert "中文转述（本项目的话）：「他建议先补一小块核心。」" in everything
    for number in ("2", "[2]"):
        one = plain(sources_page(chinese_answer, number, Language.CHINESE))
        assert "五年多以前" in one
        assert "王一" not in one


@pytest.mark.parametrize("number", ["3", "0", "x", "-1"])
def test_a_source_that_is_not_there_is_said(chinese_answer: Answer, number: str) -> None:
    with pytest.raises(UsageError, match=r"\[1\] to \[2\]"):
        list(sources_page(chinese_answer, number, Language.CHINESE))
    with pytest.raises(UsageError, match="no answer with sources"):
        list(sources_page(None, number, Language.CHINESE))


def test_the_plan_is_the_steps_and_courses_with_their_sources(chinese_answer: Answer) -> None:
    step = Sentence(
        "1. 先跑通一个模型[2]。",
        (2,),
        SentenceKind.OPINION,
        Section.STEPS,
        before="\n\n**可以这样安排**\n\n",
    )
    answer = replace(chinese_answer, sentences=(*chinese_answer.sentences, step))
    page = plain(plan_page(answer))
    assert page.startswith("**可以这样安排**\n\n1. 先跑通一个模型[2]。\n\n[2] 陈晓")
    assert "王一" not in page
    courses_only = replace(answer, sentences=(replace(step, section=Section.COURSES),))
    for without_steps in (chinese_answer, courses_only):
        assert list(plan_page(without_steps)) == []


def test_why_tells_of_goal_split_check_and_cost(chinese_answer: Answer) -> None:
    answer = replace(
        chinese_answer,
        asked="为了毕业设计，学深度学习要先学机器学习吗？",
        writer=Writer.MODEL,
        model="some-model",
        usage=Usage(calls=2, input_tokens=5120, output_tokens=480, cost=0.0123),
        check=CheckReport(3, 2, 1, 1),
        timings_ms={"total": 1234.0},
    )
    trace = empty_trace(("- 李二要先学 37 周[15]。", (Problem.NUMBER.value, Problem.STANCE.value)))
    page = plain(why_page(answer, trace, Language.CHINESE))
    for said in (
        "理解成的问题：为了毕业设计",
        "按「毕业设计」回答（你提到「毕设」）",
        "- 主张直接开始 (2): 王一 [1]、李二",
        "其中 1 句修正过",
        "- 李二要先学 37 周。 (数字不是来源里说的、不是这个人的立场)",
        "some-model",
        "调用 2 次，读入 5,120、写出 480 个 token，按设定的价格 0.0123",
        "用时 1.2 秒",
    ):
        assert said in page
    assert "[15]" not in page


def test_why_of_an_earlier_session_does_not_invent_what_was_dropped(chinese_answer: Answer) -> None:
    page = plain(why_page(chinese_answer, None, Language.CHINESE))
    assert "不会保存" in page
    assert "没有用语言模型" in page


@pytest.mark.parametrize("problem", list(Problem))
def test_every_problem_has_words_in_both_languages(problem: Problem) -> None:
    assert re.search("[\u4e00-\u9fff]", problem_name(problem.value, Language.CHINESE))
    assert problem_name(problem.value, Language.ENGLISH) == problem.value


@pytest.mark.parametrize("language", list(Language))
def test_goals_are_listed_with_the_one_that_is_set(language: Language) -> None:
    page = plain(goal_page(Learner(Language.CHINESE, Goal.JOB, Known.STATED), language))
    assert all(goal.value in page for goal in Goal)
    assert ("you set it" in page) == (language is Language.ENGLISH)


def test_a_conversation_is_chosen_by_number_or_by_id() -> None:
    heads = [HEAD, OTHER]
    listed = plain(conversation_list(heads, Language.ENGLISH)).splitlines()
    assert re.fullmatch(r"- 2: 2026-11-2\d: PyTorch or TensorFlow\?", listed[1])
    assert chosen(heads, "2") is OTHER
    assert chosen(heads, " beefbeef") is OTHER
    assert chosen(heads, "BEEF") is OTHER
    for wrong in ("0", "3", "b", "", "feed", "x"):
        with pytest.raises(UsageError):
            chosen(heads, wrong)


class TestExport:
    """Files with conversations."""

    EXPORT = ConversationExport(HEAD, None, (), ())

    @pytest.fixture(autouse=True)
    def directory(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

    def test_a_free_name_is_found(self) -> None:
        files = [written_export(self.EXPORT, "", Language.CHINESE) for _ in range(3)]
        assert [re.sub(r"\d{4}-\d\d-\d\d", "DAY", str(file)) for file in files] == [
            "xianhou-DAY.md",
            "xianhou-DAY-2.md",
            "xianhou-DAY-3.md",
        ]
        assert all("要先学数学吗？" in file.read_text("utf-8") for file in files)

    def test_no_file_is_replaced(self) -> None:
        Path("mine.md").write_text("mine")
        with pytest.raises(UsageError, match="exists"):
            written_export(self.EXPORT, "mine.md", Language.CHINESE)
        assert Path("mine.md").read_text() == "mine"

    def test_a_place_that_cannot_be_written_is_said(self) -> None:
        with pytest.raises(UsageError, match="Cannot write"):
            written_export(self.EXPORT, "no/such/place.md", Language.CHINESE)
