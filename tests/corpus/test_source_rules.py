"""The rules beyond the form of a perspective: what breaks each, and what is said about it."""

from __future__ import annotations

import pytest

from corpus.claim_support import LEAST_SUPPORT, support
from corpus.course_files import load_courses
from corpus.perspective_files import load_perspectives, parse_perspective
from corpus.source_rules import GUESS, perspective_faults, unconfirmed_faults
from corpus.types import Bilingual

COURSES = load_courses()
GOOD = """\
---
id: li-ming-recipe
author: 李明
platform: forum
url: https://forum.example.org/t/1
question: {zh: 先学什么？, en: What comes first?}
title: {zh: 先做再学, en: Do it first}
published: 2021-03
votes: 12
language: zh
read: whole
positions:
  - topic: ml-before-dl
    stance: not-needed
    goals: [graduation-project]
    says: {zh: 先做一个能跑的小模型, en: Build a small model that runs first}
paths:
  - goals: []
    weeks: 3
    steps:
      - {zh: 跑通例子, en: Run the examples, course: d2l, modules: [ch3]}
resources:
  - {name: 一本书, course: d2l}
---
# 中文
## 先做
先做一个能跑的小模型，再补别的。
# English
## Build
Build a small model that runs first, and learn the rest later.
"""


def faults(text: str) -> tuple[Bilingual, ...]:
    return perspective_faults(parse_perspective(text, "li-ming-recipe.md"), COURSES)


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def test_a_good_file_has_no_fault() -> None:
    assert faults(GOOD) == ()


BROKEN = {
    "a heading in one language": (("## Build\n", ""), "differ in their headings"),
    "a paragraph in one language": (
        ("learn the rest later.\n", "learn the rest later.\n\nThat is all he says.\n"),
        "differ in their headings, paragraphs or lists",
    ),
    "half-width signs in the Chinese text": (
        ("先做一个能跑的小模型，再补别的。", "先做一个能跑的小模型,再补别的。"),
        "the Chinese of the text has half-width punctuation (模型,再)",
    ),
    "half-width signs in a claim": (
        ("zh: 先做一个能跑的小模型,", "zh: '先做,一个能跑的小模型',"),
        "the Chinese of field positions.0.says",
    ),
    "half-width signs in a step": (("zh: 跑通例子", "zh: 跑通(例子)"), "paths.0.steps.0"),
    "half-width signs in the question": (("zh: 先学什么？", "zh: 先学什么?"), "of field question"),
    "full-width signs in English": (
        ("title: {zh: 先做再学, en: Do it first}", "title: {zh: 先做再学, en: Do it， first}"),
        "the English of field title has Chinese punctuation",
    ),
    "a course that does not exist": (
        ("{name: 一本书, course: d2l}", "{name: 一本书, course: d3l}"),
        "field resources.0.course names d3l, which is no course",
    ),
    "a step of a course that does not exist": (
        ("course: d2l, modules: [ch3]", "course: d3l"),
        "field paths.0.steps.0.course names d3l",
    ),
    "a module that does not exist": (
        ("modules: [ch3]", "modules: [ch3, ch99]"),
        "field paths.0.steps.0.modules names ch99, which d2l does not have",
    ),
    "a resource that is one of our courses": (
        ("{name: 一本书, course: d2l}", "{name: 《动手学深度学习》}"),
        "field resources.0 is our course d2l; add course: d2l",
    ),
    "a claim that the text does not make": (
        (
            "says: {zh: 先做一个能跑的小模型, en: Build a small model that runs first}",
            "says: {zh: 线性代数至少学三个月, en: Study linear algebra for three months at least}",
        ),
        "field positions.0.says does not stand in the text",
    ),
}


@pytest.mark.parametrize(("change", "told"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_told(change: tuple[str, str], told: str) -> None:
    (fault,) = faults(changed(*change))
    assert told in fault.en
    assert "；" in fault.zh


def test_a_text_without_headings_is_told() -> None:
    (fault,) = faults(GOOD.replace("## 先做\n", "").replace("## Build\n", ""))
    assert "## Heading" in fault.en


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(changed("## Build\n", "").replace("zh: 跑通例子", "zh: 跑通(例子)"))) == 2


def test_a_claim_may_stand_in_two_sentences_but_not_all_over_the_text() -> None:
    claim = Bilingual("先做小模型，数学以后补", "Build a small model first, mathematics later")
    near = GOOD.replace("再补别的。", "别的放一放。数学以后补。")
    far = GOOD.replace("再补别的。", "别的放一放。中间要写论文。还要答辩。数学以后补。")
    together = support(claim, parse_perspective(near, "a.md"))
    apart = support(claim, parse_perspective(far, "a.md"))
    assert together is not None
    assert apart is not None
    assert together > apart


def test_claims_stand_in_their_own_text_and_seldom_in_that_of_others() -> None:
    people = load_perspectives()
    neighbours = [*people[1:], people[0]]
    said = [
        (person, other, position.says)
        for person, other in zip(people, neighbours, strict=True)
        for position in person.positions
        if position.says
    ]
    own = [support(says, person) for person, _, says in said]
    others = [support(says, other) for _, other, says in said]
    assert all(share is not None and share >= LEAST_SUPPORT for share in own)
    passing = sum(share is not None and share >= LEAST_SUPPORT for share in others)
    assert passing < 0.1 * len(others)


def test_a_label_that_is_still_a_guess_is_told() -> None:
    marked = changed("  - topic: ml-before-dl", f"  # {GUESS}: confirm\n  - topic: ml-before-dl")
    (fault,) = unconfirmed_faults(marked)
    assert GUESS in fault.en
    assert GUESS in fault.zh
    assert unconfirmed_faults(GOOD) == ()
    assert unconfirmed_faults(changed("先做再学", f"先做再学 {GUESS}")) == ()
