"""Which brackets cite a source, and which do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.streaming.markers import (
    HIGHEST,
    find_markers,
    locate_markers,
    normalise_markers,
    remove_markers,
)


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("[1]", (1,)),
        ("[1][2]", (1, 2)),
        ("[1] [2]", (1, 2)),
        ("[1], [2]", (1, 2)),
        ("[1,2]", (1, 2)),
        ("[1, 2]", (1, 2)),
        ("[1，2]", (1, 2)),
        ("[1、2]", (1, 2)),
        ("[2 和 1]", (2, 1)),
        ("[1-3]", (1, 2, 3)),
        ("[1–3, 7]", (1, 2, 3, 7)),
        ("[1]-[3]", (1, 2, 3)),
        ("[3-1]", (3, 1)),
        ("【1】", (1,)),
        ("【1†source】", (1,)),
        ("［1］", (1,)),
        ("［１２］", (12,)),
        ("〔1〕", (1,)),
        ("⟦1⟧", (1,)),
        ("[^1]", (1,)),
        ("[^1^]", (1,)),
        ("[^1][^2]", (1, 2)),
        ("[[1]]", (1,)),
        ("\\[1\\]", (1,)),
        ("[来源1]", (1,)),
        ("[来源 1, 2]", (1, 2)),
        ("【来源：3】", (3,)),
        ("[Source 1]", (1,)),
        ("[source 1; source 3]", (1, 3)),
        ("(Source 2)", (2,)),
        ("（来源 2）", (2,)),
        ("（见[1]）", (1,)),
        ("(see [1], [4])", (1, 4)),
        ("[1](https://example.org/a_b?c=[d])", (1,)),
        ("[[1]](https://example.org)", (1,)),
        ("<sup>1</sup>", (1,)),
        ("<sup>[1]</sup>", (1,)),
        ("¹", (1,)),
        ("¹²", (12,)),
        ("¹ ²", (1, 2)),
        ("[1][1]", (1,)),
        ("[99]", (99,)),
    ],
)
@pytest.mark.parametrize("before", ["先学机器学习", "Learn the basics"])
def test_every_style_means_the_same(before: str, marker: str, numbers: tuple[int, ...]) -> None:
    printed = "".join(f"[{number}]" for number in numbers)
    for end in ("。", ".", "，后来", ""):
        text = f"{before}{marker}{end}"
        assert find_markers(text) == numbers
        assert normalise_markers(text) == f"{before}{printed}{end}"
        assert remove_markers(text) == f"{before}{end}"


@pytest.mark.parametrize(
    "text",
    [
        "写于[2018]。",
        "[100] people",
        "区间[0, 1]里",
        "取 [0]",
        "`a[0]` 和 `a[1]`",
        "```\na[1]\n```",
        "x[1] 和 y[1][2]",
        "$a[1]$ 是",
        "https://example.org/[1]",
        "[课程](https://example.org/1)",
        "分两步：（1）先学，（2）再做。",
        "(1) First, (2) then.",
        "见图（1）。",
        "as in Fig. (2).",
        "range(5), O(1).",
        "f(1).",
        "学 3（个）月。",
        "10 m² 和 x³。",
        "①线性回归",
        "[]",
        "[ ]",
        "（来源）",
    ],
)
def test_other_numbers_in_brackets_are_no_markers(text: str) -> None:
    assert find_markers(text) == ()
    assert normalise_markers(text) == text


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("这一点很重要（1）。", (1,)),
        ("这一点很重要(1)，然后", (1,)),
        ("这一点很重要（1、2）", (1, 2)),
        ("This is standard practice (1).", (1,)),
        ("This is standard practice (1), they say.", (1,)),
        ("Learn this.(1)", (1,)),
        ("先学这个。（1）", (1,)),
        ("先学这个。（1）再学那个。", ()),
        ("做法（1）的好处", ()),
    ],
)
def test_bare_parentheses_cite_only_at_the_end_of_a_clause(
    text: str, numbers: tuple[int, ...]
) -> None:
    assert find_markers(text) == numbers


def test_markers_in_a_sentence_leave_its_words_apart() -> None:
    assert remove_markers("Ng [1]and Lee [2] agree [3].") == "Ng and Lee agree."
    assert remove_markers("先学 CNN [1]；再学 RNN【2】。") == "先学 CNN；再学 RNN。"


@given(st.text(alphabet="[]【】（）()^1290-, ，、来源source¹²<sup>/学a.。\\`$*", max_size=60))
def test_any_text_has_sound_markers(text: str) -> None:
    numbers = find_markers(text)
    assert all(1 <= number <= HIGHEST for number in numbers)
    assert len(set(numbers)) == len(numbers)
    ends = [0]
    for marker in locate_markers(text):
        assert ends[-1] <= marker.start < marker.end <= len(text)
        ends.append(marker.end)
