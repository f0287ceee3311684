"""The texts of a course read like sentences that a person would write, and say what is known."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from corpus.course_files import load_courses
from corpus.course_text import render_course
from corpus.types import (
    Bilingual,
    Confidence,
    Course,
    CourseStatus,
    Direction,
    Language,
    Module,
    Prerequisite,
)

SAILING = Course(
    id="sailing",
    title=Bilingual("帆船入门", "Sailing"),
    aliases=(),
    provider="Harbour School",
    instructors=("老周 (Old Zhou)", "Ann Bay"),
    url="https://sailing.example.org",
    links=(),
    languages=(Language.ENGLISH, Language.CHINESE),
    level="beginner",
    directions=(Direction.GENERAL,),
    prerequisites=(
        Prerequisite(None, "python", True, "course"),
        Prerequisite("knots", None, True, "course"),
        Prerequisite(None, "calculus", False, "guide"),
    ),
    teaches=("linear-algebra", "reef-knots"),
    hours=7.5,
    hours_basis="guide",
    weeks=2,
    modules=(
        Module("w1", Bilingual("看风", "Reading the wind"), 1, 3),
        Module("w2", Bilingual("怎么靠岸？", "How to land?"), 2),
    ),
    cost="audit",
    cost_note=Bilingual("证书 10 元。", "The certificate costs 10 yuan."),
    status=CourseStatus.CURRENT,
    superseded_by=None,
    verified_on="2026-11",
    confidence=Confidence.HIGH,
    sources=("https://sailing.example.org",),
    unverified=("hours",),
    summary=Bilingual("教人驾小帆船。", "How to sail a small boat."),
    texts=(),
)
TITLES = {"knots": Bilingual("绳结入门", "Knots"), "new": Bilingual("新帆船", "New Sailing")}

CHINESE = """\
# 帆船入门

## 简介

教人驾小帆船。

主讲或作者：老周（Old Zhou）、Ann Bay。提供方：Harbour School。难度：入门。\
主要教：线性代数、reef knots。\
这些信息核对于 2026 年 11 月，可信度高；没有官方证实、仅供参考的有：总学时。

## 先修

开始之前要先学：Python 编程、《绳结入门》（依据：课程自己的说明）。\
先学更好、但不强求：微积分（依据：学生编写的自学指南 cs-self-learning）。

## 内容

按课程安排共 2 周。总学时约 7.5 小时（依据：学生编写的自学指南 cs-self-learning）。\
内容共 2 个单元，依次是：

- 第 1 周：看风（约 3 小时）。
- 第 2 周：怎么靠岸？

## 费用与语言

费用：内容可以免费看，证书收费。证书 10 元。语言：英文、中文。
"""

ENGLISH = """\
# Sailing

## Overview

How to sail a small boat.

Taught or written by 老周 (Old Zhou) and Ann Bay. Offered by Harbour School. Level: beginner. \
It teaches linear algebra and reef knots. \
These facts were checked in November 2026; confidence is high. \
Not officially confirmed: total hours.

## Before you start

Before you start you need Python programming and Knots, according to the course itself. \
Helpful but not required: calculus, according to cs-self-learning, a self-study guide written by \
students.

## Contents

It is laid out over 2 weeks. It takes about 7.5 hours in total, according to cs-self-learning, \
a self-study guide written by students. It has 2 units, in this order:

- Week 1: Reading the wind (about 3 hours).
- Week 2: How to land?

## Cost and language

Cost: free to view, with a paid certificate. The certificate costs 10 yuan. \
Available in English and Chinese.
"""


def test_a_course_in_chinese_and_in_english() -> None:
    assert render_course(SAILING, Language.CHINESE, TITLES) == CHINESE
    assert render_course(SAILING, Language.ENGLISH, TITLES) == ENGLISH


def test_a_superseded_course_says_what_to_take_instead() -> None:
    old = replace(SAILING, status=CourseStatus.SUPERSEDED, superseded_by="new")
    chinese = render_course(old, Language.CHINESE, TITLES)
    assert "这门课已经被《新帆船》取代，现在开始学的人请直接学新的。" in chinese
    english = render_course(old, Language.ENGLISH, TITLES)
    assert "It has been superseded by New Sailing; if you are starting now" in english


def test_a_course_whose_title_is_not_known_goes_by_its_id() -> None:
    assert "《knots》" in render_course(SAILING, Language.CHINESE)


def test_a_field_is_named_only_where_a_course_is_not_general() -> None:
    vision = replace(SAILING, directions=(Direction.VISION,))
    assert "面向方向：计算机视觉。" in render_course(vision, Language.CHINESE)
    both = replace(SAILING, directions=(Direction.VISION, Direction.GENERAL))
    assert "Field:" not in render_course(both, Language.ENGLISH)


def test_unknown_length_and_prerequisites_are_said_not_guessed() -> None:
    vague = replace(SAILING, hours=None, hours_basis="", weeks=None, prerequisites=())
    assert "How long it takes is not stated." in render_course(vague, Language.ENGLISH)
    assert "没有写明任何先修要求。" in render_course(vague, Language.CHINESE)
    unsure = replace(vague, unverified=("prerequisites",))
    assert "没有查到写明的先修要求。" in render_course(unsure, Language.CHINESE)


@pytest.mark.parametrize(
    ("module", "zh", "en"),
    [
        ("ch3", "第 3 章：看风", "Chapter 3: Reading"),
        ("l12", "第 12 讲：看风", "Lesson 12: Reading"),
        ("c2w4", "第 2 门课第 4 周：看风", "Course 2, week 4: Reading"),
        ("s1-7", "第 1.7 节：看风", "Section 1.7: Reading"),
        ("extra", "- 看风。", "- Reading the wind."),
    ],
)
def test_a_module_is_numbered_as_its_course_numbers_it(module: str, zh: str, en: str) -> None:
    one = replace(SAILING, modules=(Module(module, Bilingual("看风", "Reading the wind")),))
    assert zh in render_course(one, Language.CHINESE)
    assert en in render_course(one, Language.ENGLISH)


@pytest.mark.parametrize("course", load_courses(), ids=lambda course: course.id)
def test_bundled_texts_are_whole_sentences_with_every_module(course: Course) -> None:
    for text in course.texts:
        headings = re.findall(r"^## (.+)$", text.body, re.MULTILINE)
        assert len(headings) == 4
        lines = [line for line in text.body.splitlines() if line and not line.startswith("#")]
        assert all(line[-1] in "。？：.?:" for line in lines), lines
        places = [text.body.index(m.title.text(text.language)) for m in course.modules]
        assert len(places) == len(course.modules)
        bullets = [line for line in lines if line.startswith("- ")]
        assert len(bullets) == len(course.modules)
        for bullet, module in zip(bullets, course.modules, strict=True):
            assert module.title.text(text.language) in bullet
    chinese, english = course.texts
    assert not re.search(r"[,;!]|[\u4e00-\u9fff]\.", chinese.body)
    assert not any(a in "。，" and b in "。，" for a, b in pairwise(chinese.body + english.body)), (
        "doubled punctuation"
    )
