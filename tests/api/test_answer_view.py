"""What a reader sees of an answer, down a pipe and on a terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from api.answer_view import answer_page
from api.render_plain import plain
from corpus.types import Bilingual, Language
from tutor.answer import Answer, CheckReport, Section, Sentence, SentenceKind, Writer
from tutor.learner import Learner


def plain_page(answer: Answer) -> str:
    return plain(answer_page(answer))


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer, int], str]:
    """Prints an answer on a terminal so many columns wide."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def printed(answer: Answer, columns: int) -> str:
        from api.render_terminal import show

        screen = Terminal()
        monkeypatch.setattr("sys.stdout", screen)
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("TERM", "xterm-256color")
        show(answer_page(answer))
        return screen.getvalue()

    return printed


def test_each_source_is_listed_with_author_platform_date_link_and_words(
    chinese_answer: Answer,
) -> None:
    page = plain_page(chinese_answer)
    assert "[1] 王一 · 知乎 · 日期未知" in page
    assert "[2] 陈晓 · 知乎 · 2018-03" in page
    assert "    https://example.org/answer/1" in page


def test_own_words_and_restatements_are_told_apart(chinese_answer: Answer) -> None:
    page = plain_page(chinese_answer)
    assert "    原文：「别等学完， 先跑通一个模型。」" in page
    assert "    转述（本项目的话，不是原文）：「He advises a small core first.」" in page
    assert "    中文转述（本项目的话）：「他建议先补一小块核心。」" in page


def test_an_english_reader_gets_english_labels(chinese_answer: Answer) -> None:
    learner = Learner(Language.ENGLISH)
    page = plain_page(replace(chinese_answer, language=Language.ENGLISH, learner=learner))
    assert "[1] 王一 · Zhihu · date unknown" in page
    assert "Their own words: “" in page
    assert "No goal was named" in page


def test_old_advice_is_marked_once_below_its_source(chinese_answer: Answer) -> None:
    page = plain_page(chinese_answer)
    assert page.count("五年多以前") == 1
    assert page.index("五年多以前") > page.index("[2] 陈晓")


def test_positions_name_everyone_with_their_citation(chinese_answer: Answer) -> None:
    page = plain_page(chinese_answer)
    assert "- 主张直接开始 (2): 王一 [1]、李二" in page
    assert "来源里只找到这一种看法。" in page


def test_the_assumed_goal_says_why_and_how_to_change_it(chinese_answer: Answer) -> None:
    page = plain_page(chinese_answer)
    assert "按目标「毕业设计」回答（你提到「毕设」）" in page
    assert "--goal job" in page


def test_the_check_and_the_follow_ups_are_shown(chinese_answer: Answer) -> None:
    page = plain_page(chinese_answer)
    assert "写了 3 句，2 句通过，删去 1 句" in page
    assert "- 数学要学到什么程度才够？" in page


def test_an_answer_by_rules_says_nothing_of_a_model(chinese_answer: Answer) -> None:
    page = plain_page(chinese_answer)
    assert "语言模型" not in page
    assert "修正" not in page


def test_an_answer_by_a_model_says_whose_words_are_whose(chinese_answer: Answer) -> None:
    own = Sentence("先跑通再说。", (), SentenceKind.INFERENCE, Section.BODY)
    written = replace(
        chinese_answer,
        writer=Writer.MODEL,
        model="some-model",
        sentences=(*chinese_answer.sentences, own),
        check=CheckReport(sentences=5, supported=4, dropped=1, repaired=2, reworded=1),
        notices=(Bilingual(zh="语言模型中途停了。", en="The model broke off."),),
    )
    page = plain_page(written)
    assert "正文由语言模型 some-model 执笔" in page
    assert "没有编号的句子是本助手自己的推断" in page
    assert "4 句通过（其中 2 句修正过，1 句换成了来源的文字），删去 1 句" in page
    assert page.index("注意：语言模型中途停了。") < page.index("## 来源")
    without_own = plain_page(replace(written, sentences=chinese_answer.sentences))
    assert "没有编号的句子" not in without_own


def test_an_abstention_has_no_empty_sections(chinese_answer: Answer) -> None:
    abstained = replace(
        chinese_answer,
        abstained=True,
        text="我的来源没有谈到这个问题。",
        citations=(),
        positions=(),
        follow_ups=(),
    )
    assert plain_page(abstained).strip() == "我的来源没有谈到这个问题。"


def test_a_source_cannot_command_the_terminal(chinese_answer: Answer) -> None:
    evil = replace(
        chinese_answer.citations[0], title="t\x1b]0;owned\x07\x1b[2J\u202egnp.exe\x9b31m"
    )
    page = plain_page(replace(chinese_answer, citations=(evil,)))
    assert not set("\x1b\x07\x9b\u202e") & set(page)
    assert "t]0;owned[2J" in page


@pytest.mark.parametrize("columns", [20, 80, 200])
def test_a_terminal_of_any_width_shows_the_same_content(
    chinese_answer: Answer, on_terminal: Callable[[Answer, int], str], columns: int
) -> None:
    screen = on_terminal(chinese_answer, columns)
    squeezed = "".join(re.sub(r"\x1b\[[0-9;]*m|\x1b\][^\x1b]*\x1b\\\\", "", screen).split())
    for words in ("王一", "先跑通一个模型。」", "日期未知", "李二", "--goal"):
        assert words in squeezed


def test_a_terminal_gets_colours_unless_asked_not_to(
    chinese_answer: Answer,
    on_terminal: Callable[[Answer, int], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "\x1b[33m" in on_terminal(chinese_answer, 80)  # the yellow of a warning
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[33m" not in on_terminal(chinese_answer, 80)


def test_a_link_with_spaces_is_printed_as_it_is(
    chinese_answer: Answer, on_terminal: Callable[[Answer, int], str]
) -> None:
    local = replace(chinese_answer.citations[0], url="file:///my notes/bold underline.md")
    screen = on_terminal(replace(chinese_answer, citations=(local,)), 80)
    assert "file:///my notes/bold underline.md" in screen


def test_where_a_link_in_the_text_leads_is_shown(
    chinese_answer: Answer, on_terminal: Callable[[Answer, int], str]
) -> None:
    screen = on_terminal(replace(chinese_answer, text="[点我](https://evil.example/)"), 80)
    assert "https://evil.example/" in re.sub(r"\x1b\][^\x1b]*\x1b\\\\", "", screen)


def test_a_source_cannot_smuggle_escapes_onto_a_terminal(
    chinese_answer: Answer, on_terminal: Callable[[Answer, int], str]
) -> None:
    evil = replace(
        chinese_answer.citations[0], author="\x1b[31mred", url="https://example.org/\x1b\\evil"
    )
    screen = on_terminal(replace(chinese_answer, citations=(evil,)), 80)
    assert "\x1b[31mred" not in screen
    assert "\x1b\\evil" not in screen
