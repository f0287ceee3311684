"""The rules of the check one by one: amounts, names, quotations, contraries, remembered vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from tutor.checking.attribution import mentioned, same_name, subjects
from tutor.checking.contrary import is_contrary
from tutor.checking.quantities import misplaced, quantities, unstated
from tutor.checking.quotations import quoted_words, stands_in
from tutor.checking.remembering_embedder import RememberingEmbedder


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("about eight weeks", "先用两个月"),
        ("六十小时", "60 hours in all"),
        ("a third of the time", "三分之一的时间"),
        ("half a year", "六个月"),
        ("18 months", "一年半"),
        ("70% 实践", "七成实践"),
        ("nearly two hundred pages", "一份 182 页的手册"),
        ("the projects take 9 hours in total", "five hours of video and four hours of exercises"),
        ("two kinds of learning", "shallow and deep learning"),
    ],
)
def test_the_same_amount_in_other_words(claim: str, source: str) -> None:
    assert unstated(claim, quantities(source, articles=True)) == []


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("三个月", "先用两个月"),
        ("sixty weeks", "60 hours in all"),
        ("four courses", "三门课"),
        ("TensorFlow 2.9", "TensorFlow 1.9"),
        ("每周 10 小时", "每周 4 小时，共 6 周"),
    ],
)
def test_another_amount(claim: str, source: str) -> None:
    assert unstated(claim, quantities(source, articles=True)) != []


def test_amounts_that_changed_places() -> None:
    source = quantities("70% practice and 30% theory")
    assert misplaced("30% practice and 70% theory", source)
    assert misplaced("理论七成，实践三成", source)
    assert misplaced("实践七成，理论三成", source) == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("**大模型小鱼**（知乎）认为要先学 Python", "大模型小鱼"),
        ("王小波建议先动手", "王小波"),
        ("According to Emily Stone, maths can wait", "Emily Stone"),
        ("qq_123 argues that maths can wait", "qq_123"),
        ("Maria Lopez, an engineer, recommends PyTorch", "Maria Lopez"),
    ],
)
def test_who_is_said_to_speak(sentence: str, name: str) -> None:
    assert name in subjects(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "先学机器学习的人说得更清楚",
        "这门课建议先会 Python",
        "He thinks that the course is hard",
        "Most beginners need Python first",
        "**不用先学完，直接动手。**",
    ],
)
def test_nobody_in_particular_speaks(sentence: str) -> None:
    assert subjects(sentence) == []


def test_names_are_whole_words() -> None:
    assert mentioned("Lyons is a city", ["Lyon"]) == []
    assert mentioned("Lyon和辛俊波都这样说", ["Lyon", "辛俊波"]) == ["Lyon", "辛俊波"]
    assert same_name("王大鹏", "精神抖擞王大鹏")
    assert not same_name("王大鹏", "辛俊波")


def test_terms_in_quotation_marks_are_no_quotations() -> None:
    assert quoted_words("所谓“套娃”和 the “deep” part") == []
    assert quoted_words("他写道：「先把环境跑通再说别的」") == ["先把环境跑通再说别的"]


def test_a_quotation_may_differ_in_punctuation_only() -> None:
    assert stands_in("Start at once, then read", "He said: start at once—then read.")
    assert not stands_in("start later then read", "He said: start at once, then read.")


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("这门课里编程是选修", "这门课里编程是必修"),
        ("The videos of the course are paid", "The videos of the course are free"),
        ("All of them always have to learn it", "Some of them have learned it"),
        ("求职的人不必回头学机器学习", "写论文的人不必回头学机器学习"),
    ],
)
def test_a_contrary(claim: str, evidence: str) -> None:
    assert is_contrary(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("写论文不用重学机器学习", "写论文的人不必回头学机器学习"),
        ("No maths is required", "数学不作要求，用不着先补"),
        ("The videos cost nothing", "The videos of the course are free"),
    ],
)
def test_no_contrary(claim: str, evidence: str) -> None:
    assert not is_contrary(claim, evidence)


class Counting:
    """An embedder that counts what it embeds."""

    name, dimension, fingerprint = "counting", 2, "0"

    def __init__(self) -> None:
        self.passages: list[str] = []

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self.embed_queries([text])[0]

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[len(text), 1] for text in texts], np.float32).reshape(-1, 2)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.passages += texts
        return self.embed_queries(texts)


def test_a_passage_is_embedded_once() -> None:
    counting = Counting()
    remembering = RememberingEmbedder(counting)
    first = remembering.embed_passages(["a", "bb", "a"])
    again = remembering.embed_passages(["bb", "a"])
    assert counting.passages == ["a", "bb"]
    assert first.tolist() == [[1, 1], [2, 1], [1, 1]]
    assert again.tolist() == [[2, 1], [1, 1]]
    assert remembering.embed_passages([]).shape == (0, 2)


def test_what_was_used_longest_ago_is_forgotten() -> None:
    counting = Counting()
    remembering = RememberingEmbedder(counting, capacity=2)
    for text in ("a", "bb", "a", "ccc", "a", "bb"):
        remembering.embed_passages([text])
    assert counting.passages == ["a", "bb", "ccc", "bb"]
