"""From HTML, Markdown and copied text to the clean text that is stored."""

from __future__ import annotations

import pytest

from corpus.types import Resource
from ingest.characters import normalised
from ingest.cleaning import clean_body, clean_text
from ingest.counts import count_of
from ingest.dates import iso_date
from ingest.html_text import html_to_text
from ingest.interface_words import is_interface
from ingest.links import resources_in, shown_link
from ingest.markdown_text import looks_like_markdown, markdown_to_text
from ingest.promotion import is_advert
from ingest.repetition import without_repetition


class TestCharacters:
    def test_invisible_signs_go_and_the_text_stays_quotable(self) -> None:
        hidden = "\u200b先\ufeff学\u2060什\u00ad么\u202e？\U000e0041\U000e0042"

        assert normalised(hidden) == "先学什么？"
        assert normalised("ﬁve ２０ cafe\u0301") == "ﬁve ２０ café"

    def test_joiners_stay_where_a_script_or_an_emoji_needs_them(self) -> None:
        assert (
            normalised("क्\u200dष 👩\u200d💻 中\u200d文 a\u200cb") == "क्\u200dष 👩\u200d💻 中文 ab"
        )

    def test_line_ends_and_blanks_have_one_form(self) -> None:
        assert normalised("a\r\nb\rc\u2028d\u00a0e\u3000f\x00g") == "a\nb\nc\nd e fg"


class TestHtml:
    def test_blocks_lists_and_quotations(self) -> None:
        html = (
            "<h2>先后</h2><p>一<b>二</b>三<br>四</p><ul><li>甲</li><li><p>乙</p><ol start='3'>"
            "<li>丙</li></ol></li></ul><blockquote>引<br>文</blockquote>"
        )

        assert html_to_text(html) == "## 先后\n\n一二三\n四\n\n- 甲\n- 乙\n  3. 丙\n\n> 引\n> 文"

    def test_source_line_breaks_part_english_words_but_not_han(self) -> None:
        assert html_to_text("<p>先学\n   什么\nfirst\nof all</p>") == "先学什么 first of all"

    @pytest.mark.parametrize(
        ("html", "text"),
        [
            (
                '<a href="https://link.zhihu.com/?target=https%3A//a.org/b">课</a>',
                "[课](https://a.org/b)",
            ),
            ('<a href="https://a.org/long/path">a.org/long…</a>', "https://a.org/long/path"),
            ('<a href="#top">回到顶部</a>', "回到顶部"),
            ('<a href="/relative">这里</a>', "这里"),
            ('<a href="https://a.org/f_(x)">f</a>', "[f](https://a.org/f_%28x%29)"),
        ],
    )
    def test_links(self, html: str, text: str) -> None:
        assert html_to_text(f"<p>{html}</p>") == text

    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ('<img src="https://www.zhihu.com/equation?tex=x%5E2" alt="x^2">', "$x^2$"),
            ('<img class="ztext-math" eeimg="1" alt="a &lt; b">', "$a < b$"),
            ('<span class="ztext-math" data-tex="\\sum_i x_i">xi</span>', "$\\sum_i x_i$"),
            ('<script type="math/tex; mode=display">e=mc^2</script>', "$$e=mc^2$$"),
            (
                '<span class="katex"><math><annotation encoding="application/x-tex">k_1'
                '</annotation></math><span aria-hidden="true">k1</span></span>',
                "$k_1$",
            ),
            ("10<sup>6</sup>", "10^6"),
        ],
    )
    def test_formulas(self, html: str, text: str) -> None:
        assert html_to_text(f"<p>看 {html} 吧</p>") == f"看 {text} 吧"

    def test_code_and_tables(self) -> None:
        html = (
            '<pre><code class="language-python">if a &lt; b:\n    go()\n</code></pre>'
            "<p>用<code>go()</code></p>"
            "<table><tr><th>课</th><th>周</th></tr><tr><td>甲</td><td>2<br>3</td></tr></table>"
        )

        assert html_to_text(html) == (
            "```python\nif a < b:\n    go()\n```\n\n用`go()`\n\n"
            "| 课 | 周 |\n| --- | --- |\n| 甲 | 2 3 |"
        )

    def test_what_is_no_text_or_hidden_is_left_out(self) -> None:
        unseen = (
            "<script>x()</script><button>赞同</button><p hidden>藏</p><svg><text>s</text></svg>"
        )

        assert html_to_text(f"<p>看</p>{unseen}") == "看"

    def test_deep_nesting_within_what_the_parser_allows(self) -> None:
        assert html_to_text("<div>" * 120 + "底" + "</div>" * 120) == "底"


class TestMarkdown:
    def test_emphasis_goes_and_structure_stays(self) -> None:
        assert markdown_to_text("**先**学\n\n* 甲\n  + 乙\n\n![](x.png)\n\n[课](#)") == (
            "先学\n\n- 甲\n  - 乙\n\n课"
        )

    @pytest.mark.parametrize(
        "text",
        [
            "设 $w_1 * i_1 + w_2 * i_2$ 为和",
            "$$E = \\sum_{i} \\{x_i\\}$$",
            "若 \\(x_1 < y_1\\) 则",
            "a<b 而 c>d",
            "`a*b*c` 与 snake_case_name",
            "```\nx = a*b*c  # <b>\n```",
        ],
    )
    def test_formulas_code_and_comparisons_are_not_touched(self, text: str) -> None:
        assert markdown_to_text(text) == text

    def test_lines_wrapped_by_a_fixed_width_are_joined(self) -> None:
        wrapped = (
            "This sentence was wrapped by an editor at some fixed\nwidth and goes on here.\nShort."
        )

        assert markdown_to_text(wrapped) == (
            "This sentence was wrapped by an editor at some fixed width and goes on here.\nShort."
        )

    def test_a_line_broken_before_bold_words_is_joined(self) -> None:
        assert markdown_to_text("很容易\n**一直补课**\n，停不下来") == "很容易一直补课，停不下来"

    def test_plain_text_is_not_taken_for_markdown(self) -> None:
        assert looks_like_markdown("# 标题\n\n- 甲\n- 乙\n\n**重点**")
        assert not looks_like_markdown("先学什么？\n数学基础\n先把手头的事情做起来。")


class TestBoilerplate:
    @pytest.mark.parametrize(
        "line",
        [
            "▲ 赞同 1.3 万 ▼", "💬 515 条评论", "➦ 分享", "★ 收藏", "♥ 喜欢", "收起 ^", "写回答",
            "添加评论", "显示全部 ▾", "查看全部 290 个回答", "已踩过<", "你对这个回答的评价是?",
            "展开全部", "1.2k likes", "View 12 more comments", "[关注](#)", "Share", "点赞数 2",
        ],
    )  # fmt: skip
    def test_buttons_and_counters_are_told_from_text(self, line: str) -> None:
        assert is_interface(line)

    @pytest.mark.parametrize(
        "line",
        [
            "分享一个方法",
            "喜欢就去做",
            "我赞同他的看法",
            "Share what you know.",
            "评论区有人问过",
            "1 万小时",
        ],
    )
    def test_sentences_with_the_same_words_are_text(self, line: str) -> None:
        assert not is_interface(line)

    def test_a_share_bar_goes_and_a_single_word_stays(self) -> None:
        assert clean_text("一二三。\n\n收藏\n\n四五六。\n\n赞 12\n收藏 3\n评论\n分享") == (
            "一二三。\n\n收藏\n\n四五六。"
        )

    def test_requests_to_follow_go_only_around_the_text(self) -> None:
        own = "先学走。欢迎关注我的公众号，那里讲得更细，这里只说最要紧的：先学走，再学跑。"

        text = f"点击上方蓝字关注我们\n\n{own}\n\n慢慢来。\n\n长按识别二维码关注"

        assert clean_body(text, markdown=False) == f"{own}\n\n慢慢来。"

    @pytest.mark.parametrize("mark", ["☆ END ☆", "— THE END —", "- 全文完 -", "END"])
    def test_what_follows_an_end_mark_goes_with_it(self, mark: str) -> None:
        assert clean_text(f"先学走。\n\n{mark}\n\n") == "先学走。"
        if mark != "END":
            assert clean_text(f"先学走。\n\n{mark}\n\n扫码加群\n\n领资料") == "先学走。"

    def test_adverts_are_told_from_answers_that_mention_a_price(self) -> None:
        assert is_advert("本回答节选自盐选专栏\n第一步是先走。")
        assert is_advert("限时优惠，立即报名！\n¥99 元，会员免费")
        assert not is_advert("这门课每月 50 美元，也可以申请免费旁听。")
        assert not is_advert("我在盐选专栏里写过，这里说结论：先学走。")

    def test_repeated_paragraphs_are_kept_once(self) -> None:
        long, other = (
            "水温要低一点，面团才不会发得太快，这是第一条。",
            "发酵的温度要高一点，时间要看面团而不是看钟。",
        )
        text = f"水\n{long}\n火\n{other}\n水\n{long}\n火\n{other}"

        assert without_repetition(text) == f"水\n{long}\n火\n{other}"

    def test_short_lines_and_code_may_repeat(self) -> None:
        text = "- 练习\n- 休息\n- 练习\n\n```\nstep = step + one\nstep = step + one\n```"

        assert without_repetition(text) == text

    def test_entities_and_pictures_in_plain_text(self) -> None:
        assert (
            clean_body("a &lt; b&nbsp;&amp; c\n[图片]\n完了吗", markdown=False)
            == "a < b & c\n\n完了吗"
        )


class TestLinks:
    def test_resources_are_the_links_with_their_names(self) -> None:
        text = "看[课](https://a.org/1)，再看https://b.org/2。又是https://a.org/1"

        assert resources_in(text) == (
            Resource("课", "https://a.org/1"),
            Resource("b.org/2", "https://b.org/2"),
        )

    def test_a_link_is_shown_with_the_address_behind_it(self) -> None:
        hidden = "HTTPS://links.jianshu.com/go?to=https%3A%2F%2Fa.org%2F1"

        assert shown_link("课", hidden) == "[课](https://a.org/1)"
        assert shown_link("课", "HTTPS://a.org/1") == "[课](https://a.org/1)"
        assert shown_link("课", "javascript:alert(1)") == "课"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2018年11月23日19时17分39秒", "2018-11-23"),
        ("编辑于 2021-03-02 10:11", "2021-03-02"),
        ("2020-05-27 · 认证", "2020-05-27"),
        ("2025-08-30T10:05:47+0800", "2025-08-30"),
        ("推荐于2017.11.25", "2017-11-25"),
        ("Posted March 3rd, 2021", "2021-03-03"),
        ("3 Mar 2021", "2021-03-03"),
        ("2020年5月", "2020-05"),
        ("Nov 2019", "2019-11"),
        ("2018", "2018"),
        ("发布于 08-05", None),
        ("编辑于 昨天 11:20", None),
        ("2019-02-30", None),
        ("in 2018 we", None),
        ("12018-11-11", None),
        ("", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1.3 万", 13_000),
        ("13,981", 13_981),
        ("1.2k", 1200),
        ("赞同 527", 527),
        ("0", 0),
        ("赞同", None),
    ],
)
def test_counts(text: str, count: int | None) -> None:
    assert count_of(text) == count
