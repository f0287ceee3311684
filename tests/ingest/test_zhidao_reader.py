"""Baidu Zhidao pages copied from the browser."""

from __future__ import annotations

import pytest
from reading_material import ONE, OTHER, THIRD, bodies, read_fixture, read_text, urls

PAGE = f"""学做面包需要什么?
共3条回答
展开全部
{ONE}
已赞过
已踩过
你对这个回答的评价是？
百度网友abc
2019-01-02
{OTHER}
已赞过
已踩过
你对这个回答的评价是？
最佳答案
热心网友
2020-02-03
展开全部
{THIRD}
赞 12
已踩过
你对这个回答的评价是？
为你推荐：
特别推荐
"""


def test_answers_authors_and_dates() -> None:
    reading = read_fixture("zhidao_page.txt")

    assert [(a.author, a.published, a.place) for a in reading.perspectives] == [
        ("", "2018-03-04", "accepted-answer"),
        ("面包房老李", "2020-05-27", "answer-2020-05-27"),
        ("某某烘焙学校", "2021-06-09", "answer-2021-06-09"),
    ]


def test_what_the_page_repeats_is_kept_once() -> None:
    body = read_fixture("zhidao_page.txt").perspectives[0].body

    assert body == (
        "烤箱\n一台能控温的烤箱最要紧，上下火最好可以分开调，误差不要超过十度。\n"
        "秤\n厨房秤要精确到一克，酵母和盐差一点味道就不同了。"
    )


def test_profiles_badges_and_buttons_are_part_of_no_answer() -> None:
    texts = " ".join(bodies(read_fixture("zhidao_page.txt")).values())

    assert not any(
        word in texts for word in ("烘焙教育", "百度认证", "踩过", "评论", "采纳", "热议")
    )


def test_adverts_and_empty_words_are_skipped_with_their_reasons() -> None:
    skipped = read_fixture("zhidao_page.txt").skipped

    assert [entry.reason.en for entry in skipped] == [
        "too short to hold anything to quote",
        "is an advert",
    ]


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        PAGE.replace("你对这个回答的评价是？\n", ""),
        PAGE.replace("已踩过", "已踩过<").replace("已赞过", "已赞过>"),
        PAGE.replace("共3条回答", "3个回答"),
    ],
    ids=["as copied", "without ratings", "with cut brackets", "other counter"],
)
def test_close_variants(page: str) -> None:
    reading = read_text(page)

    assert [a.body for a in reading.perspectives] == [ONE, OTHER, THIRD]
    assert [a.author for a in reading.perspectives] == ["", "百度网友abc", ""]
    assert [a.published for a in reading.perspectives] == [None, "2019-01-02", "2020-02-03"]
    assert [a.votes for a in reading.perspectives] == [None, None, 12]


def test_the_address_of_the_page_makes_the_addresses_of_the_answers() -> None:
    first, second, third = urls(read_text(PAGE, "https://zhidao.baidu.com/question/123.html?fr=x"))

    assert first == "https://zhidao.baidu.com/question/123.html#undated-answer"
    assert second.startswith("https://zhidao.baidu.com/question/123.html#author-")
    assert third == "https://zhidao.baidu.com/question/123.html#accepted-answer"
