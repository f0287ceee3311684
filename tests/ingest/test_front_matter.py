"""The fields above a text, read without trusting whoever wrote them."""

from __future__ import annotations

import pytest

from ingest.front_matter import split_front_matter


def fields(*lines: str) -> dict[str, str]:
    meta, below = split_front_matter("\n".join(["---", *lines, "---", "正文"]))
    assert below == "正文"
    return dict(meta)


def test_yaml_gives_text_lists_and_names() -> None:
    assert fields("Title: 学木工", "tags: [锯, 刨]", "author: {name: 老木}", "draft: yes") == {
        "title": "学木工",
        "tags": "锯, 刨",
        "author": "老木",
        "draft": "yes",
    }


def test_aliases_are_not_written_out() -> None:
    levels = [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 12)]

    read = fields("title: 学木工", "l0: &l0 [锯, 刨]", *levels)

    assert read["title"] == "学木工"
    assert sum(map(len, read.values())) < 1000


@pytest.mark.parametrize("nested", ["[" * 200_000, "- " * 100_000, "{a: " * 100_000])
def test_deep_nesting_is_read_as_a_line(nested: str) -> None:
    assert fields("title: 学木工", f"list: {nested}")["title"] == "学木工"


def test_nesting_within_the_bounds_of_the_loader_but_beyond_reason() -> None:
    assert fields("title: 学木工", f"list: {'[' * 400}x{']' * 400}")["title"] == "学木工"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('author: "老木"  ', "老木"),
        ("author = 老木", "老木"),
        ("author　：　老木", "老木"),
        ("author: 刨子: 入门", "刨子: 入门"),
        ("author:", ""),
    ],
)
def test_lines_stand_in_for_yaml_that_is_not_valid(line: str, value: str) -> None:
    assert fields("tags: [unclosed", line, "next: x")["author"] == value


def test_a_line_of_spaces_is_read_in_one_go() -> None:
    # Read by trying every split of the spaces, this would take longer than a test may.
    spaces = " " * 1_000_000

    assert fields("tags: [unclosed", f"title: a{spaces}b{spaces}")["title"] == f"a{spaces}b"


def test_text_without_fields_is_left_alone() -> None:
    text = "---\n只是一条线\n---\n正文"

    assert split_front_matter(text) == ({}, text)
