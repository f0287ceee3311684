"""Addresses for answers whose page shows none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.perspective_files import load_perspectives
from corpus.types import Bilingual, Language, Perspective, Text
from corpus.urls import canonical_url
from ingest.identity import KnownAnswers, identified
from ingest.raw import RawPerspective

QUESTION = "https://zhidao.baidu.com/question/31.html"
BODY = "一台能控温的烤箱最要紧，上下火最好可以分开调；再买一台精确到一克的厨房秤。"
RESTATED = "他认为最要紧的是能控温的烤箱，上下火要能分开调，其次是精确到一克的厨房秤。"


def answer(**changes: object) -> RawPerspective:
    raw = RawPerspective(
        author="",
        platform="baidu-zhidao",
        url="",
        question="做面包要哪些工具？",
        title="",
        published=None,
        votes=None,
        language=Language.CHINESE,
        body=BODY,
        place="accepted-answer",
    )
    return replace(raw, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def known() -> Perspective:
    bundled = load_perspectives()[0]
    return replace(
        bundled,
        author="",
        platform="baidu-zhidao",
        url=f"{QUESTION}#accepted-answer",
        question=Bilingual("做面包要哪些工具?", "Which tools does one need to bake bread?"),
        texts=(Text(Language.CHINESE, verbatim=False, body=RESTATED),),
    )


def url_of(raw: RawPerspective, *known: Perspective) -> str:
    (found,) = identified([raw], KnownAnswers(known))
    return found.url


def test_an_address_that_the_page_shows_stays() -> None:
    assert url_of(answer(url="https://a.org/1")) == "https://a.org/1"


def test_without_a_question_address_the_address_is_a_urn_that_stays_the_same() -> None:
    first = url_of(answer())

    assert first.startswith("urn:xianhou:baidu-zhidao:")
    assert first == url_of(answer(votes=12, question="做面包要哪些工具?"))
    assert first != url_of(answer(body="别的话，说的是另一件事情。"))
    assert first != url_of(answer(author="老李"))


@pytest.mark.parametrize(
    ("author", "fragment"), [("Jo Li", "jo-li"), ("", "accepted-answer"), ("老李", "author-")]
)
def test_with_one_it_is_the_question_with_a_fragment(author: str, fragment: str) -> None:
    url = url_of(answer(author=author, question_url=QUESTION))

    assert url.startswith(f"{QUESTION}#{fragment}")
    assert canonical_url(url) == url


def test_two_answers_of_one_page_never_share_a_derived_address() -> None:
    raw = answer(place="undated-answer", question_url=QUESTION)

    first, second = identified([raw, replace(raw, body="另一个回答，说的是别的。")])

    assert (first.url, second.url) == (f"{QUESTION}#undated-answer", f"{QUESTION}#undated-answer-2")


def test_an_answer_without_author_is_recognised_by_question_place_and_words(
    known: Perspective,
) -> None:
    assert url_of(answer(), known) == known.url


def test_another_page_with_the_same_question_is_not_taken_for_it(known: Perspective) -> None:
    stranger = answer(body="先别买工具，揉面用手就行，第一次做最容易失败的是发酵，先弄懂温度。")

    assert url_of(stranger, known) != known.url
    assert (
        url_of(answer(question_url="https://zhidao.baidu.com/question/99.html"), known) != known.url
    )


def test_an_author_is_recognised_by_name_on_the_question(known: Perspective) -> None:
    named = replace(known, author="面包房老李", url=f"{QUESTION}#mianbaofang-laoli")

    assert url_of(answer(author="面包房 老李"), named) == named.url
    assert url_of(answer(author="别人"), named) != named.url
