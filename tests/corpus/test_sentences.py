"""Where sentences begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["先学走。", "再学跑！", "为什么？", "因为会摔；", "下一步……", "慢慢来"],
        ["“先学什么？”", "他问。", "她说：“先学走。”", "「好。」", "完了。"],
        ["他问“先学什么？”，然后走了。"],
        ["先看《要不要学？》这本书。", "再看（真的吗？）别的。"],
        ["用 PyTorch.", "再看版本 1.9.2 的说明.", "就这样"],
        ["RNN 和 CNN 有什么区别？", "Read both. ".strip(), "都看看。"],
        ["公式 $f(x) = x. y!$ 不断开。", "\\(a. b\\) 也不。"],
        ["见 https://a.org/b.c?d=e。", "再见[要不要？](https://a.org/x)吧。"],
    ],
)
def test_chinese(expected: list[str]) -> None:
    assert [sentence.strip() for sentence in sentences("".join(expected))] == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["Walk first.", "Then run!", "Why?", "Because you fall."],
        ["Use a guide, e.g. Smith et al. for maps, i.e. the short one.", "Go."],
        ["Dr. Lee and J. Smith moved to the U.S. in 2018.", "They stayed."],
        ["It costs $5.50, see Fig. 3 and ch. 4.", "Version 1.9.2 is fine.", "Node.js too."],
        ["The answer is no.", "Then go."],
        ['He said "Go!"', "Then he left.", '"Wait."', "She came."],
        ["Well... maybe.", "Read https://a.org/x.html.", "Done"],
        ["(Really?)", "Yes."],
        ["Learn maths, physics, etc.", "Then build."],
    ],
)
def test_english(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_headings_items_code_and_tables_are_units() -> None:
    units = [
        "# 先后. 两个字",
        "- 一次。",
        "二次",
        "1. First step. ".strip(),
        "2.第二步",
        "```\na. b! c\n\nd. e\n```",
        "| 甲。乙 | 丙 |\n| --- | --- |\n| 一! 二 | 三 |",
        "$$\nx = 1. y\n$$",
        "最后一句。",
    ]
    text = (
        f"{units[0]}\n{units[1]}{units[2]}\n{units[3]}\n{units[4]}\n\n{units[5]}\n\n"
        f"{units[6]}\n\n{units[7]}\n{units[8]}"
    )

    assert sentences(text) == units


def test_a_line_is_a_unit_unless_it_was_plainly_wrapped() -> None:
    wrapped = "This sentence was wrapped by an editor at some fixed\nwidth and ends here. Next."

    assert sentences("数学基础\n先学走。") == ["数学基础", "先学走。"]
    assert sentences(wrapped) == [wrapped[:-6], "Next."]
    assert sentences("很容易一直补课\n，停不下来。") == ["很容易一直补课\n，停不下来。"]


def test_chinese_prose_that_is_indented_is_no_code() -> None:
    assert sentences("    先学走。再学跑。\n\n    x = walk(1)\n    y = 2. + x") == [
        "先学走。",
        "再学跑。",
        "    x = walk(1)\n    y = 2. + x",
    ]


@given(
    st.text(
        alphabet=st.sampled_from("先后。！？；…，ab .\n#-`$|\\()[]1\t（）《》“”\"'：*>"),
        max_size=200,
    )
)
def test_every_character_that_is_not_blank_belongs_to_one_sentence(text: str) -> None:
    spans = split_sentences(text)

    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
