"""Time in words: weeks in all and hours a week."""

import pytest

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
