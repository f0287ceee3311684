"""Chinese is cut into pairs of characters, everything else into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.terms import share_held, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("机器学习", ["机器", "器学", "学习"]),
        ("学", ["学"]),
        ("先学C++再学", ["先学", "c++", "再学"]),
        ("CS231n 和 3Blue1Brown", ["cs231n", "和", "3blue1brown"]),
        ("C#, scikit-learn; a_b", ["c#", "scikit", "learn", "a", "b"]),
        ("ＣＳ２２４Ｎ、ＰｙＴｏｒｃｈ", ["cs224n", "pytorch"]),
        ("第1章《线性代数》", ["第", "1", "章", "线性", "性代", "代数"]),
        ("Straße ÉCOLE", ["strasse", "école"]),
        ("𠮷野", ["𠮷野"]),
        ("，。！？ --- ++", []),
    ],
)
def test_terms_of_mixed_text(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@given(st.text())
def test_terms_survive_being_joined_by_blanks(text: str) -> None:
    """The lexical index stores terms so joined and must get back what it put in."""
    found = terms(text)
    assert " ".join(found).split() == found
    assert not any('"' in term for term in found)


@pytest.mark.parametrize(
    ("wanted", "held", "share"),
    [
        ([], {"机器"}, 0.0),
        (["机器"], set(), 0.0),
        (["law", "school"], {"law"}, 0.5),
        (["law", "school"], {"law", "school", "ml"}, 1.0),
        # 器学 lies across two words that are both held.
        (["机器", "器学", "学习"], {"机器", "学习"}, 1.0),
        (["机器", "器学"], {"机器"}, 2 / 3),
    ],
)
def test_how_much_of_a_question_is_held(wanted: list[str], held: set[str], share: float) -> None:
    assert share_held(wanted, held) == pytest.approx(share)
