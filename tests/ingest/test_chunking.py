"""Chunks: exact spans that hold whole sentences, formulas and code, and lose nothing."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.chunking import Chunk, chunk

FORMULAS = [
    "$y = w_1 x_1 + w_2 x_2$",
    "$$E = \\sum_i (t_i - o_i)^2$$",
    "\\(f'(x) = f(x) (1 - f(x))\\)",
    "\\[a^2 + b^2 = c^2\\]",
    "`model.fit(x, y)`",
    "https://a.org/b?c=d",
]
SENTENCES = [
    "先把快门弄明白，再去想构图。",
    "为什么？因为光线不等人！",
    "A walk teaches more than a map; so walk first. Then read, e.g. a short guide.",
    "版本 1.9.2 就够了",
    *(f"公式 {formula} 要记住。" for formula in FORMULAS),
]
BLOCKS = [
    "# 先后",
    "## Part two",
    "- 一次。二次。",
    "1. first step\n2. second step",
    "```python\nfor i in range(3):\n    print(i)  # 三。次\n```",
    "| 课 | 周 |\n| --- | --- |\n| 甲 | 2 |",
    "$$\nx = 1\n$$",
]
paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=30).map("".join)
documents = st.lists(st.one_of(paragraphs, st.sampled_from(BLOCKS)), max_size=25).map("\n\n".join)
anything = st.text(
    alphabet=st.sampled_from("先后。，！ab .\n#-`$|\\()[]1 \t（）《》\"'："), max_size=400
)


def texts(body: str) -> list[str]:
    return [body[piece.start : piece.end] for piece in chunk(body)]


def without_blanks(text: str) -> str:
    return "".join(text.split())


@given(st.one_of(documents, anything))
def test_chunks_are_in_order_and_hold_every_character_that_is_not_blank(body: str) -> None:
    pieces = chunk(body)

    assert all(one.end <= other.start for one, other in pairwise(pieces))
    assert all(piece.start < piece.end for piece in pieces)
    assert without_blanks("".join(texts(body))) == without_blanks(body)


@given(documents)
def test_formulas_code_and_links_are_never_cut(body: str) -> None:
    for whole in [*FORMULAS, BLOCKS[4], BLOCKS[6]]:
        assert sum(text.count(whole) for text in texts(body)) == body.count(whole)


@given(documents)
def test_chunks_fit_an_embedding(body: str) -> None:
    for text in texts(body):
        han = len(re.findall("[\u4e00-\u9fff]", text))
        words = len(re.findall("[A-Za-z0-9]+", text))
        assert han / 220 + words / 120 <= 1.6


def test_an_empty_text_has_no_chunks() -> None:
    assert chunk("") == []
    assert chunk(" \n\n\t") == []


def test_a_short_text_is_one_chunk_without_blank_edges() -> None:
    assert chunk("\n\n先学走。\n") == [Chunk(2, 6)]


def test_chunks_know_the_headings_above_them() -> None:
    long = "先把快门弄明白，再去想构图，这件事急不得。" * 5
    body = f"# 摄影\n\n## 第一步\n\n{long}\n\n## 第二步\n\n### 细节\n\n{long}"

    first, second = chunk(body)

    assert first.headings == ("摄影", "第一步")
    assert second.headings == ("摄影", "第二步", "细节")
    assert body[second.start : second.end].startswith("## 第二步\n\n### 细节\n\n先把")


def test_short_sections_share_a_chunk_under_the_heading_that_they_share() -> None:
    body = "# 摄影\n\n## 第一步\n\n先看光。\n\n## 第二步\n\n再看人。"

    assert chunk(body) == [Chunk(0, len(body), ("摄影",))]


def test_a_long_text_is_cut_between_sentences() -> None:
    sentence = "先把快门弄明白，再去想构图，这件事急不得，慢慢来就好。"

    pieces = texts(sentence * 40)

    assert len(pieces) == 5
    assert all(len(piece) % len(sentence) == 0 for piece in pieces)


def test_a_list_is_cut_between_items_and_keeps_its_introduction() -> None:
    item = "- 每天拍十张，晚上挑出一张最好的，写一句为什么，一周以后再回头看一遍。\n"
    body = "拍照先要养成习惯。" * 26 + "\n\n做法如下：\n\n" + item * 5

    first, second = texts(body)

    assert first.endswith("习惯。")
    assert second.startswith("做法如下：\n\n- 每天")


def test_a_sentence_without_end_is_cut_at_commas_and_at_last_anywhere() -> None:
    commas = texts("先看光，" * 300)
    nothing = texts("光" * 1000)

    assert all(text.endswith("，") for text in commas)
    assert "".join(nothing) == "光" * 1000
    assert max(map(len, nothing)) <= 220


def test_a_long_code_block_is_one_chunk() -> None:
    code = "```python\n" + "total = total + value  # add\n" * 120 + "```"

    assert code in texts(f"先看代码。\n\n{code}\n\n再看结果。")


def test_english_is_cut_by_words() -> None:
    sentence = "A walk teaches more than a map, so walk first and read later. "

    pieces = texts(sentence * 30)

    assert {len(piece.split()) for piece in pieces[:-1]} == {9 * 13}
