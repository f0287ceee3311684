"""Whether a sentence keeps the wording of its source: any turn of it must be noticed."""

from __future__ import annotations

import pytest

from corpus.perspective_files import load_perspectives
from tutor.checking.near_copies import keeps_wording, turns_wording
from tutor.checking.stated import people_of, worded

SOURCE = (
    "如果时间紧，先学线性回归，再学卷积网络。做毕设不必先学完机器学习，用到哪里补哪里；数学只要会求导就够。"
    "If you are short of time, start with linear regression and then take convolutional networks. "
    "For a thesis there is no need to finish machine learning first, learn it as it comes up."
)
SPEAKER = "周小明"


@pytest.mark.parametrize(
    "claim",
    [
        "做毕设不必先学完机器学习，用到哪里补哪里",
        "周小明（知乎）认为，做毕设不必先学完机器学习，用到哪里补哪里",
        "周小明说：做毕设不必先学完机器学习",
        "如果时间紧，先学线性回归，再学卷积网络",
        "周小明 says that for a thesis there is no need to finish machine learning first",
    ],
)
def test_whole_clauses_pass_with_or_without_their_speaker(claim: str) -> None:
    assert keeps_wording(claim, [SOURCE], [SPEAKER])


@pytest.mark.parametrize(
    "claim",
    [
        "做毕设必须先学完机器学习，用到哪里补哪里",  # a negation turned
        "做毕设先学完机器学习，用到哪里补哪里",  # and left out
        "先学卷积网络，再学线性回归",  # another order
        "先学线性回归，再学卷积网络",  # without its condition
        "不必先学完机器学习，用到哪里补哪里",  # for anything, not for a thesis
        "做求职不必先学完机器学习，用到哪里补哪里",  # for another goal
        "做毕设不必先学完机器学习，因为没人看",  # a reason of its own
        "做毕设永远不必先学完机器学习",  # stronger
        "数学会求导就够",  # without its "only"
        "李雷认为，做毕设不必先学完机器学习",  # another speaker
        "做毕设",  # too short to say anything
        "For a job there is no need to finish machine learning first",
        "For a thesis there is a need to finish machine learning first",
        "start with linear regression and then take convolutional networks",
    ],
)
def test_every_turn_is_noticed(claim: str) -> None:
    assert not keeps_wording(claim, [SOURCE], [SPEAKER])


@pytest.mark.parametrize(
    ("claim", "turned"),
    [
        ("做毕设要先学完机器学习，用到哪里补哪里", True),
        ("For a thesis there is a need to finish machine learning first", True),
        ("做毕设不必先学完机器学习", False),
        ("数学只要会求导就够", False),
        ("求导会了就能上手", False),
    ],
)
def test_a_negation_more_or_less_turns_a_near_copy(claim: str, turned: bool) -> None:
    assert turns_wording(claim, [SOURCE], [SPEAKER]) is turned


def test_our_own_restatements_keep_their_wording() -> None:
    kept = [
        keeps_wording(words, worded(person), people_of(person))
        for person in load_perspectives()
        for position in person.positions
        if position.says
        for words in (position.says.zh, position.says.en)
    ]
    assert sum(kept) >= 0.97 * len(kept)  # the shortest say too little to tell
