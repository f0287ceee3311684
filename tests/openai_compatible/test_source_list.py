"""What stands below the text of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from completion_material import (
    OWN_WORDS,
    QUESTION,
    SUMMARY,
    abstention,
    chinese_answer,
    english_answer,
)
from markdown_it import MarkdownIt

from api.openai_compatible.source_list import below_text, without_source_list
from corpus.types import Bilingual, Goal, Language
from tutor.answer import Answer, Writer
from tutor.learner import Known
from tutor.understanding import understand

NOTICE = Bilingual(zh="语言模型没有回应。", en="The language model did not reply.")


def test_each_source_has_its_number_its_author_the_link_and_whose_words_are_quoted() -> None:
    below = below_text(chinese_answer(), ())
    assert below.startswith("\n\n---\n\n**来源**\n\n")
    assert (
        "[1] 王一 · 知乎 · 日期未知 · "
        "[学深度学习要先学机器学习吗](https://example.org/answer/1)\n"
        "> 原文：「别等学完， 先跑通一个模型。」" in below
    )
    assert "[2] 陈晓 · 知乎 · 2018-03 · " in below
    assert "> 转述（本项目的话，不是原文）：「He advises a small core first.」" in below
    assert "> 中文转述（本项目的话）：「他建议先补一小块核心。」" in below
    assert "> 写于五年多以前" in below


def test_the_list_is_in_the_language_of_the_answer() -> None:
    below = below_text(english_answer(), [NOTICE])
    assert "**Sources**" in below
    assert "**Note**\n\n- The language model did not reply." in below
    assert "Their own words: “" in below
    assert "date unknown" in below


@pytest.mark.parametrize("answer", [chinese_answer(), english_answer()])
@pytest.mark.parametrize("known", [None, *Goal])
def test_to_say_the_goal_as_the_example_does_changes_it(answer: Answer, known: Goal | None) -> None:
    learner = replace(answer.learner, goal=known, goal_known=Known.READ, goal_words="x")
    below = below_text(replace(answer, learner=learner), ())
    example = below.rpartition("例如" if answer.language is Language.CHINESE else "example:")[2]
    assert understand(example).learner.goal not in (None, known)


def test_who_wrote_the_text_is_said_where_a_language_model_did() -> None:
    written = replace(english_answer(), writer=Writer.MODEL, model="some_model")
    assert r"The language model some\_model wrote" in below_text(written, ())
    assert "language model" not in below_text(english_answer(), ())


def test_nothing_stands_below_an_answer_without_sources() -> None:
    assert below_text(abstention(), ()) == ""


def test_a_notice_stands_below_every_answer() -> None:
    assert below_text(abstention(), [NOTICE]) == "\n\n---\n\n**注意**\n\n- 语言模型没有回应。"


@pytest.mark.parametrize("answer", [chinese_answer(), english_answer(), abstention()])
@pytest.mark.parametrize("notices", [(), (NOTICE,)])
def test_what_was_added_is_found_again(answer: Answer, notices: tuple[Bilingual, ...]) -> None:
    shown = answer.text + below_text(answer, notices)
    assert without_source_list(shown) == answer.text
    assert without_source_list(shown.replace("\n\n---\n\n", "\n---\n").strip()) == answer.text


@pytest.mark.parametrize("text", ["", QUESTION, "a\n\n---\n\nb", "a\n\n**Sources**\n\nb"])
def test_a_text_of_somebody_else_stays_as_it_is(text: str) -> None:
    assert without_source_list(text) == text


def test_nothing_in_a_source_becomes_an_image_a_link_or_a_tag() -> None:
    hostile = '![x](https://leak.example/a.png) <img src="https://leak.example"> $x$ [a]: b'
    citation = replace(
        SUMMARY, quote=hostile, title=hostile, author=hostile, rendering=hostile, published=hostile
    )
    below = below_text(replace(chinese_answer(), citations=(citation,)), ())
    html = MarkdownIt("commonmark").render(below)
    assert "<img" not in html
    assert html.count("<a ") == 1
    assert 'href="https://example.org/answer/2"' in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_an_address_that_is_no_web_address_is_no_link(url: str) -> None:
    below = below_text(replace(chinese_answer(), citations=(replace(OWN_WORDS, url=url),)), ())
    assert url not in below


def test_an_address_cannot_end_its_link_early() -> None:
    url = "https://example.org/a_(b) c>[x](https://other.example)"
    below = below_text(replace(chinese_answer(), citations=(replace(OWN_WORDS, url=url),)), ())
    html = MarkdownIt("commonmark").render(below)
    assert html.count("<a ") == 1
    assert "https://example.org/a_%28b%29%20c%3E" in html
