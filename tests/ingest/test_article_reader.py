"""Articles: blog posts, Markdown and plain text, with and without front matter."""

from __future__ import annotations

import pytest
from reading_material import ONE, OTHER, only, read_fixture, read_text


def test_front_matter_gives_title_date_address_and_account() -> None:
    article = only(read_fixture("csdn_article.md"))

    assert article.title == "学木工，还有必要学手工锯吗"
    assert article.published == "2023-02-11"
    assert article.url == "https://blog.csdn.net/mu_gong_01/article/details/130000001"
    assert (article.author, article.platform) == ("mu_gong_01", "csdn")


def test_the_text_keeps_structure_and_loses_title_share_bar_and_copyright() -> None:
    assert only(read_fixture("csdn_article.md")).body == (
        "答案是：有必要。\n\n"
        "#### 1. 手感\n\n"
        "- 是什么：知道木纹往哪边走。\n"
        "  - 怎么练：每天锯十条直线。\n\n"
        "| 工具 | 周 |\n| --- | --- |\n| 手锯 | 2 |\n\n"
        "#### 2. 代码也一样\n\n"
        "```python\nfor i in range(3):\n    print(i)  # 锯三下\n```"
    )


def test_bylines_stand_in_for_missing_front_matter() -> None:
    article = only(
        read_text(
            "# 学木工\n\n木工张三 于 2021-03-04 10:00:00 发布\n\n"
            f"阅读量 1.2k\n\n收藏 3\n\n点赞数 2\n\n{ONE}\n\n"
            "版权声明：本文为CSDN博主「木工张三」的原创文章，转载请附上原文出处链接及本声明。\n"
            "原文链接：https://blog.csdn.net/mg3/article/details/55\n"
        )
    )

    assert (article.author, article.published, article.body) == ("木工张三", "2021-03-04", ONE)
    assert article.url == "https://blog.csdn.net/mg3/article/details/55"


@pytest.mark.parametrize(
    "line",
    [
        "By Mara Quist | March 3, 2021",
        "Author: Mara Quist, 2021-03-03",
        "作者：Mara Quist · 2021年3月3日",
    ],
)
def test_ways_to_sign(line: str) -> None:
    article = only(
        read_text(f"# Paint first\n\n{line}\n\nMost people ask whether drawing comes first. No.\n")
    )

    assert (article.author, article.published) == ("Mara Quist", "2021-03-03")
    assert article.body == "Most people ask whether drawing comes first. No."


def test_a_sentence_that_begins_with_by_signs_nothing() -> None:
    article = only(
        read_text("# Saws\n\nBy hand\n\nA saw that is moved by hand teaches more about wood.")
    )

    assert article.author == ""
    assert article.body.startswith("By hand")


def test_a_repost_of_an_article_has_the_address_of_the_original_and_no_date() -> None:
    article = only(
        read_text(
            "---\ntitle: 学木工\ndate: 2024-01-01\nurl: https://blog.csdn.net/copy/article/details/9\n---\n"
            f"转载自：https://www.cnblogs.com/mugong/p/123.html\n\n{ONE}\n\n{OTHER}\n"
        )
    )

    assert article.url == "https://www.cnblogs.com/mugong/p/123.html"
    assert (article.author, article.platform, article.published) == ("mugong", "cnblogs", None)


def test_an_address_kept_as_hexadecimal_digits_is_decoded() -> None:
    digits = b"https://blog.csdn.net/mg3/article/details/55".hex()

    article = only(
        read_text(
            f'---\ntitle: "x"\narturl_encode: "{digits[:14]}:{digits[14:]}"\n---\n{ONE}{OTHER}'
        )
    )

    assert article.url == "https://blog.csdn.net/mg3/article/details/55"


def test_front_matter_that_is_no_valid_yaml_is_read_line_by_line() -> None:
    article = only(
        read_text(f"---\ntitle: 刨子: 入门\nauthor: 老木\ntags: [unclosed\n---\n{ONE}\n{OTHER}")
    )

    assert (article.title, article.author) == ("刨子: 入门", "老木")
    assert article.body == f"{ONE}\n{OTHER}"


def test_plain_text_is_one_perspective_by_nobody_known() -> None:
    article = only(read_text(f"{ONE}\n{OTHER}\n"))

    assert (article.author, article.platform, article.url) == ("", "document", "")
    assert article.body == f"{ONE}\n{OTHER}"
