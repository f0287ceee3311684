"""Time in words: weeks in all and hours a week."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.duration import TimeAvailable, time_available


@pytest.mark.parametrize(
    ("words", "weeks", "hours"),
    [
        ("我有两个月，每周 10 小时", 8, 10),
        ("每天2小时，半年", 26, 14),
        ("还有一个半月", 6, None),
        ("一个月速成", 4, None),
        ("十二周", 12, None),
        ("5个月", 21, None),
        ("三天速成", 0.4, None),
        ("I have 8 weeks and 10 hours a week", 8, 10),
        ("two months, 2 hours a day", 8, 14),
        ("half a year", 26, None),
        ("3-6 months", 13, None),
        ("工作三年了想转行", None, None),
        ("大三年级学生", None, None),
        ("3 years of experience", None, None),
        ("2018年的课还能看吗", None, None),
        ("two years ago", None, None),
        ("要学多久", None, None),
    ],
)
def test_time(words: str, weeks: float | None, hours: float | None) -> None:
    assert time_available(words) == TimeAvailable(weeks, hours)


@pytest.mark.parametrize(
    ("words", "weeks"),
    [
        ("三个月后答辩", 13),
        ("两年后的事", None),
        ("俩月够吗", 8),
        ("一个学期", 16),
        ("a couple of months", 8),
        ("one semester", 16),
        ("the whole term paper", None),
    ],
)
def test_other_ways_to_tell_time(words: str, weeks: float | None) -> None:
    assert time_available(words).weeks == weeks


@pytest.mark.parametrize(
    ("words", "weeks", "hours"),
    [
        ("我只有二三十天", 2, None),
        ("十二三天", 1, None),
        ("三五十天", 4, None),
        ("十五六周", 15, None),
        ("两三个月", 8, None),
        ("三到五个月", 13, None),
        ("一年半", 78, None),
        ("大三两个月", 8, None),
        ("第十三天", None, None),
        ("第 1 到 5 周", None, None),
        ("第 1、2 个月", None, None),
        ("王小二第一年", None, None),
        ("九月份就要秋招", None, None),
        ("twenty-four weeks", 24, None),
        ("two or three months", 8, None),
        ("每天两三个小时", None, 14),
        ("每周 5-8 小时", None, 5),
        ("2-3 hours a day", None, 14),
        ("twenty hours per week", None, 20),
        ("two hours daily", None, 14),
        ("每天十十小时", None, None),
    ],
)
def test_a_range_or_an_approximate_number_counts_as_its_lower_end(
    words: str, weeks: float | None, hours: float | None
) -> None:
    assert time_available(words) == TimeAvailable(weeks, hours)


@pytest.mark.parametrize(
    ("words", "weeks", "hours"),
    [
        ("一周也就能抽出六个小时", None, 6),
        ("一周大概能学个七八小时", None, 7),
        ("每天下班后能学一小时", None, 7),
        ("平时忙，周末能抽十个小时", None, 10),
        ("周末两天有空", None, None),
        ("6 hours weekly", None, 6),
        ("how many hours a week do I need", None, None),
        ("两周，一周三个小时", 2, 3),
    ],
)
def test_a_rate_in_passing_is_heard_and_its_week_is_no_length(
    words: str, weeks: float | None, hours: float | None
) -> None:
    assert time_available(words) == TimeAvailable(weeks, hours)


PIECES = [
    *"零一二两三五十百千俩仨半个到-. 17²adhw",
    *("每天", "每周", "周", "月", "年", "小时", "学期"),
]
PIECES += ["周末", "也就能", " weekly", "hours a week"]
PIECES += ["half a ", "couple of ", "twenty ", "hundred ", "weeks", " hours ", "per day", "daily"]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_leaves_a_plausible_time_or_none(text: str) -> None:
    time = time_available(text)
    assert time.weeks is None or 0 < time.weeks <= 104
    assert time.hours_per_week is None or time.hours_per_week >= 0


@pytest.mark.parametrize("unit", ["一", "1-", "a ", "只有", "一年", "1 ", "twenty ", " "])
def test_long_repetition_says_no_more_than_a_short_one(unit: str) -> None:
    """A pattern that tries every way to split "每天只有只有…" would not come back from this."""
    assert time_available("每天" + unit * 1000 + "?").hours_per_week is None
