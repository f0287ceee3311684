"""Cutting a streamed answer into pieces."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.streaming.markers import remove_markers
from tutor.streaming.stream_cutting import LONGEST_PIECE, Piece, PieceKind, StreamCutter


def cut(tokens: Iterable[str]) -> list[Piece]:
    cutter = StreamCutter()
    pieces = [piece for token in tokens for piece in cutter.feed(token)]
    return pieces + cutter.finish()


def claims(text: str) -> list[str]:
    return [piece.claim for piece in cut(text)]


def only(text: str) -> Piece:
    (piece,) = cut(text)
    return piece


def rebuilt(pieces: list[Piece]) -> str:
    """Markdown from nothing but `lead`, `text`, `kind` and `starts_block`."""
    text = ""
    previous = ""
    for piece in pieces:
        row = piece.kind is PieceKind.TABLE_ROW
        group = piece.kind.value + ("" if row else piece.lead.strip(" 0123456789"))
        if piece.lead.startswith("  "):
            group = previous  # an item within an item
        if piece.starts_block:
            joined = group == previous and bool(row or piece.lead)
            text += ("\n" if joined else "\n\n") if text else ""
            previous = group
        text += piece.lead + piece.text
    return text


@pytest.mark.parametrize(
    "expected",
    [
        ["先学走。", "再学跑！", "为什么？", "因为会摔；摔了疼。", "下一步……", "慢慢来"],
        ["他说：“先学走。”", "然后走了。", "「好。」", "完了。"],
        ["先看《要不要学？》这本书。", "再看（真的吗？是的。）别的。"],
        ["用 PyTorch.", "再看版本 1.9.2 的说明.", "很好。", "👍 下一句"],
        ["为什么?!", "就这样。", "公式 $f(x) = x. y!$ 不断开。", "见 https://a.org/b.c?d=e。"],
    ],
)
def test_chinese_sentences(expected: list[str]) -> None:
    assert claims("".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["Walk first.", "Then run!", "Why?", "Because you fall; it hurts.", "Well... maybe."],
        ["Use a guide, e.g. Smith et al. for maps, i.e. the short one.", "Go."],
        ["Dr. Lee, A. Ng vs. J. Smith moved to the U.S. in 2018.", "They stayed."],
        ["It costs $5.50, see No. 1 and Fig. 3.", "Version v1.5 is fine.", "Node.js too."],
        ['He said "Go!"', "Then he left.", '"Wait.', 'I come."', "She came."],
        ["(Really? Yes.)", "No.", "(see below.)", "Learn maths, etc. and build."],
    ],
)
def test_english_sentences(expected: list[str]) -> None:
    assert claims(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("看法【3】。下一句", [(3,), ()]),
        ("看法。[3]下一句", [(3,), ()]),
        ("看法。 [3][4] 下一句[5]。", [(3, 4), (5,)]),
        ("他说“看法。[3]”下一句", [(3,), ()]),
        ("A view. [3][4] Next one [5].", [(3, 4), (5,)]),
        ("A view.[^3^] Next one.", [(3,), ()]),
        ("A view. [3], [4] Next one.", [(3, 4), ()]),
        ("A view.<sup>3</sup> Next one.", [(3,), ()]),
        ("A view.³ Next one.", [(3,), ()]),
        ("A view. (Source 3) Next one.", [(3,), ()]),
        ("A view. [3](https://a.org/b.c) Next one.", [(3,), ()]),
        ("看法。（来源：3）下一句", [(3,), ()]),
        ("看法。（2）下一句", [(), ()]),
        ("看法。（2）\n下一句", [(2,), ()]),
        ("**看法。[3]** 下一句", [(3,), ()]),
        ("辛俊波 [1] 认为要学，王大鹏 [2] 不同意。", [(1, 2)]),
    ],
)
def test_markers_after_the_end_belong_to_the_sentence(
    text: str, expected: list[tuple[int, ...]]
) -> None:
    assert [piece.markers for piece in cut(text)] == expected


@pytest.mark.parametrize(
    ("line", "lead", "text"),
    [
        ("- 先学", "- ", "先学"),
        ("* 先学", "- ", "先学"),
        ("• 先学", "- ", "先学"),
        ("-先学", "- ", "先学"),
        ("  - 先学", "  - ", "先学"),
        ("1. 先学", "1. ", "先学"),
        ("12) First", "12. ", "First"),
        ("2、先学", "2. ", "先学"),
        ("（一）先学", "1. ", "先学"),
        ("(2) First", "2. ", "First"),
        ("③ 先学", "3. ", "先学"),
        ("十二、先学", "12. ", "先学"),
        ("4️⃣ 先学", "4. ", "先学"),
        ("- [x] 先学", "- [x] ", "先学"),
        ("> 先学", "> ", "先学"),
        (">- 先学", "> - ", "先学"),
        ("## 先学 ##", "## ", "先学"),
        ("##先学", "## ", "先学"),
        ("> ## 先学", "> ## ", "先学"),
        ("[^1]：先学", "[1]: ", "先学"),
        ("**先学**", "", "**先学**"),
        ("*First* things", "", "*First* things"),
        ("1.5 倍", "", "1.5 倍"),
        ("3 位认为", "", "3 位认为"),
        ("-1 度", "", "-1 度"),
        ("　　先学", "", "先学"),
        ("答：先学", "", "答：先学"),
        ("Answer: first", "", "Answer: first"),
        ("`x[1]` 是", "", "`x[1]` 是"),
        ("1.", "", "1."),
    ],
)
def test_starts_of_lines(line: str, lead: str, text: str) -> None:
    piece = only(line + "\n")
    assert (piece.lead, piece.text, piece.starts_block) == (lead, text, True)


def test_only_the_first_sentence_of_a_line_starts_it() -> None:
    pieces = cut("- One. Two.\n- 三。四。")
    assert [(piece.lead, piece.starts_block) for piece in pieces] == [
        ("- ", True),
        (" ", False),
        ("- ", True),
        ("", False),
    ]


def test_a_claim_is_free_of_markdown() -> None:
    piece = only("- **辛俊波**认为 *CNN* 和 `a*b[0]`，见[课程](https://a.org)、__书__，2*3 [1]。\n")
    assert piece.claim == "辛俊波认为 CNN 和 a*b[0]，见课程、书，2*3。"
    assert piece.text.startswith("**辛俊波**认为 *CNN*")
    assert piece.markers == (1,)


def test_emphasis_over_several_sentences_is_closed_and_opened_again() -> None:
    texts = [piece.text for piece in cut("**第一句。第二句[1]。** 三。**四**。\n**五。\n六。")]
    assert texts == ["**第一句。**", "**第二句[1]。**", "三。", "**四**。", "**五。**", "六。"]


def test_rows_code_formulas_and_rules_are_whole() -> None:
    table = "| 谁 | 看法 |\n|:--|--:|\n| 甲 | 先学。再做 [1] |\n| 乙 | `a` |\n"
    code = '```python\nx[1] = "<think>. A"\n\n# ok\n```\n'
    pieces = cut(f"{table}\n{code}---\n$$\nE = m. C\n$$\n")
    assert [(piece.kind, piece.lead, piece.claim, piece.markers) for piece in pieces] == [
        (PieceKind.TABLE_ROW, "", "谁; 看法", ()),
        (PieceKind.TABLE_ROW, "|:--|--:|\n", "甲; 先学。再做", (1,)),
        (PieceKind.TABLE_ROW, "", "乙; a", ()),
        (PieceKind.CODE, "", "", ()),
        (PieceKind.RULE, "", "", ()),
        (PieceKind.FORMULA, "", "", ()),
    ]
    assert pieces[3].text == code.rstrip()
    assert only("```\na[1]\n\nb. C").complete is False


def test_an_answer_wrapped_in_a_markdown_fence_is_unwrapped() -> None:
    assert claims("```markdown\n先学。[1]\n- 再做。\n```\n") == ["先学。", "再做。"]


@pytest.mark.parametrize(
    "text",
    [
        "<think>a. B\n\n```\nc</think>\n\n先学。再做。",
        "先学。<!-- a. B\n -->再做。<think>还要. 想",
        "先学。<br>再做。<|im_end|>",
        "<THINKING>x</thinking>先学。</think>再做。",
        "先学。\r\n再做。\r\n",
        "\ufeff先学。\r\r再做。",
    ],
)
def test_what_is_not_for_the_reader_is_dropped(text: str) -> None:
    assert claims(text) == ["先学。", "再做。"]


def test_tags_in_code_stay() -> None:
    assert only("R1 先写 `<think>`，再回答。").claim == "R1 先写 <think>，再回答。"


@pytest.mark.parametrize(
    ("text", "claim", "complete"),
    [
        ("先学。", "先学。", True),
        ("先学。[1]", "先学。", True),
        ('He said "go."', 'He said "go."', True),
        ("先学机器", "先学机器", False),
        ("先学机器\n", "先学机器", True),
        ("先学机器。[1", "先学机器。", False),
        ("看法不同：", "看法不同：", False),
        ("# 标题", "标题", True),
    ],
)
def test_the_last_piece_says_whether_it_is_complete(text: str, claim: str, complete: bool) -> None:
    piece = only(text)
    assert (piece.claim, piece.complete) == (claim, complete)


@pytest.mark.parametrize(
    ("held", "releasing"),
    [
        ("先学。", "再"),
        ("先学。[1]", "再"),
        ("先学。”", "再"),
        ("先学", "\n"),
        ("First.", " N"),
        ("First. [1] ", "N"),
        ("First. (S", "h"),
        ("先学。", "*"),
        ("先学。", "（再"),
        ("- 先学。", "\n"),
        ("# 先学。再学", "\n"),
        ("| a. B |", "\n"),
        ("```\na\n```", "\n"),
    ],
)
def test_a_piece_is_returned_by_the_character_that_makes_it_certain(
    held: str, releasing: str
) -> None:
    cutter = StreamCutter()
    *before, last = held + releasing
    assert [piece for character in before for piece in cutter.feed(character)] == []
    assert len(cutter.feed(last)) == 1


def test_a_token_that_holds_several_ends_returns_them_all() -> None:
    cutter = StreamCutter()
    assert [piece.claim for piece in cutter.feed("一。二。[2]\n三")] == ["一。", "二。"]
    assert [piece.claim for piece in cutter.finish()] == ["三"]


@pytest.mark.parametrize(
    "endless",
    [
        "学习",
        "word ",
        "A. B ",
        ".[1",
        "[1]",
        ".**",
        ".(",
        "**a.",
        ".\\[",
        "# ",
        "|a",
        "<think",
        "$x. ",
    ],
)
def test_an_answer_without_an_end_is_cut_at_a_bound_in_linear_time(endless: str) -> None:
    def seconds(size: int) -> float:
        began = time.process_time()
        pieces = cut((endless * size)[:size])
        assert all(len(piece.text) <= LONGEST_PIECE + 8 for piece in pieces)
        return time.process_time() - began

    # Four times the text may take four times as long; quadratic would be sixteen times.
    assert seconds(8_000) < 9 * max(seconds(2_000), 0.01)


def test_a_cut_at_the_bound_is_marked_and_loses_nothing() -> None:
    pieces = cut("先学机器，" * 20_000)
    assert "".join(piece.claim for piece in pieces) == "先学机器，" * 20_000
    assert not any(piece.complete for piece in pieces)


CHINESE = """**不用先学完。** 按「毕业设计」回答。[1]

## 他们怎么说

- **王大鹏**：马上动手[1][2]。担心没时间。
- **时间旅客**：先跑通一个小项目。
  - 再上深度学习[3]

> 只是引用。

| 谁 | 看法 |
| --- | --- |
| 甲 | 先学[1] |

1. 线性回归
2. softmax。[2]

```python
a[1] = 2
```

---

就这样……"""
ENGLISH = """You need not finish it first. [1] Start now, e.g. with Node.js. **It depends.**

# What they say

- **Ng** says so [1]. Others differ. [2][3]
- Lee does not.

1. First this.
2. Then that [4]

Good luck!"""


@pytest.mark.parametrize("sample", [CHINESE, ENGLISH])
def test_the_layout_can_be_rebuilt_from_the_pieces(sample: str) -> None:
    assert rebuilt(cut(sample)) == sample


MARKDOWN = st.text(
    alphabet="。！？.!? \n\r-*#>|`1290[]【】（）()^<>/thinkA学习“”\"'，;；:$\\_~—①🙂¹來a源\u3000",
    max_size=120,
)


@given(st.one_of(MARKDOWN, st.text(max_size=60)), st.integers(0, 2**32))
def test_any_split_into_tokens_gives_the_same_pieces(text: str, seed: int) -> None:
    shuffled = random.Random(seed)
    tokens = []
    rest = text
    while rest:
        size = shuffled.randint(0, 6)
        tokens.append(rest[:size])
        rest = rest[size:]
    pieces = cut(tokens)
    assert pieces == cut([text]) == cut(text)
    assert all(1 <= number <= 99 for piece in pieces for number in piece.markers)


PROSE = st.lists(
    st.sampled_from(
        [
            *(
                "先学机器学习",
                "CNN",
                "e.g.",
                "A. Ng",
                "v1.5",
                "**重点**",
                "“引”",
                "（是）",
                "\n- ",
                "\n",
            ),
            *(
                "。",
                "！",
                ". ",
                "? ",
                "……",
                "[1]",
                "【2】",
                " ",
                "，",
                "\n## ",
                "\n> ",
                "*x*",
                "(yes)",
            ),
            *("| a | b |", "《书》", "\n1. ", "（来源 3）", "**", "🙂", '"', "；"),
        ]
    ),
    max_size=40,
).map("".join)


@given(PROSE)
def test_no_letter_is_lost(text: str) -> None:
    def letters(words: str) -> str:
        return "".join(filter(str.isalpha, words))

    said = "".join(piece.claim for piece in cut(text))
    lines = "".join(letters(remove_markers(line)) for line in text.split("\n"))
    assert letters(said) == lines
