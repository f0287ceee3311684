"""Numbers as Chinese and English write them, however oddly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import folded, numbers, numeral


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("五个月", {5}),
        ("前五节课，七成时间", {5, 7}),
        ("十一章和二十门课", {11, 20}),
        ("一百二十小时", {120}),
        ("70/30", {70, 30}),
        ("1,200 hours and 3.5 weeks", {1200, 3.5}),
        ("twelve weeks", {12}),
        ("２０ 小时", {20}),
        ("一个项目", set()),
        ("one project", set()),
        ("CS231n", set()),
        ("第 3 章", {3}),
        ("二三十天", {20, 30}),
        ("三五个月，十五六周", {3, 5, 15, 16}),
        ("一两个月", {1, 2}),
        ("三到五个月", {3, 5}),
        ("俩月", {2}),
        ("半年", set()),
        ("twenty-four weeks, two hundred and ten hours", {24, 210}),
        ("seven ten-minute lessons", {7, 10}),
        ("每天十十小时", set()),
        ("千万不要推公式", set()),
        ("百分之七十", set()),
    ],
)
def test_numbers(text: str, stated: set[float]) -> None:
    assert numbers(text) == stated


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("两", (2,)),
        ("半", (0.5,)),
        ("仨", (3,)),
        ("2.5", (2.5,)),
        ("百", (100,)),
        ("九十", (90,)),
        ("一百零五", (105,)),
        ("一百二", (120,)),
        ("两千五百", (2500,)),
        ("二〇一八", (2018,)),
        ("两三", (2, 3)),
        ("三两", (2, 3)),
        ("三五十", (30, 50)),
        ("十二三", (12, 13)),
        ("一百二三十", (120, 130)),
        ("twelve", (12,)),
        ("a hundred and five", (105,)),
        ("two thousand three hundred", (2300,)),
        ("half a", (0.5,)),
        ("a couple of", (2,)),
        ("十十", ()),
        ("一" * 2000, ()),
        ("", ()),
        ("week", ()),
    ],
)
def test_an_approximate_number_has_two_ends(word: str, ends: tuple[float, ...]) -> None:
    assert numeral(word) == ends


ODD_TEXT = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                *"零〇一二两三四五六七八九十百千俩仨半个天周月年到-、.,² ５abdhw17每",
                *("小时", "half a ", "couple of ", "twenty ", "hundred ", "thousand ", "one-"),
            ]
        ),
        max_size=30,
    ).map("".join),
)


@given(ODD_TEXT)
def test_any_text_has_numbers_that_are_not_negative(text: str) -> None:
    assert all(number >= 0 for number in numbers(text))
    assert list(numeral(folded(text))) == sorted(numeral(folded(text)))


@given(st.integers(1, 9), st.integers(0, 9))
def test_numbers_below_a_hundred_are_exact(tens: int, units: int) -> None:
    digits = "零一二三四五六七八九"
    word = ("" if tens == 1 else digits[tens]) + "十" + (digits[units] if units else "")
    assert numeral(word) == (10 * tens + units,)
