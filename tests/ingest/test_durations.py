"""Lengths of time in words, as sources write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.durations import durations


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("二三十天入门", [25 / 7]),
        ("十二三个月", [12.5 * 52 / 12]),
        ("十五六周", [15.5]),
        ("一个半月", [6.5]),
        ("俩月", [52 / 6]),
        ("一到两个月", [6.5]),
        ("第十三周", []),
        ("第 1 到 5 周", []),
        ("my twelve-year-old", []),
        ("实际上一两天就能学完", [1.5 / 7]),
        ("2018年开课", []),
        ("二〇一八年开课", []),
        ("十十天", []),
        ("twelve weeks", [12]),
        ("Twenty-four weeks", [24]),
        ("a couple of months", [52 / 6]),
        ("half a year", [26]),
        ("６ 周", [6]),
    ],
)
def test_every_number_word_counts(text: str, weeks: list[float]) -> None:
    assert durations(text) == pytest.approx(weeks)


PIECES = [*"零一二两三五十百千俩仨半个到-~. 17²多每第", *("天", "周", "月", "年", "小时", "前")]
PIECES += ["half a ", "couple of ", "twenty ", "hundred ", "weeks", "to ", "year", " ago"]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_has_lengths_of_less_than_a_working_life(text: str) -> None:
    assert all(0 <= weeks <= 20 * 52 for weeks in durations(text))
