"""What people write as we read it, and what we write as Slack takes it."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from fake_slack import FakeSlack
from slack_workspace import Start, mention

from api.settings import Settings
from api.slack.blocks import one_line
from api.slack.incoming import readable
from api.slack.markdown import escaped, parted, whole_answer
from api.wiring import open_tutor
from corpus.types import Kind, Language
from tutor.answer import Answer


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("<@UBOT> 先学什么？", "先学什么？"),
        ("<@UBOT|xianhou> what first", "what first"),
        ("if a &lt; b &amp;&amp; c &gt; d", "if a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("看 <https://d2l.ai|d2l.ai> 和 <https://x.org>", "看 d2l.ai 和 https://x.org"),
        ("in <#C1|general>, <!here>", "in general,"),
        ("a\0b\ud83d", "ab"),
        ("<@UBOT>", ""),
    ],
)
def test_a_message_is_read_as_its_writer_sees_it(sent: str, read: str) -> None:
    assert readable(sent) == read


def test_markdown_of_the_tutor_stays_and_calls_nobody() -> None:
    text = "**结论**[1] <!channel> ![图](https://x/y.png) a > b & c!"
    assert escaped(text) == "**结论**[1] &lt;!channel&gt; [图](https://x/y.png) a &gt; b &amp; c!"


@pytest.mark.parametrize("most", [40, 57, 64, 100])
@pytest.mark.parametrize(
    "unit",
    [
        "学一点数学[12]，再动手[3]。[104]",
        "Learn a bit [12] first &amp; then build. [3] ",
        "字" * 30 + "[1234]",
    ],
)
def test_a_long_text_is_parted_and_no_marker_or_entity_is_cut(unit: str, most: int) -> None:
    text = unit * 40
    parts = parted(text, most)
    assert "".join(parts) == text
    assert all(0 < len(part) <= most for part in parts)
    for before, after in pairwise(parts):
        assert not re.search(r"\[\d*\Z|&[a-z]*\Z", before)
        assert not re.match(r"\d*\]|[a-z]*;", after)


def test_a_marker_stays_with_its_sentence() -> None:
    text = "学一点数学，再动手。[12]" * 40
    assert not any(part.startswith("[") for part in parted(text, 64))


def test_paragraphs_are_parted_before_sentences() -> None:
    assert parted("一段。\n\n" + "二" * 6, 9) == ["一段。\n\n", "二" * 6]
    assert parted("短", 9) == ["短"]


def test_a_text_without_any_place_to_part_is_cut_all_the_same() -> None:
    assert parted("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert parted("[" * 25, 10) == ["[" * 9, "[" * 9, "[" * 7]


def test_the_line_of_a_notification_cuts_no_entity() -> None:
    assert one_line("a\n\nb") == "a b"
    assert one_line("x" * 148 + "&amp;yyy") == "x" * 148 + "…"


def test_a_course_is_named_by_its_title_and_a_quote_is_short(chinese_answer: Answer) -> None:
    citation = replace(
        chinese_answer.citations[0],
        kind=Kind.COURSE,
        author="Zhang",
        platform="course",
        title="动手学",
        quote="词" * 500,
    )
    text = whole_answer(replace(chinese_answer, citations=(citation,)), (), choosable=False)
    (line,) = [line for line in text.splitlines() if line.startswith("- [1]")]
    assert "Zhang" not in line
    assert "[动手学](https://example.org/answer/1)" in line
    assert "课程资料（本项目整理）：「" + "词" * 140 + "…」" in line


def test_only_web_addresses_become_links(chinese_answer: Answer) -> None:
    citation = replace(chinese_answer.citations[0], url="javascript:alert(1)")
    text = whole_answer(replace(chinese_answer, citations=(citation,)), (), choosable=True)
    assert "javascript" not in text


def test_an_english_answer_is_english_throughout(chinese_answer: Answer) -> None:
    learner = replace(chinese_answer.learner, language=Language.ENGLISH, goal_words="thesis")
    answer = replace(
        chinese_answer,
        language=Language.ENGLISH,
        text="Start right away [1].",
        learner=learner,
        citations=chinese_answer.citations[1:],
        follow_ups=("How much maths?", "Which framework?"),
    )
    lines = whole_answer(answer, (), choosable=True).splitlines()
    assert "**Sources**" in lines
    assert any("Our summary, not their words: “He advises" in line for line in lines)
    assert "You could ask next: How much maths? / Which framework?" in lines
    assert lines[-3].startswith("Answered for the goal: a graduation project (you mentioned")


def test_the_manifest_asks_for_no_more_than_is_used() -> None:
    manifest = yaml.safe_load((files("api.slack") / "manifest.yaml").read_text("utf-8"))
    assert sorted(manifest["oauth_config"]["scopes"]["bot"]) == [
        "app_mentions:read",
        "assistant:write",
        "chat:write",
        "commands",
        "im:history",
    ]
    settings = manifest["settings"]
    urls = {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        manifest["features"]["slash_commands"][0]["url"],
    }
    assert urls == {"https://tutor.example.org/slack/events"}
    assert set(settings["event_subscriptions"]["bot_events"]) == {
        "app_home_opened",
        "app_mention",
        "assistant_thread_started",
        "message.im",
    }


async def test_an_answer_of_the_real_tutor_arrives_whole(
    start: Start, slack: FakeSlack, indexed: Path
) -> None:
    with open_tutor(Settings(data=indexed)) as tutor:
        async with start(tutor) as space:
            await space.event(mention("学深度学习要先学机器学习吗？我只是做毕设"))
    (text,) = slack.seen("C1")
    answer, _, sources = text.partition("**来源**")
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", answer)}
    listed = {int(number) for number in re.findall(r"^- \[(\d+)\]", sources, re.MULTILINE)}
    assert cited == listed
    assert "https://www.zhihu.com/question/" in sources
    assert "按目标「毕业设计」回答" in sources
