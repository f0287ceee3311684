"""Course files: what a good one gives, what each broken rule is told, and the bundled ones."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.codec import decode_source, encode_source
from corpus.course_files import check_courses, load_course, load_courses, parse_course
from corpus.course_labels import SKILLS
from corpus.errors import SourceFileError
from corpus.source_rules import course_faults
from corpus.types import (
    Bilingual,
    Course,
    CourseStatus,
    Kind,
    Language,
    Module,
    Prerequisite,
    Resource,
)

GOOD = """\
id: knots
title: {zh: 绳结入门, en: Knots for Beginners}
aliases: [绳结 老周, Old Zhou's knots]
provider: Harbour School
instructors: [老周]
url: https://knots.example.org
links: [{name: notes, url: "https://knots.example.org/notes?page=1"}]
languages: [zh, en]
level: beginner
directions: [general]
prerequisites:
  - {skill: patience, required: true, source: course}
teaches: [knots]
hours: 7.5
hours_basis: guide
weeks: 2
modules:
  - {id: w1, title: {zh: 平结, en: Reef knot}, week: 1, hours: 3, skills: [reef-knot]}
  - {id: w2, title: {zh: 单套结, en: Bowline}, week: 2}
cost: free
cost_note: {zh: 绳子自备。, en: Bring your own rope.}
status: current
superseded_by: null
verified_on: 2026-11
confidence: high
sources: [https://knots.example.org]
unverified: [hours]
summary: {zh: 教两种绳结。, en: Two knots.}
"""


def variant(**changes: str) -> str:
    """The good file with whole lines replaced; an empty text removes the line."""
    lines = GOOD.splitlines()
    for field, line in changes.items():
        at = next(i for i, old in enumerate(lines) if old.startswith(f"{field}:"))
        lines[at] = line
    return "\n".join(line for line in lines if line)


def course(name: str, **changes: str) -> Course:
    """A good course called `name` whose address and names are its own."""
    own = {
        "id": f"id: {name}",
        "title": f"title: {{zh: 教程{name}, en: Course {name}}}",
        "aliases": f"aliases: [{name} handbook]",
        "url": f"url: https://{name}.example.org",
        "links": "links: []",
    }
    return parse_course(variant(**(own | changes)), f"{name}.yaml")


def needing(name: str, other: str) -> Course:
    """A good course called `name` that asks for the course `other` first."""
    first = Prerequisite(other, None, required=False, source="course")
    return replace(course(name), prerequisites=(first,))


def refusal(text: str) -> Bilingual:
    with pytest.raises(SourceFileError) as caught:
        parse_course(text, "knots.yaml")
    return caught.value.message


def test_a_good_file_becomes_a_course() -> None:
    knots = parse_course(GOOD, "knots.yaml")
    assert knots.title == Bilingual("绳结入门", "Knots for Beginners")
    assert knots.links == (Resource("notes", "https://knots.example.org/notes?page=1"),)
    assert knots.prerequisites == (Prerequisite(None, "patience", True, "course"),)
    assert knots.modules == (
        Module("w1", Bilingual("平结", "Reef knot"), 1, 3, ("reef-knot",)),
        Module("w2", Bilingual("单套结", "Bowline"), 2),
    )
    assert (knots.hours, knots.hours_basis, knots.weeks) == (7.5, "guide", 2)
    assert knots.status is CourseStatus.CURRENT
    assert [text.language for text in knots.texts] == [Language.CHINESE, Language.ENGLISH]
    assert not any(text.verbatim for text in knots.texts)


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({"provider": ""}, "字段 provider 缺少这一项", "field provider is missing; add it"),
        ({"level": "lvel: beginner"}, "字段 lvel 没有这个字段", "field lvel is not a known field"),
        ({"level": "level: easy"}, "只能取 'beginner'", "field level must be 'beginner'"),
        ({"languages": "languages: [fr]"}, "字段 languages.0 只能取", "languages.0 must be 'zh'"),
        ({"aliases": "aliases: [2022]"}, "字段 aliases.0 应是文字", "put quotes around a number"),
        ({"aliases": "aliases: knots"}, "应是列表", "field aliases must be a list"),
        ({"aliases": "aliases: [机器 学习]"}, "「机器 学习」太笼统", "could be any course"),
        ({"aliases": "aliases: [ML]"}, "「ML」太笼统", "'ML', which could be any course"),
        ({"title": "title: Knots"}, "字段 title 应写成", "field title must hold fields"),
        ({"title": "title: {zh: 绳结}"}, "字段 title.en 缺少", "field title.en is missing"),
        ({"title": "title: {zh: '', en: Knots}"}, "字段 title.zh 不能为空", "must not be empty"),
        ({"id": "id: Knots!"}, "字段 id 只能用小写字母", "field id must be lower-case"),
        ({"url": "url: knots.example.org"}, "字段 url 应是以 http", "field url must be a full"),
        ({"url": "url: 'http://[x'"}, "字段 url 应是以 http", "field url must be a full"),
        ({"weeks": "weeks: two"}, "字段 weeks 应是整数", "field weeks must be a whole number"),
        ({"weeks": "weeks: true"}, "字段 weeks 应是整数", "field weeks must be a whole number"),
        ({"weeks": "weeks: 1"}, "字段 modules 的 week", "stay within the weeks of the course"),
        ({"hours": "hours: -1"}, "字段 hours 应大于 0", "field hours must be greater than 0"),
        ({"hours": "hours: .inf"}, "字段 hours 的值不合要求", "field hours is not valid"),
        (
            {"hours": "hours: null"},
            "字段 hours_basis 和 hours",
            "hours_basis and hours go together",
        ),
        ({"status": "status: superseded"}, "字段 superseded_by", "field superseded_by goes"),
        ({"superseded_by": "superseded_by: x"}, "字段 superseded_by", "field superseded_by goes"),
        ({"verified_on": "verified_on: 2026-13"}, "字段 verified_on 应是日期", "must be a date"),
        ({"verified_on": "verified_on: 2026-02-30"}, "字段 verified_on 应是日期", "must be a date"),
        ({"unverified": "unverified: [price]"}, "里的 price 不认识", "unverified holds price"),
        ({"sources": "sources: []"}, "字段 sources 至少要有一项", "needs at least one entry"),
    ],
)
def test_a_broken_field_is_named_with_its_remedy(changes: dict[str, str], zh: str, en: str) -> None:
    message = refusal(variant(**changes))
    assert message.zh.startswith("knots.yaml：")
    assert zh in message.zh
    assert message.en.startswith("knots.yaml: ")
    assert en in message.en


@pytest.mark.parametrize(
    ("old", "new", "en"),
    [
        ("skill: patience,", "", "field prerequisites.0 needs either course or skill"),
        ("skill: patience,", "skill: a, course: b,", "field prerequisites.0 needs either"),
        ("id: w2", "id: w1", "field modules uses the id w1 twice"),
        ("week: 2}", "week: 1}\n  - {id: w0, title: {zh: 一, en: One}, week: 0}", "modules.2.week"),
        ("week: 1,", "week: 2,", None),
        ("week: 2}", "week: 1}", None),
    ],
)
def test_rules_between_fields(old: str, new: str, en: str | None) -> None:
    text = GOOD.replace(old, new)
    if en is None:
        assert parse_course(text, "knots.yaml").modules
    else:
        assert en in refusal(text).en


def test_all_faults_of_a_file_are_told_at_once() -> None:
    message = refusal(variant(level="level: easy", cost="cost: cheap"))
    assert "field level" in message.en
    assert "field cost" in message.en


@pytest.mark.parametrize(
    "text", ["id: [", "- just\n- a list", "", GOOD + "id: knots\n", "a: &a [*a]", "[" * 5000]
)
def test_what_is_no_yaml_mapping_is_refused(text: str) -> None:
    assert "knots.yaml" in refusal(text).zh


def test_a_file_that_is_not_utf8_or_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "knots.yaml"
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(SourceFileError, match="UTF-8"):
        load_course(path)
    with pytest.raises(SourceFileError, match=r"none\.yaml: cannot be read"):
        load_course(tmp_path / "none.yaml")


def test_our_estimate_of_the_hours_of_a_module_is_optional_and_above_zero() -> None:
    assert parse_course(GOOD, "knots.yaml").module_hours is None
    assert parse_course(f"{GOOD}module_hours: 1.5\n", "knots.yaml").module_hours == 1.5
    assert "module_hours must be greater than 0" in refusal(f"{GOOD}module_hours: 0\n").en


def test_a_course_that_was_stored_before_there_were_estimates_can_be_read() -> None:
    stored = encode_source(replace(parse_course(GOOD, "knots.yaml"), module_hours=2))
    older = json.loads(stored)
    assert older.pop("module_hours") == 2
    read = decode_source(Kind.COURSE, json.dumps(older))
    assert isinstance(read, Course)
    assert read.module_hours is None


def test_a_file_is_named_after_its_id(tmp_path: Path) -> None:
    (tmp_path / "ropes.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(SourceFileError, match="must equal the file name, ropes"):
        load_courses(tmp_path)


def test_courses_name_one_another_by_title_in_their_texts(tmp_path: Path) -> None:
    (tmp_path / "knots.yaml").write_text(GOOD, encoding="utf-8")
    text = variant(
        id="id: ropes",
        title="title: {zh: 绳索, en: Ropes and More}",
        aliases="aliases: []",
        url="url: https://ropes.example.org",
        links="links: []",
    ).replace("skill: patience", "course: knots")
    (tmp_path / "ropes.yaml").write_text(text, encoding="utf-8")
    _, ropes = load_courses(tmp_path)
    assert "《绳结入门》" in ropes.texts[0].body
    assert "you need Knots for Beginners" in ropes.texts[1].body


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"id": "id: one"}, "field id holds 'one', which one.yaml claims already"),
        ({"url": "url: http://ONE.example.org/"}, "field url holds 'http://ONE.example.org/'"),
        ({"aliases": "aliases: [One Handbook]"}, "field aliases holds 'One Handbook'"),
        ({"aliases": "aliases: [course one]"}, "field aliases holds 'course one'"),
    ],
)
def test_nothing_is_claimed_by_two_courses(changes: dict[str, str], fault: str) -> None:
    with pytest.raises(SourceFileError, match=fault):
        check_courses([course("one"), course("two", **changes)])


def test_a_course_that_is_named_must_exist() -> None:
    with pytest.raises(SourceFileError, match="field prerequisites names gone, which is no course"):
        check_courses([needing("one", "gone")])
    replaced = course("two", status="status: superseded", superseded_by="superseded_by: gone")
    with pytest.raises(SourceFileError, match="field superseded_by names gone"):
        check_courses([replaced])


def test_prerequisites_and_replacements_do_not_go_round_in_a_circle() -> None:
    with pytest.raises(SourceFileError, match="field prerequisites goes round in a circle: "):
        check_courses([needing("one", "two"), needing("two", "three"), needing("three", "one")])
    with pytest.raises(SourceFileError, match="one → one"):
        check_courses([needing("one", "one")])
    old = {"status": "status: superseded"}
    with pytest.raises(SourceFileError, match="field superseded_by goes round in a circle"):
        check_courses(
            [
                course("one", superseded_by="superseded_by: two", **old),
                course("two", superseded_by="superseded_by: one", **old),
            ]
        )


def test_the_bundled_courses_load_and_agree() -> None:
    courses = {item.id: item for item in load_courses()}
    assert len(courses) >= 32
    assert len(courses["ng-machine-learning-2011"].modules) == 11
    assert courses["ng-machine-learning-2011"].superseded_by == "ng-machine-learning-specialization"
    assert [m.id for m in courses["ng-deep-learning-specialization"].modules][-1] == "c5w4"
    assert [len(courses[book].modules) for book in ("d2l", "goodfellow-deep-learning")] == [16, 20]


def test_bundled_courses_use_only_words_that_both_languages_have() -> None:
    for item in load_courses():
        assert course_faults(item) == (), item.id


def test_short_names_without_words_are_told() -> None:
    faults = [fault.en for fault in course_faults(parse_course(GOOD, "knots.yaml"))]
    assert [fault.split(" has no words")[0] for fault in faults] == [
        "the skill knots",
        "the skill patience",
        "the skill reef-knot",
    ]


def test_a_skill_has_its_place_among_the_skills(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SKILLS, "knots", Bilingual("绳结", "knots"))
    faults = [fault.en for fault in course_faults(parse_course(GOOD, "knots.yaml"))]
    assert "the skill knots is not in corpus/skills.yaml" in " ".join(faults)
