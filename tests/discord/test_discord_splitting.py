"""Cutting long texts into messages."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from api.discord.markdown import defused, escaped, linked
from api.discord.splitting import LIMIT, length, shortened, split

MARKER = re.compile(r"\[\d+\]")
MARKERS = re.compile(r"(?:\[\d+\])+")
LINK = re.compile(r"<https://[^>\s]+>")

markers = st.lists(st.integers(1, 99), min_size=1, max_size=6).map(
    lambda numbers: "".join(f"[{number}]" for number in numbers)
)
links = st.from_regex(r"\Ahttps://example\.org/[a-z0-9/_%-]{1,300}[a-z]\Z").map(
    lambda url: f"<{url}>"
)
words = st.text("的学机器器先abc😀é\u0301 ", min_size=1, max_size=30)
ends = st.sampled_from(["。", "！", "？\n", ". ", "\n\n", "\n- ", "，", ", ", " ", "**", ""])
prose = st.lists(st.one_of(words, words, words, markers, links, ends), max_size=200).map("".join)
anything = st.text(max_size=400)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(st.one_of(prose, anything), st.integers(60, 400))
def test_nothing_but_white_space_is_lost_and_every_part_fits(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert squeezed("".join(parts)) == squeezed(text)
    assert all(part.strip() and length(part) <= limit for part in parts)


@given(prose)
def test_no_marker_and_no_link_is_cut(text: str) -> None:
    parts = split(text, 400)
    for pattern in (MARKER, MARKERS, LINK):
        found = [each for part in parts for each in pattern.findall(part)]
        assert found == pattern.findall(text)


@given(st.lists(st.text("学机器", min_size=20, max_size=60), min_size=20, max_size=40))
def test_sentences_stay_whole(sentences: list[str]) -> None:
    text = "".join(f"{sentence}[1][2]。" for sentence in sentences)
    for part in split(text, 300):
        assert part.endswith("[1][2]。")


@given(st.lists(st.text("ab ", min_size=20, max_size=60).map(str.strip), min_size=20, max_size=40))
def test_english_sentences_keep_what_they_cite(sentences: list[str]) -> None:
    text = " ".join(f"A {sentence} b. [12]" for sentence in sentences)
    for part in split(text, 300):
        assert part.endswith(". [12]")
        assert part.startswith("A ")


def test_paragraphs_come_before_lines_and_lines_before_sentences() -> None:
    half = "一" * 600 + "。"
    two = half + half
    assert split(two + "\n\n" + half + "\n" + half) == [two, half + "\n" + half]
    assert split(two + "\n" + two) == [two, two]
    assert split(half * 4) == [half * 3, half]


def test_a_quotation_stays_with_its_source() -> None:
    entry = "[1] " + "王" * 60 + "\n> " + "引" * 120
    parts = split("\n".join([entry] * 30))
    assert all(part.startswith("[1] 王") and part.endswith("引") for part in parts)


def test_characters_count_as_discord_s_apps_count_them() -> None:
    assert length("学😀") == 3
    assert [len(part) for part in split("😀" * 1500)] == [1000, 500]


def test_a_link_longer_than_a_message_is_cut_after_all() -> None:
    parts = split("https://example.org/" + "a" * 5000)
    assert [len(part) for part in parts] == [LIMIT, LIMIT, 1020]


@given(anything, st.integers(3, 50))
def test_a_shortened_text_says_so(text: str, limit: int) -> None:
    made = shortened(text, limit)
    assert made == text or (made.endswith("…") and length(made) <= limit)


def test_a_shortened_text_ends_with_a_whole_word() -> None:
    assert shortened("learn the basics first", 16) == "learn the…"
    assert shortened("learn the basics first", 17) == "learn the basics…"
    assert shortened("先学机器学习再学深度学习", 5) == "先学机器…"
    assert shortened("a" * 50, 10) == "a" * 9 + "…"


@given(anything)
def test_what_is_escaped_stays_escaped_across_messages(text: str) -> None:
    for part in split(escaped(text * 8), 80):
        bare = re.sub(r"\\[\\`*_~|\[\]<>#]", "", part)
        assert not re.search(r"[\\`*_~|\[\]<>#]", bare)


def test_names_and_quotations_can_neither_call_nor_format() -> None:
    written = "@everyone @Here <@123> <#5> </forget:1> **x** [a](https://evil.example) `c`\n# h"
    shown = escaped(written)
    assert "@everyone" not in shown
    assert "@Here" not in shown
    assert "\n" not in shown
    assert shown.replace("\\", "").replace("\u200b", "") == written.replace("\n", " ")
    for acting in ("<", "**", "[", "`", "#"):
        assert f"\\{acting[0]}" in shown
    assert not re.search(r"(?<!\\)[<>*\[\]`#]", shown)


def test_an_answer_keeps_its_form_and_loses_its_teeth() -> None:
    written = (
        "**不用**[1]。@everyone <@1> <@&2> <#3> <:a:4> <t:5> 3 < 5 [看这里](https://evil.example)"
    )
    shown = defused(written)
    assert shown.startswith(
        "**不用**[1]。@\u200beveryone \\<@1> \\<@&2> \\<#3> \\<:a:4> \\<t:5> 3 < 5"
    )
    assert "](" not in shown
    assert defused("a\\<@1>") == "a\\<@1>"


def test_only_addresses_on_the_web_are_links() -> None:
    assert linked("https://example.org/a_b") == "<https://example.org/a_b>"
    assert linked("https://example.org/a> <@1>\n") == "<https://example.org/a@1>"
    assert linked("javascript:alert(1)") == linked("file:///etc/passwd") == ""
    assert linked("https://example.org/" + "a" * 600) == ""
