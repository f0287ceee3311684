"""The numbers that a claim states, however they are written."""

import pytest

from tutor.numerals import numbers


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
    ],
)
def test_numbers(text: str, stated: set[float]) -> None:
    assert numbers(text) == stated
