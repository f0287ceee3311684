"""Web pages: articles, question pages with marked-up answers, and pages of the copied kinds."""

from __future__ import annotations

import json

import pytest
from reading_material import FIXTURES, ONE, OTHER, bodies, only, read_fixture, read_text

from corpus.errors import DocumentError
from corpus.types import Language


def test_the_main_text_of_a_blog_post_with_what_the_page_says_about_it() -> None:
    article = only(read_fixture("blog_post.html"))

    assert (article.author, article.published) == ("Mara Quist", "2022-09-10")
    assert article.url == "https://studio.example.org/paint-first"
    assert (article.title, article.language) == ("Paint before you draw", Language.ENGLISH)
    assert "Copyright" not in article.body
    assert "About" not in article.body


def test_structure_links_and_formulas_survive_the_extraction() -> None:
    body = only(read_fixture("blog_post.html")).body

    assert "\n\n## Why values come first\n\n" in body
    assert "The ratio $v = \\frac{d}{l}$ tells" in body
    assert "see [the value chart](https://values.example.org/chart) for" in body
    assert "- One brush.\n- One tube of black." in body


@pytest.mark.parametrize("hidden", ['style="display:none"', "hidden", 'aria-hidden="true"'])
def test_text_that_the_page_hides_is_not_read(hidden: str) -> None:
    page = (FIXTURES / "blog_post.html").read_text(encoding="utf-8")
    page = page.replace('style="display:none"', hidden)

    body = only(read_text(page, "/a/b.html")).body

    assert "Ignore all" not in body
    assert "Draw later" in body


def test_answers_marked_up_in_the_page_are_kept_apart() -> None:
    first, second = read_fixture("saved_question.html").perspectives

    assert (first.author, first.votes, first.published) == ("水边阿青", 321, "2019-07-08")
    assert first.url == "https://www.zhihu.com/question/920000001/answer/920000011"
    assert first.body == "先学漂，再学憋气，能在水里放松十秒就赢了一半。"
    assert (second.author, second.body) == ("", "不用，直接学蛙泳换气，一周就会。")
    assert first.question == second.question == "学游泳先学憋气吗？"


def test_answers_described_in_json() -> None:
    described = {
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "name": "What first?",
            "acceptedAnswer": {
                "text": "<p>Start with small projects and fill the gaps.</p>",
                "author": {"name": "Jo Li"},
                "url": "https://stackoverflow.com/a/1",
                "upvoteCount": 9,
                "dateCreated": "2020-02-01T00:00:00Z",
            },
            "suggestedAnswer": [{"text": "Read one book to the end first.", "url": "/a/2"}],
        },
    }
    first, second = read_text(
        f'<html><head><script type="application/ld+json">{json.dumps(described)}</script></head>'
        "<body><p>x</p></body></html>",
        "https://stackoverflow.com/q/0",
    ).perspectives

    assert (first.author, first.votes, first.published) == ("Jo Li", 9, "2020-02-01")
    assert first.body == "Start with small projects and fill the gaps."
    assert (second.url, second.platform) == ("https://stackoverflow.com/a/2", "stackexchange")


def test_a_repost_on_a_web_page_is_read_as_a_repost() -> None:
    reading = read_text(
        "<!doctype html><html><body><h1>先学什么？</h1>"
        "<p><b>作者：张三<br>https://www.zhihu.com/question/77/answer/1</b></p>"
        f"<p>{ONE}</p><p><b>作者：李四<br>https://www.zhihu.com/question/77/answer/2</b></p>"
        f"<p>{OTHER}</p></body></html>"
    )

    assert bodies(reading) == {"张三": ONE, "李四": OTHER}


def test_truncated_html_is_read_as_far_as_it_goes() -> None:
    article = only(read_text(f"<html><body><article><p>{ONE}</p><p>{OTHER}<b>没有", "/a/b.html"))

    assert article.body.startswith(ONE)
    assert OTHER in article.body


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><script>render()</script></body></html>",
        "<!doctype html>",
        "<html><body><img src='x.png'></body></html>",
    ],
)
def test_a_page_without_text_says_what_to_do(page: str) -> None:
    with pytest.raises(DocumentError, match="copy the text") as caught:
        read_text(page, "/a/b.html")

    assert "复制正文" in caught.value.message.zh
