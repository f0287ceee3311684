"""What a model thinks aloud is not its reply."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.model.thoughts import ThoughtFilter, spoken


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("先动手[1]。", "先动手[1]。"),
        ("<think>想一想</think>先动手。", "先动手。"),
        ("\n<think>\n想\n</think>\n\n先动手。", "先动手。"),
        ("<think></think>先动手。", "先动手。"),
        ("<think>没想完", ""),
        ("<think>想</think>\n", ""),
        ("<th", "<th"),
        ("<thing>", "<thing>"),
        ("先看 <think>标签</think>。", "先看 <think>标签</think>。"),
        ("", ""),
    ],
)
def test_thoughts_at_the_start_are_dropped(reply: str, text: str) -> None:
    assert spoken(reply).strip() == text


@given(
    st.sampled_from(
        ["<think>甲\n</think>\n 乙 丙", "甲<乙>", " <thin", "<think>甲</thi", "\n\n甲"]
    ),
    st.data(),
)
def test_the_pieces_in_which_a_reply_comes_do_not_matter(reply: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(reply)), max_size=6)))
    pieces = [reply[a:b] for a, b in zip([0, *cuts], [*cuts, len(reply)], strict=True)]
    thoughts = ThoughtFilter()
    text = "".join(thoughts.feed(piece) for piece in pieces) + thoughts.end()
    assert text == spoken(reply)
    assert thoughts.said == bool(text.strip())
