"""Zhihu: exports with a list of fields, and question pages copied from the browser."""

from __future__ import annotations

import pytest
from reading_material import ONE, OTHER, THIRD, bodies, read_fixture, read_text, urls


class TestExport:
    def test_the_fields_of_every_record_are_read(self) -> None:
        first, second = read_fixture("zhihu_export.md").perspectives

        assert (first.author, first.votes, first.published) == ("", 12_000, "2020-03-09")
        assert first.url == "https://www.zhihu.com/question/910000001/answer/910000011"
        assert (second.author, second.votes, second.published) == ("指弹老王", 7, "2018-01-02")
        assert first.question == second.question == "零基础学吉他，先学乐理还是先学和弦？"

    def test_the_body_keeps_headings_lists_links_code_and_formulas(self) -> None:
        first, _ = read_fixture("zhihu_export.md").perspectives

        assert first.body == (
            "先学三个和弦，弹完一首歌再说。\n\n"
            "## 第一个月\n\n"
            "每天二十分钟，跟着https://guitar.example.org/beginner练。\n\n"
            "- C 和弦\n- G 和弦\n\n"
            "频率的关系写成 $f_n=2^{n/12}f_0$ 就够了。\n\n"
            "```text\nE A D G B E\n```"
        )
        assert [link.url for link in first.resources] == ["https://guitar.example.org/beginner"]

    @pytest.mark.parametrize(
        "fields",
        [
            "- 点赞数:3\n- 回答url:https://www.zhihu.com/question/1/answer/2",
            "- **赞同数**：3\n\n- **回答链接**：https://www.zhihu.com/question/1/answer/2",
            "* Votes: 3\n* Link: https://www.zhihu.com/question/1/answer/2\n* Topic: music",
        ],
    )
    def test_close_variants_of_the_list(self, fields: str) -> None:
        (answer,) = read_text(f"# 先学什么？\n{fields}\n<body><p>{ONE}</p></body>").perspectives

        assert (answer.votes, answer.body) == (3, ONE)
        assert answer.url == "https://www.zhihu.com/question/1/answer/2"
        assert answer.published is None

    def test_notes_with_a_list_of_author_and_date_are_no_export(self) -> None:
        (article,) = read_text(f"# 笔记\n- 作者：老木\n- 日期：2020-01-02\n\n{ONE}").perspectives

        assert (article.author, article.platform) == ("老木", "document")

    def test_a_truncated_body_is_read_as_far_as_it_goes(self) -> None:
        (answer,) = read_text(
            f"# 先学什么？\n- 点赞数：3\n- 更新时间：2020年1月2日\n<body><p>{ONE}</p><p>{OTHER[:8]}"
        ).perspectives

        assert answer.body == f"{ONE}\n\n{OTHER[:8]}"


class TestQuestionPage:
    def test_every_answer_has_its_author_votes_and_date(self) -> None:
        reading = read_fixture("zhihu_question_page.txt")

        assert [(a.author, a.votes, a.published) for a in reading.perspectives] == [
            ("雨中慢跑", 2345, "2019-05-06"),
            ("Kim Larsen", 11_000, "2017-11-23"),
            ("路过的跑者", None, None),
        ]
        assert {a.question for a in reading.perspectives} == {"第一次跑马拉松要先跑半马吗？"}

    def test_buttons_in_the_middle_of_an_answer_do_not_cut_it(self) -> None:
        assert bodies(read_fixture("zhihu_question_page.txt"))["雨中慢跑"] == (
            "先跑半马。我带过的新手里，没跑过半程就上全程的，三十公里以后大多是走下来的。\n\n"
            "心率公式可以这样估： $HR_{max} = 208 - 0.7 * age$ ，别照搬别人的数字。"
        )

    def test_a_paid_column_is_an_advert_and_part_of_no_answer(self) -> None:
        reading = read_fixture("zhihu_question_page.txt")

        assert [(s.what, s.reason.en) for s in reading.skipped] == [("跑步盐选", "is an advert")]
        assert not any("盐选" in body or "好鞋" in body for body in bodies(reading).values())

    def test_a_page_without_address_gives_stable_urns(self) -> None:
        first, again = (urls(read_fixture("zhihu_question_page.txt")) for _ in range(2))

        assert first == again
        assert len(set(first)) == 3
        assert all(url.startswith("urn:xianhou:zhihu:") for url in first)

    PAGE = """先学什么好？ - 知乎

写回答

3 个回答

默认排序

[雨中](https://www.zhihu.com/people/a)

{endorsed}

{one}

发布于 2019-05-06 20:11・IP 属地北京

赞同 12

添加评论

分享

收藏

{fold}

**小满**

{other}

赞同 3

1 条评论

分享

收藏

{fold}

大师兄

学生

{third}

编辑于 昨天 11:20

添加评论

分享

收藏

{fold}
"""

    @pytest.mark.parametrize("fold", ["收起", "收起 ^", ""])
    @pytest.mark.parametrize(
        "endorsed",
        ["12 人赞同了该回答", "12 人点赞了该回答", "木子 等 12 人赞同了该回答", "12 人觉得有用"],
    )
    def test_other_vote_words_missing_buttons_and_missing_dates(
        self, fold: str, endorsed: str
    ) -> None:
        reading = read_text(
            self.PAGE.format(one=ONE, other=OTHER, third=THIRD, fold=fold, endorsed=endorsed)
        )

        assert bodies(reading) == {"雨中": ONE, "小满": OTHER, "大师兄": THIRD}
        assert [a.votes for a in reading.perspectives] == [12, 3, None]
        assert [a.published for a in reading.perspectives] == ["2019-05-06", None, None]
        assert {a.question for a in reading.perspectives} == {"先学什么好？"}

    def test_the_address_of_the_question_makes_the_addresses_of_the_answers(self) -> None:
        page = self.PAGE.format(
            one=ONE, other=OTHER, third=THIRD, fold="收起", endorsed="12 人赞同了该回答"
        ).replace("小满", "Jo Li")

        found = urls(read_text(f"https://www.zhihu.com/question/4567\n\n{page}"))

        assert found[1] == "https://www.zhihu.com/question/4567#jo-li"
        assert all(url.startswith("https://www.zhihu.com/question/4567#") for url in found)

    def test_an_english_page(self) -> None:
        reading = read_text(
            "What comes first in photography?\n\nFollow\n\n3 Answers\n\nSort by recommended\n\n"
            "Jane Doe\n\nPhotographer\n\n1,024 people upvoted this answer\n\n"
            "Light first. Then everything else follows from it, believe me.\n\n"
            "Posted on Mar 3, 2019\n\nUpvote 1.2k\n\n5 comments\n\nShare\n\nSave\n\nCollapse\n\n"
            "Tom Ray\n\n35 people found this helpful\n\n"
            "Composition first, since it costs nothing.\n\nUpvote 35\n\nAdd comment\n\nShare\n"
        )

        assert [(a.author, a.votes, a.published) for a in reading.perspectives] == [
            ("Jane Doe", 1024, "2019-03-03"),
            ("Tom Ray", 35, None),
        ]
