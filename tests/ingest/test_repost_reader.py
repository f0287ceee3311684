"""Reposts: several answers, each below a line with its author and one with its address."""

from __future__ import annotations

import pytest
from reading_material import ONE, OTHER, bodies, only, read_fixture, read_text

from corpus.types import Language

FIRST = "https://www.zhihu.com/question/77/answer/1"
SECOND = "https://www.zhihu.com/question/77/answer/2"


def test_each_author_gets_the_text_below_the_own_line() -> None:
    reading = read_fixture("repost_bold.md")

    assert [(answer.author, answer.url) for answer in reading.perspectives] == [
        ("海边的灯塔", "https://www.zhihu.com/question/900000001/answer/900000011"),
        ("Anna Lindqvist", "https://www.zhihu.com/question/900000001/answer/900000012"),
        ("", "https://www.zhihu.com/question/900000001/answer/900000013"),
        ("老周", ""),
    ]
    assert bodies(reading)["Anna Lindqvist"] == (
        "1. 先拍一百张。\n2. 再看一本讲构图的书。\n\n"
        "我的公众号里有一篇更长的，不过这里的话已经够用了。"
    )


def test_the_question_is_the_heading_and_the_date_of_the_repost_is_not_kept() -> None:
    reading = read_fixture("repost_bold.md")

    assert {answer.question for answer in reading.perspectives} == {"学拍照一定要先学构图吗？"}
    assert {answer.published for answer in reading.perspectives} == {None}


def test_lines_broken_around_bold_words_are_joined_and_tracking_links_undone() -> None:
    assert bodies(read_fixture("repost_bold.md"))["海边的灯塔"] == (
        "看你想拍什么。街头抓拍的话，先把快门速度弄明白，构图边拍边学，不耽误。\n\n"
        "想拍商业静物，那就先学构图和布光。参考 https://photo.example.org/light?a=1 这一篇。"
    )


def test_what_follows_the_end_mark_is_nobodys_answer() -> None:
    reading = read_fixture("repost_bold.md")

    assert not any("二维码" in answer.body for answer in reading.perspectives)


def test_an_answer_of_two_characters_is_skipped_with_its_reason() -> None:
    (skipped,) = read_fixture("repost_bold.md").skipped

    assert skipped.what == "沙发客"
    assert "short" in skipped.reason.en


def test_the_stamps_that_zhihu_adds_to_copied_text_are_read_and_removed() -> None:
    first, second = read_fixture("repost_stamps.txt").perspectives

    assert (first.author, second.author) == ("阿树", "Tom Becker")
    assert (first.published, second.published) == (None, "2019-04-30")
    assert (first.language, second.language) == (Language.CHINESE, Language.ENGLISH)
    assert first.body.startswith("我教了六年")
    assert first.body.endswith("更稳。")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"**作者：张三\n  \n{FIRST}**", f"**作者：李四**\n\n**{SECOND}**"),
        (f"作者: 张三 {FIRST}", f"作者: 李四 {SECOND}"),
        (f"作者：张三（{FIRST}）", f"作者：李四（{SECOND}）"),
        (f"作者：张三，链接：{FIRST}", f"作者：李四  来源：{SECOND}"),
        (f"作者 | 张三\n来源 | {FIRST}", f"作者丨李四\n来源丨{SECOND}"),
        (f"1. 作者：张三\n{FIRST}", f"2、作者：李四\n{SECOND}"),
        (f"**作者**：张三\n\n{FIRST}", f"作者：**李四**  \n{SECOND}"),
        (f"{FIRST}\n作者：张三", f"{SECOND}\n作者：李四"),
        (f"## 张三\n{FIRST}", f"## 李四\n\n{SECOND}"),
        (f"答主：@张三\n[原回答]({FIRST})", f"答主：[李四](https://x.org/p) [链接]({SECOND})"),
        (f"作者：张三\nhttps://link.zhihu.com/?target={FIRST}", f"作者：李四\n<{SECOND}>"),
        (f"作者:张三\n链接:{FIRST}?utm_id=0\n来源:知乎", f"作者:李四\n链接:{SECOND}/"),
    ],
)
def test_many_ways_to_write_author_and_address(first: str, second: str) -> None:
    reading = read_text(f"# 先学什么？\n\n{first}\n\n{ONE}\n\n{second}\n\n{OTHER}\n")

    assert bodies(reading) == {"张三": ONE, "李四": OTHER}
    assert [answer.url for answer in reading.perspectives] == [FIRST, SECOND]


def test_english_reposts() -> None:
    reading = read_text(
        "# What comes first?\n\n**Author: Jane Doe**\nhttps://www.quora.com/What/answer/Jane-Doe\n\n"
        "Start with small projects and fill the gaps as they appear.\n\n"
        "**By Tom Ray** — https://www.quora.com/What/answer/Tom-Ray\n\n"
        "Theory first, then practice; it saves a lot of time.\n"
    )

    assert [(a.author, a.platform, a.question) for a in reading.perspectives] == [
        ("Jane Doe", "quora", "What comes first?"),
        ("Tom Ray", "quora", "What comes first?"),
    ]


def test_an_address_cited_within_an_answer_begins_no_new_one() -> None:
    reading = read_text(
        f"作者：张三\n{FIRST}\n\n{ONE}可以看看我的另一个回答 {SECOND}\n\n"
        f"作者：李四\n{SECOND}\n\n{OTHER}"
    )

    assert [answer.author for answer in reading.perspectives] == ["张三", "李四"]


def test_books_with_author_and_shop_address_are_no_answers() -> None:
    reading = read_text(
        f"# 书单\n\n《甲》\n作者：王五\n链接：https://book.douban.com/subject/1/\n\n{ONE}\n\n"
        f"《乙》\n作者：赵六\n链接：https://book.douban.com/subject/2/\n\n{OTHER}\n"
    )

    assert only(reading).author == ""
    assert ONE in only(reading).body
    assert OTHER in only(reading).body


def test_a_colophon_below_an_article_names_its_author() -> None:
    answer = only(
        read_text(
            f"# 我的路线\n\n{ONE}\n\n{OTHER}\n\n"
            f"作者：张三\n链接：{FIRST}\n来源：知乎\n著作权归作者所有。"
        )
    )

    assert (answer.author, answer.url, answer.body) == ("张三", FIRST, f"{ONE}\n\n{OTHER}")


def test_the_words_of_the_reposter_are_skipped_with_a_reason() -> None:
    foreword = "这篇是我从各处收集来的，花了三个晚上整理，希望对刚入门的朋友有一点帮助。" * 3

    reading = read_text(
        f"{foreword}\n\n作者：张三\n{FIRST}\n\n{ONE}\n\n作者：李四\n{SECOND}\n\n{OTHER}"
    )

    assert len(reading.perspectives) == 2
    assert [skipped.reason.zh for skipped in reading.skipped] == [
        "是转载者的话，不是任何一位作者的回答"
    ]
