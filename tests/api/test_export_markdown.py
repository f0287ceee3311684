"""A conversation as a file that its learner can keep and any Markdown program can show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from markdown_it import MarkdownIt

from api.export_markdown import conversation_markdown
from corpus.types import Kind, Language
from tutor.answer import Citation
from tutor.memory.records import (
    ConversationExport,
    ConversationHead,
    Feedback,
    FeedbackKind,
    Message,
    Role,
)

BEGUN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ENDED = datetime(2026, 11, 21, 9, 5, tzinfo=UTC)
CITATION = Citation(
    number=1,
    source_id="a",
    kind=Kind.PERSPECTIVE,
    author="精神抖擞王大鹏",
    platform="zhihu",
    title="先学什么",
    url="https://example.org/answer/1",
    published=None,
    language=Language.CHINESE,
    verbatim=True,
    quote="马上\n动手",
    start=0,
    end=5,
)


def exported(
    question: str = "先学什么？", citation: Citation = CITATION, *feedback: Feedback
) -> ConversationExport:
    head = ConversationHead("c", question, Language.CHINESE, BEGUN, ENDED, 1)
    messages = (
        Message("q", 1, Role.LEARNER, question, BEGUN),
        Message("a", 1, Role.TUTOR, "**直接动手。**王大鹏这么说 [1]。", ENDED, (citation,)),
    )
    return ConversationExport(head, None, messages, feedback)


def test_a_file_in_chinese() -> None:
    feedback = Feedback("a", FeedbackKind.WRONG_CITATION, None, "不是他说的", ENDED)
    assert (
        conversation_markdown(exported("先学什么？", CITATION, feedback), Language.CHINESE)
        == """\
# 先学什么？

开始于 2026-11-21 09:00，最近一次回答 2026-11-21 09:05（UTC）

## 1

> 先学什么？

**直接动手。**王大鹏这么说 [1]。

### 来源

- \\[1\\] 精神抖擞王大鹏 · 知乎 · 日期未知 · [先学什么](<https://example.org/answer/1>)

  > 原文：「马上 动手」

> 你的反馈：引用有误 · 不是他说的
"""
    )


def test_the_same_file_in_english_keeps_names_and_quotations() -> None:
    text = conversation_markdown(exported(), Language.ENGLISH)
    assert "From 2026-11-21 09:00 to 2026-11-21 09:05 (UTC)" in text
    assert "### Sources" in text
    assert "精神抖擞王大鹏 · Zhihu · date unknown" in text
    assert "> Their own words: “马上 动手”" in text


def test_a_conversation_without_turns() -> None:
    head = ConversationHead("c", "", Language.ENGLISH, BEGUN, BEGUN, 0)
    text = conversation_markdown(ConversationExport(head, None, (), ()), Language.ENGLISH)
    assert text.startswith("# (no question yet)\n")


def test_what_others_wrote_cannot_become_markup() -> None:
    hostile = replace(
        CITATION,
        author="![x](https://evil.example/x.png)",
        title="](https://evil.example) <script>alert(1)</script>",
        url="https://example.org/a b>)<script>",
        quote="# heading\n\n<img src=x> [click](https://evil.example)",
    )
    html = MarkdownIt().render(conversation_markdown(exported(citation=hostile), Language.ENGLISH))
    assert html.count("<a ") == 1
    assert 'href="https://example.org/a%20b%3E)%3Cscript%3E"' in html
    assert not any(tag in html for tag in ("<img", "<script", 'evil.example"'))


def test_an_address_that_is_no_web_address_is_not_linked() -> None:
    note = replace(CITATION, url="javascript:alert(1)")
    assert "javascript" not in conversation_markdown(exported(citation=note), Language.CHINESE)


def test_a_question_of_several_lines_stays_one_quotation() -> None:
    text = conversation_markdown(exported("一\n\n# 二"), Language.CHINESE)
    assert "> 一\n>\n> # 二" in text
    assert text.startswith("# 一 \\# 二\n")
