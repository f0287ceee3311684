"""Perspective files: what a good one gives, and what each broken rule is told."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.course_files import load_courses, parse_course
from corpus.errors import SourceFileError
from corpus.perspective_files import load_perspective, load_perspectives, parse_perspective
from corpus.skills import parse_skills
from corpus.source_rules import perspective_faults
from corpus.types import (
    Bilingual,
    Goal,
    Language,
    Perspective,
    Position,
    ReadExtent,
    Resource,
    Stance,
    Step,
    StudyPath,
    Text,
    Topic,
)
from corpus.urls import canonical_url

GOOD = """\
---
id: li-ming-recipe
author: 李明
platform: forum
url: https://forum.example.org/t/1
question: {zh: 先学什么？, en: What comes first?}
title: {zh: 先做再学, en: Do it first}
published: 2021-03
votes: 12
language: zh
read: whole
positions:
  - topic: ml-before-dl
    stance: not-needed
    goals: [graduation-project]
    says: {zh: 先做一个能跑的小模型, en: Build a small model that runs first}
paths:
  - goals: []
    weeks: 3
    steps:
      - {zh: 跑通例子, en: Run the examples, course: d2l, modules: [ch3]}
resources:
  - {name: 一本书, url: https://book.example.org, course: d2l}
---
# 中文
## 先做
先做一个能跑的小模型，再补别的。
# English
## Build
Build a small model that runs first, and learn the rest later.
"""


def changed(old: str, new: str) -> str:
    """The good file with one change, made exactly once."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def complaint(text: str) -> Bilingual:
    with pytest.raises(SourceFileError) as caught:
        parse_perspective(text, "li-ming-recipe.md")
    return caught.value.message


def test_a_good_file_gives_a_perspective() -> None:
    assert parse_perspective(GOOD, "li-ming-recipe.md") == Perspective(
        id="li-ming-recipe",
        author="李明",
        platform="forum",
        url="https://forum.example.org/t/1",
        question=Bilingual("先学什么？", "What comes first?"),
        title=Bilingual("先做再学", "Do it first"),
        published="2021-03",
        votes=12,
        language=Language.CHINESE,
        read=ReadExtent.WHOLE,
        positions=(
            Position(
                Topic.ML_BEFORE_DL,
                Stance.NOT_NEEDED,
                (Goal.GRADUATION_PROJECT,),
                Bilingual("先做一个能跑的小模型", "Build a small model that runs first"),
            ),
        ),
        paths=(
            StudyPath((), 3, (Step(Bilingual("跑通例子", "Run the examples"), "d2l", ("ch3",)),)),
        ),
        resources=(Resource("一本书", "https://book.example.org", "d2l"),),
        texts=(
            Text(Language.CHINESE, False, "## 先做\n先做一个能跑的小模型，再补别的。"),
            Text(
                Language.ENGLISH,
                False,
                "## Build\nBuild a small model that runs first, and learn the rest later.",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [("2021-03-14", "2021-03-14"), ("2021", "2021"), ("'2021-03'", "2021-03"), ("unknown", None)],
)
def test_dates_may_be_days_months_years_or_unknown(written: str, read: str | None) -> None:
    text = changed("published: 2021-03", f"published: {written}")
    assert parse_perspective(text, "a.md").published == read


def test_unknown_author_and_votes() -> None:
    text = changed("author: 李明", "author: unknown").replace("votes: 12", "votes: unknown")
    perspective = parse_perspective(text, "a.md")
    assert (perspective.author, perspective.votes) == ("", None)


def test_windows_line_ends_and_byte_order_marks_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "li-ming-recipe.md"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_perspective(path) == parse_perspective(GOOD, path.name)


BROKEN = {
    "unknown field": (("votes: 12", "votes: 12\nstars: 5"), "stars", "remove it"),
    "missing field": (("platform: forum\n", ""), "platform", "add it"),
    "empty field": (("author: 李明", 'author: ""'), "author", "fill it in"),
    "id not a slug": (("id: li-ming-recipe", "id: Li_Ming"), "id", "lower-case"),
    "platform not a slug": (("platform: forum", "platform: 论坛"), "platform", "lower-case"),
    "no address": (("https://forum.example.org/t/1", "forum"), "url", "urn:xianhou:"),
    "address with tracking": (
        ("https://forum.example.org/t/1", "http://forum.example.org/t/1/?utm_source=x"),
        "url",
        "must be written https://forum.example.org/t/1",
    ),
    "question in one language": (
        ("question: {zh: 先学什么？, en: What comes first?}", "question: {zh: 先学什么？}"),
        "question.en",
        "add it",
    ),
    "no such day": (("2021-03", "2021-02-30"), "published", "or unknown"),
    "date in words": (("2021-03", "spring 2021"), "published", "or unknown"),
    "date with time": (("2021-03", "2021-03-14 10:00:00"), "published", "or unknown"),
    "votes in words": (("votes: 12", "votes: many"), "votes", "whole number"),
    "negative votes": (("votes: 12", "votes: -1"), "votes", "write unknown"),
    "no such language": (("language: zh", "language: fr"), "language", "must be 'zh' or 'en'"),
    "no such extent": (("read: whole", "read: half"), "read", "must be 'whole' or 'part'"),
    "no such topic": (("topic: ml-before-dl", "topic: tea"), "positions.0.topic", "'math-depth'"),
    "no such stance": (("stance: not-needed", "stance: no"), "positions.0.stance", "'core-subset'"),
    "no such goal": (("[graduation-project]", "[fame]"), "positions.0.goals.0", "'job'"),
    "goals not a list": (("[graduation-project]", "job"), "positions.0.goals", "must be a list"),
    "nothing said": (
        ("    says: {zh: 先做一个能跑的小模型, en: Build a small model that runs first}\n", ""),
        "positions.0.says",
        "add it",
    ),
    "said in the wrong language": (
        ("en: Build a small model that runs first}", "en: 先做一个能跑的小模型}"),
        "positions.0.says.en",
        "Chinese in zh, English in en",
    ),
    "said with a full stop": (
        ("zh: 先做一个能跑的小模型,", "zh: 先做一个能跑的小模型。,"),
        "positions.0.says.zh",
        "remove it",
    ),
    "two stances for a goal": (
        (
            "paths:\n",
            "  - topic: ml-before-dl\n    stance: needed\n    goals: [job, graduation-project]\n"
            "    says: {zh: 都要学, en: Learn it all}\npaths:\n",
        ),
        "positions.1",
        "keep one stance for a topic and goal",
    ),
    "no weeks": (("weeks: 3", "weeks: 0"), "paths.0.weeks", "greater than 0"),
    "no steps": (
        (
            "steps:\n      - {zh: 跑通例子, en: Run the examples, course: d2l, modules: [ch3]}",
            "steps: []",
        ),
        "paths.0.steps",
        "add one",
    ),
    "modules of no course": (
        ("course: d2l, modules", "modules"),
        "paths.0.steps.0.modules",
        "add course",
    ),
    "nameless resource": (("name: 一本书, ", ""), "resources.0.name", "add it"),
    "resource without address": (
        ("url: https://book.example.org", "url: book"),
        "resources.0.url",
        "full address",
    ),
}


@pytest.mark.parametrize(("change", "field", "remedy"), BROKEN.values(), ids=BROKEN)
def test_a_broken_field_is_told_with_file_field_and_remedy(
    change: tuple[str, str], field: str, remedy: str
) -> None:
    message = complaint(changed(*change))
    assert message.en.startswith("li-ming-recipe.md: ")
    assert message.zh.startswith("li-ming-recipe.md：")
    assert f"field {field} " in message.en
    assert f"字段 {field} " in message.zh
    assert remedy in message.en
    assert message.zh.endswith("。")


MISSHAPEN = {
    "no front matter": (("---\nid:", "id:"), "between two lines of ---"),
    "repeated field": (("votes: 12", "votes: 12\nvotes: 13"), "line 10 is not valid YAML"),
    "bad indentation": (("votes: 12", "votes: 12\n- x"), "check indentation"),
    "no English": (("# English\n", ""), "exactly one line # English and has 0"),
    "two English texts": (("# English\n", "# English\n# English\n"), "and has 2"),
    "text before the heading": (("# 中文\n", "Hello.\n# 中文\n"), "must begin with # 中文"),
    "empty text": (("## 先做\n先做一个能跑的小模型，再补别的。\n", ""), "below # 中文"),
    "text in the wrong language": (
        ("## Build\nBuild a small model that runs first, and learn the rest later.", "先做再学。"),
        "below # English",
    ),
}


@pytest.mark.parametrize(("change", "remedy"), MISSHAPEN.values(), ids=MISSHAPEN)
def test_a_misshapen_file_is_told_with_file_and_remedy(
    change: tuple[str, str], remedy: str
) -> None:
    message = complaint(changed(*change))
    assert message.en.startswith("li-ming-recipe.md: ")
    assert remedy in message.en
    assert message.zh.endswith("。")


def test_several_faults_are_told_at_once() -> None:
    text = changed("votes: 12", "votes: many").replace("read: whole", "read: half")
    message = complaint(
        text.replace("# 中文\n## 先做\n先做一个能跑的小模型，再补别的。", "# 中文\n")
    )
    assert "field votes" in message.en
    assert "field read" in message.en
    assert "below # 中文" in message.en


def test_comments_are_no_text() -> None:
    commented = changed("## Build\n", "<!-- say it in\nyour own words -->\n## Build\n")
    assert parse_perspective(commented, "a.md").texts[1].body.startswith("## Build")
    alone = changed(
        "## Build\nBuild a small model that runs first, and learn the rest later.",
        "<!-- say it in your own words -->",
    )
    assert "below # English" in complaint(alone).en


@pytest.mark.parametrize(
    ("content", "remedy"),
    [("编码".encode("gb18030"), "save it as UTF-8"), (None, "check the path")],
)
def test_an_unreadable_file_is_told(tmp_path: Path, content: bytes | None, remedy: str) -> None:
    path = tmp_path / "a.md"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceFileError, match=rf"a\.md: .*{remedy}"):
        load_perspective(path)


@given(
    start=st.integers(0, len(GOOD)),
    length=st.integers(0, 40),
    insertion=st.text("abc\n :-[]{}#'\"&*!|>%@`?,。先\x00\t", max_size=6),
)
def test_damage_anywhere_is_told_and_nothing_else_happens(
    start: int, length: int, insertion: str
) -> None:
    message = ""
    try:
        parse_perspective(GOOD[:start] + insertion + GOOD[start + length :], "a.md")
    except SourceFileError as error:
        message = error.message.en
    assert not message or message.startswith("a.md: ")


def test_the_examples_in_the_documentation_are_valid() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text("utf-8")
    perspective, course, skill = re.findall(r"```(?:markdown|yaml)\n(.*?)```", page, re.DOTALL)
    assert parse_perspective(perspective, "example.md").positions
    assert parse_course(course, "example.yaml").modules
    needed = "neural-networks: {stage: deep-learning, can: {zh: 搭网络, en: build a network}}"
    assert parse_skills(f"{skill}{needed}", "example.yaml", ["nndl"])["attention"].requires


def test_a_directory_is_read_in_the_order_of_ids(tmp_path: Path) -> None:
    for slug in ("b", "a-b", "a"):
        text = GOOD.replace("li-ming-recipe", slug).replace("/t/1", f"/t/{slug}")
        (tmp_path / f"{slug}.md").write_text(text, "utf-8")
    (tmp_path / "notes.txt").write_text("not a perspective", "utf-8")
    assert [perspective.id for perspective in load_perspectives(tmp_path)] == ["a", "a-b", "b"]


def test_the_id_is_the_file_name(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(GOOD, "utf-8")
    with pytest.raises(SourceFileError, match=r"other\.md: field id .* must equal the file name"):
        load_perspectives(tmp_path)


def test_one_answer_has_one_file(tmp_path: Path) -> None:
    (tmp_path / "li-ming-recipe.md").write_text(GOOD, "utf-8")
    (tmp_path / "copy.md").write_text(GOOD.replace("id: li-ming-recipe", "id: copy"), "utf-8")
    with pytest.raises(SourceFileError, match=r"li-ming-recipe\.md: field url is that of copy\.md"):
        load_perspectives(tmp_path)


BUNDLED = load_perspectives()
COURSES = load_courses()
each_bundled = pytest.mark.parametrize("perspective", BUNDLED, ids=lambda item: item.id)


def test_there_are_bundled_perspectives_at_different_addresses() -> None:
    assert len(BUNDLED) >= 19
    assert len({canonical_url(perspective.url) for perspective in BUNDLED}) == len(BUNDLED)


def test_the_bundled_perspectives_disagree() -> None:
    stances = {
        position.stance
        for perspective in BUNDLED
        for position in perspective.positions
        if position.topic is Topic.ML_BEFORE_DL
    }
    assert stances >= {Stance.NEEDED, Stance.CORE_SUBSET, Stance.NOT_NEEDED}


@each_bundled
def test_bundled_perspectives_keep_every_rule(perspective: Perspective) -> None:
    assert perspective_faults(perspective, COURSES) == ()
