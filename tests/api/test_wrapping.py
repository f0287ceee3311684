"""Lines break where a Chinese or an English typesetter would break them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from api.wrapping import break_offsets

ALPHABET = "学习模型机器，。（）「」《》？、 abcXYZ[1][23].,-()“”\U00020000é"


def lines(text: str, width: int) -> list[str]:
    ends = [*break_offsets(text, width), len(text)]
    return [text[start:end].rstrip() for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("先学机器学习", 6, ["先学机", "器学习"]),
        ("先学机，器学习", 6, ["先学", "机，器", "学习"]),
        ("先学（机器）", 6, ["先学", "（机", "器）"]),
        ("用 PyTorch 训练", 10, ["用 PyTorch", "训练"]),
        ("学会了[1][2]。再说", 10, ["学会", "了[1][2]。", "再说"]),
        ("two plain words", 9, ["two plain", "words"]),
        ("an extraordinarily long word", 8, ["an", "extraord", "inarily", "long", "word"]),
        ("", 5, [""]),
    ],
)
def test_where_lines_break(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(st.text(ALPHABET, max_size=80), st.integers(2, 30))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    broken = lines(text, width)
    assert "".join("".join(broken).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in broken)


@given(st.text("学习模型，。、？", max_size=60), st.integers(12, 30))
def test_no_line_begins_with_closing_punctuation_that_could_stay(text: str, width: int) -> None:
    for before, line in zip(lines(text, width), lines(text, width)[1:], strict=False):
        if line[0] in "，。、？":
            # Only a pile of marks too wide for one line is cut.
            assert set(before) <= set("，。、？") | {before[0]}
