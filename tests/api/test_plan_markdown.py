"""A plan as a Markdown checklist that any Markdown program can show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from markdown_it import MarkdownIt

from api.plan_markdown import plan_markdown
from corpus.types import Bilingual
from tests.api.plan_examples import FULL, TOO_SHORT, in_english
from tutor.planning.types import Plan


def test_a_week_in_chinese() -> None:
    text = plan_markdown(FULL)
    begin, end = text.index("## 第 1 周"), text.index("## 第 2 周")
    assert (
        text[begin:end]
        == """\
## 第 1 周 · 10 小时

- **[动手学深度学习](<https://zh.d2l.ai>)**（≈6 小时）：王一为同样的目标推荐这门课 \
[\\[1\\]](<https://example.org/answer/1>)[\\[3\\]](<https://zh.d2l.ai>)
  - [ ] 线性神经网络
  - [ ] 注意力机制（7.5 小时中的 2 小时）
- [ ] **跑通一个和题目有关的小模型**（4 小时）：陈晓说第一周就动手 \
[\\[2\\]](<https://example.org/answer/2>)

*学完第 1 周，你能用线性回归拟合一组数据，并说出误差从哪里来。*

"""
    )


def test_the_verdict_stands_above_the_weeks() -> None:
    text = plan_markdown(TOO_SHORT)
    assert text.startswith("# 学习计划：毕业设计\n\n**1 周不够：")


def test_what_is_done_is_ticked() -> None:
    assert "- [x] d2l：预备知识" in plan_markdown(FULL)
    week = FULL.weeks[0]
    study = week.steps[0]
    done = replace(study, modules=tuple(replace(each, done=True) for each in study.modules))
    text = plan_markdown(replace(FULL, weeks=(replace(week, steps=(done,)),)))
    assert "  - [x] 线性神经网络" in text


def test_weeks_are_dated_where_a_start_is_given() -> None:
    text = plan_markdown(in_english(FULL), date(2026, 12, 28))
    assert "## Week 1 · 2026-12-28 · 10 h" in text
    assert "## Week 2 · 2027-01-04 · 9.5 h" in text


def test_every_source_is_listed_with_its_words() -> None:
    text = plan_markdown(FULL)
    assert (
        "- \\[1\\] 王一 · 知乎 · 2019-05 · [毕设怎么开始](<https://example.org/answer/1>)\n"
        "  > 原文：「直接看动手学深度学习，边看边做。」"
    ) in text


def test_the_rendered_page_has_its_emphasis_and_links() -> None:
    """Stars beside full-width brackets are easily taken for stars."""
    html = MarkdownIt().render(plan_markdown(FULL))
    assert '<strong><a href="https://zh.d2l.ai">动手学深度学习</a></strong>（≈6 小时）' in html
    assert "<strong>机器学习（西瓜书）（+60 小时）</strong>" in html
    assert "<em>学完第 1 周，" in html
    assert "*" not in html


def hostile(words: str) -> Plan:
    """A plan in which everything that comes from sources is `words`."""
    said = Bilingual(words, words)
    week = FULL.weeks[0]
    study = week.steps[0]
    steps = [
        replace(
            each,
            title=said,
            why=said,
            url="https://example.org/a b>)<script>",
            modules=tuple(replace(module, title=said) for module in each.modules),
        )
        for each in (study, week.steps[1])
    ]
    return replace(
        FULL,
        weeks=(replace(week, steps=tuple(steps), checkpoints=(said,)),),
        left_out=tuple(replace(each, title=said, why=said) for each in FULL.left_out),
        citations=tuple(
            replace(each, author=words, title=words, quote=words) for each in FULL.citations
        ),
        done=tuple(replace(each, title=said) for each in FULL.done),
    )


def test_what_others_wrote_cannot_become_markup() -> None:
    for words in (
        "![x](https://evil.example/x.png)",
        "](https://evil.example) <script>alert(1)</script>",
        "# heading\n\n<img src=x> [click](https://evil.example)",
        "`code` **bold** ~~no~~ | a | b |\n|---|---|",
        "[evil]: https://evil.example",
        "\n- [x] item\n\n---\n",
        "1. first\n2. second",
    ):
        html = MarkdownIt("gfm-like", {"linkify": False}).render(plan_markdown(hostile(words)))
        assert not any(
            tag in html
            for tag in ("<img", "<script", '"https://evil.example', "<code", "<table", "<hr", "<s>")
        ), words
        assert html.count("<h1") == 1
        assert "<ol" not in html


def test_an_address_that_is_no_web_address_is_not_linked() -> None:
    plan = replace(
        FULL,
        citations=tuple(replace(each, url="javascript:alert(1)") for each in FULL.citations),
    )
    assert "javascript" not in plan_markdown(plan)


def test_an_address_cannot_end_its_link_early() -> None:
    url = "https://example.org/a\\"
    plan = replace(FULL, citations=tuple(replace(each, url=url) for each in FULL.citations))
    html = MarkdownIt().render(plan_markdown(plan))
    assert html.count('href="https://example.org/a%5C"') >= len(plan.citations)
    assert "](" not in html


def test_entities_and_formulas_are_read_as_they_were_written() -> None:
    words = "&lt;b&gt; &copy; $x$ R&D"
    text = plan_markdown(hostile(words))
    assert r"\$x\$ R&D" in text
    assert "&amp;lt;b&amp;gt; &amp;copy; $x$ R&amp;D" in MarkdownIt().render(text)


def test_control_characters_are_left_out() -> None:
    assert not {"\x1b", "\u202e"} & set(plan_markdown(hostile("a\x1b[2J\u202e")))
