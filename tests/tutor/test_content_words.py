"""What a question is about, apart from function words and the learner's goal."""

from __future__ import annotations

import pytest

from tutor.content_words import content_terms, without_goal


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("数学要学到什么程度", ["数学"]),
        ("how much math do I need", ["math"]),
        # What the cutting leaves of 看不起 is no word; letters that stand alone are names.
        ("光调包会被看不起吗", ["光调", "调包"]),
        ("should I learn R first?", ["r"]),
        ("要不要先学？", []),
    ],
)
def test_terms_of_the_content_words(question: str, found: list[str]) -> None:
    assert content_terms(question) == found


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("数学要学到什么程度？想找工作", ["数学"]),
        ("How much math for a job?", ["math"]),
        ("学钢琴要先学乐理吗？我在准备毕设", ["钢琴", "乐理"]),
    ],
)
def test_the_goal_can_be_left_out(question: str, left: list[str]) -> None:
    assert content_terms(without_goal(question)) == left
