"""Beginning a perspective file from what could be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.course_files import load_courses
from corpus.errors import DocumentError, SourceFileError, UsageError
from corpus.perspective_files import load_perspectives, parse_perspective
from corpus.source_rules import unconfirmed_faults
from corpus.types import Language, Resource
from ingest.perspective_draft import draft, draft_id
from ingest.raw import RawPerspective
from ingest.single_answer import answers_in, chosen, original_text

COURSES = load_courses()
ANSWER = RawPerspective(
    author="Jane Doe",
    platform="blog",
    url="https://blog.example.org/solder",
    question="Do I need machine learning before deep learning?",
    title="Start with deep learning",
    published="2021-03-14",
    votes=7,
    language=Language.ENGLISH,
    body="No, start with deep learning right away. "
    "You do not need to learn machine learning first.",
    resources=(
        Resource("Dive into Deep Learning", "https://d2l.ai"),
        Resource("a page", "https://a.example.org/?q=1"),
    ),
)


def filled(text: str) -> str:
    """The draft with something in every place that asks to be filled."""
    text = text.replace('zh: ""', "zh: 先直接开始学").replace('en: ""', "en: Start right away")
    text = text.replace("# 中文\n", "# 中文\n## 开始\n先直接开始学。\n")
    return text.replace("# English\n", "# English\n## Start\nStart right away.\n")


def test_what_could_be_read_is_filled_in() -> None:
    text = draft(ANSWER, "jane-doe-start", COURSES)
    made = parse_perspective(filled(text), "jane-doe-start.md")
    assert (made.id, made.author, made.platform) == ("jane-doe-start", "Jane Doe", "blog")
    assert (made.url, made.published, made.votes) == (ANSWER.url, "2021-03-14", 7)
    assert made.language is Language.ENGLISH
    assert made.question.en == ANSWER.question
    assert made.resources == (
        Resource("Dive into Deep Learning", "https://d2l.ai", "d2l"),
        Resource("a page", "https://a.example.org/?q=1"),
    )
    assert [(p.topic, p.stance) for p in made.positions] == [("ml-before-dl", "not-needed")]
    assert unconfirmed_faults(text)


def test_nothing_of_the_original_text_is_in_the_draft() -> None:
    assert "right away" not in draft(ANSWER, "jane-doe-start", COURSES)


def test_an_unfinished_draft_is_refused_with_all_that_is_missing() -> None:
    with pytest.raises(SourceFileError) as caught:
        parse_perspective(draft(ANSWER, "jane-doe-start", COURSES), "jane-doe-start.md")
    told = caught.value.message.en
    for part in ("question.zh", "title.zh", "title.en", "says.zh", "below # 中文", "# English"):
        assert part in told


def test_what_is_unknown_says_so() -> None:
    nameless = replace(ANSWER, author="", published=None, votes=None, resources=(), body="早上好。")
    made = parse_perspective(filled(draft(nameless, "blog-1", ())), "blog-1.md")
    assert (made.author, made.published, made.votes) == ("", None, None)
    assert (made.positions, made.paths, made.resources) == ((), (), ())


@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_whatever_a_page_calls_itself_the_draft_can_be_read(name: str, other: str) -> None:
    odd = replace(ANSWER, author=name, question=f"学 {other}", title=other)
    odd = replace(odd, resources=(Resource(f"书 {other}", "https://a.example.org/"),))
    text = filled(draft(odd, draft_id(odd), COURSES))
    assert parse_perspective(text, "a.md").url == ANSWER.url


@pytest.mark.parametrize(
    ("author", "title", "url", "id"),
    [
        ("Jane Doe", "Start with it", "https://a.example.org/1", "jane-doe-start-with-it"),
        ("Zoë O'Neil", "先动手", "https://a.example.org/question/123456", "zoe-oneil-123456"),
        ("李明", "先动手", "https://a.example.org/question/1234/answer/5678", "blog-5678"),
        ("李明", "Start with it", "https://a.example.org/1", "blog-start-with-it"),
    ],
)
def test_ids_come_from_author_and_title_or_the_address(
    author: str, title: str, url: str, id: str
) -> None:
    answer = replace(ANSWER, author=author, title=title, url=url)
    assert draft_id(answer) == id
    assert draft_id(answer, {id, f"{id}-2"}) == f"{id}-3"


def test_answers_on_one_page_have_ids_of_their_own() -> None:
    page = "https://a.example.org/question/1234567"
    one, other = (
        replace(ANSWER, author=name, title="先动手", url=f"{page}#{slug}")
        for name, slug in (("李明", "li-ming"), ("王伟", "wang-wei"))
    )
    assert draft_id(one) != draft_id(other)


def test_the_answers_of_a_file_are_told_and_one_is_chosen() -> None:
    one, other = replace(ANSWER, author="李明"), replace(ANSWER, author="")
    assert chosen([one], None) is one
    assert chosen([one, other], " 李明 ") is one
    assert chosen([one, other], "unknown") is other
    assert chosen([other, other, one], "Unknown 2") is other
    with pytest.raises(UsageError, match=r"2 answers here: 李明, unknown\. Choose .*--author"):
        chosen([one, other], None)
    with pytest.raises(UsageError, match="no answer by 王伟 here, only: 李明"):
        chosen([one], "王伟")


def test_a_file_that_cannot_be_restated_is_told_by_name(tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text(filled(draft(ANSWER, "own", ())), "utf-8")
    empty, short = tmp_path / "empty.txt", tmp_path / "short.txt"
    empty.write_bytes(b"")
    short.write_text("嗯。", "utf-8")
    for path, reason in (
        (own, "is a perspective or course file already"),
        (tmp_path / "none.txt", "does not exist"),
        (tmp_path, "is a directory"),
        (empty, "is empty"),
        (short, "too short"),
    ):
        with pytest.raises(DocumentError, match=reason) as caught:
            answers_in(str(path), ())
        assert str(path) in caught.value.message.en
    with pytest.raises(DocumentError, match="does not exist"):
        original_text(str(tmp_path / "none.txt"))


@pytest.mark.parametrize("url", ["http://127.0.0.1/a", "https://localhost/a", "http://10.0.0.1/"])
def test_pages_of_a_private_network_are_not_fetched(url: str) -> None:
    with pytest.raises(DocumentError):
        answers_in(url, ())


def test_an_answer_that_is_bundled_is_recognised(tmp_path: Path) -> None:
    known = load_perspectives()[0]
    path = tmp_path / "saved.md"
    path.write_text(
        f"---\ntitle: 先做起来\nurl: {known.url}\n---\n先跑通一个小模型，再补别的。\n", "utf-8"
    )
    assert [answer.url for answer in answers_in(str(path), [known])] == [known.url]
