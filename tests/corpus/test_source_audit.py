"""What an audit of sources counts, and what it says should be looked at again."""

from __future__ import annotations

import re

from corpus.course_files import load_courses
from corpus.perspective_files import load_perspectives
from corpus.source_audit import Audit, Cell, audit
from corpus.source_doubts import DoubtKind, near_duplicates, uncovered_resources
from corpus.types import (
    Bilingual,
    Goal,
    Language,
    Perspective,
    Position,
    ReadExtent,
    Resource,
    Stance,
    Text,
    Topic,
)
from ingest.deduplication import near_duplicate

ML, MATHS = Topic.ML_BEFORE_DL, Topic.MATH_DEPTH
NEEDED, NOT_NEEDED = Stance.NEEDED, Stance.NOT_NEEDED
JOB, CURIOSITY = Goal.JOB, Goal.CURIOSITY


def person(
    id: str,
    *positions: Position,
    author: str = "",
    language: Language = Language.CHINESE,
    published: str | None = None,
    body: str = "先学机器学习，再学别的。",
    resources: tuple[Resource, ...] = (),
) -> Perspective:
    return Perspective(
        id=id,
        author=author,
        platform="forum",
        url=f"https://forum.example.org/{id}",
        question=Bilingual("先学什么？", "What comes first?"),
        title=Bilingual("先学", "First"),
        published=published,
        votes=None,
        language=language,
        read=ReadExtent.WHOLE,
        positions=positions,
        paths=(),
        resources=resources,
        texts=(Text(Language.CHINESE, verbatim=False, body=body),),
    )


def position(
    topic: Topic,
    stance: Stance,
    *goals: Goal,
    says: Bilingual | None = None,
    guessed: bool = False,
) -> Position:
    return Position(topic, stance, goals, says, guessed)


def audited(*people: Perspective) -> Audit:
    return audit(people, alike=near_duplicate, mentions=lambda topic, text: True)


def test_people_are_counted_once_a_cell_and_guesses_apart() -> None:
    found = audited(
        person("a", position(ML, NEEDED, JOB), author="李明"),
        person("b", position(ML, NEEDED, CURIOSITY), author="李明", language=Language.ENGLISH),
        person("c", position(ML, NEEDED, guessed=True)),
        person("d", position(ML, NOT_NEEDED, JOB), language=Language.ENGLISH),
    )
    assert found.stances[ML, NEEDED] == Cell(voices=2, guessed=1, chinese=2, english=1)
    assert found.stances[ML, NOT_NEEDED] == Cell(voices=1, guessed=0, chinese=0, english=1)
    assert found.topics == {ML: Cell(voices=3, guessed=1, chinese=2, english=2)}
    assert found.goals[ML, JOB].voices == 2
    assert found.goals[ML, None] == Cell(voices=1, guessed=1, chinese=1, english=0)
    assert found.cells[ML, NEEDED, JOB].voices == 1
    assert found.of_goal[JOB] == 2
    assert found.languages == {Language.CHINESE: 2, Language.ENGLISH: 2}


def test_a_guess_that_the_same_person_confirms_elsewhere_is_none() -> None:
    found = audited(
        person("a", position(ML, NEEDED, guessed=True), author="李明"),
        person("b", position(ML, NEEDED), author="李明"),
    )
    assert found.stances[ML, NEEDED].guessed == 0


def test_empty_and_lone_cells_are_listed() -> None:
    found = audited(person("a", position(ML, NEEDED, JOB)), person("b", position(ML, NEEDED)))
    assert (ML, NEEDED) not in found.empty_stances
    assert (ML, NOT_NEEDED) in found.empty_stances
    assert (MATHS, NEEDED) in found.empty_stances
    assert len(found.empty_stances) == len(Topic) * len(Stance) - 1
    assert len(found.empty_goals) == len(Topic) * len(Goal) - 1
    assert found.lone_stances == ()
    assert found.lone_goals == ((ML, JOB),)


def test_goals_are_thin_below_ten_perspectives() -> None:
    people = [person(f"a{n}", position(ML, NEEDED, JOB)) for n in range(10)]
    found = audited(*people, person("b", position(ML, NEEDED, CURIOSITY)))
    assert JOB not in found.thin_goals
    assert found.thin_goals[CURIOSITY] == 1
    assert found.thin_goals[Goal.RESEARCH] == 0


def test_the_oldest_ten_and_the_undated_are_told() -> None:
    dated = [person(f"d{n:02}", published=f"20{n:02}-01") for n in range(25, 10, -1)]
    found = audited(*dated, person("year", published="2011"), person("undated"))
    assert [each.published for each in found.oldest][:3] == ["2011", "2011-01", "2012-01"]
    assert len(found.oldest) == 10
    assert found.undated == 1


LONG = (
    "先把数据看一遍，再选一个小模型跑起来。" * 2 + "跑起来以后再回头补数学，缺哪一块补哪一块就好。"
)


def test_texts_that_are_nearly_the_same_are_paired_once() -> None:
    people = [
        person("b", body=LONG),
        person("a", body=LONG.replace("就好", "便好")),
        person("c", body="完全不同的一段话，讲的是别的事情，和前面没有关系。"),
        person(
            "d",
            body="跑起来以后再回头补数学，缺哪一块补哪一块就好。但是这里说的是另外一件事，要长得多。",
        ),
    ]
    assert near_duplicates(people, near_duplicate) == (("a", "b"),)


def test_many_copies_of_one_text_are_all_found() -> None:
    people = [person(f"p{n:02}", body=LONG) for n in range(20)]
    found = near_duplicates(people, near_duplicate)
    assert {id for pair in found for id in pair} == {each.id for each in people}


def test_labels_that_the_text_does_not_bear_out_are_doubted() -> None:
    stated = Bilingual("先学机器学习", "Machine learning first")
    unstated = Bilingual("线性代数至少学三个月", "Linear algebra for three months")
    found = audit(
        [
            person("right", position(ML, NEEDED, says=stated)),
            person("unstated", position(ML, NEEDED, says=unstated)),
            person("off-topic", position(MATHS, NEEDED, says=stated)),
            person("guessed", position(ML, NEEDED, guessed=True)),
        ],
        alike=near_duplicate,
        mentions=lambda topic, text: topic is ML and "机器学习" in text,
    )
    assert [(doubt.source_id, doubt.kind) for doubt in found.doubts] == [
        ("unstated", DoubtKind.CLAIM_NOT_IN_TEXT),
        ("off-topic", DoubtKind.TOPIC_NOT_IN_TEXT),
        ("guessed", DoubtKind.GUESSED),
    ]


def test_resources_that_several_people_name_and_no_course_covers_are_told() -> None:
    book = "https://book.example.org/"
    found = uncovered_resources(
        [
            person("a", author="甲", resources=(Resource("《绳结》"),)),
            person("b", author="乙", resources=(Resource("绳结", f"{book}?utm_source=x"),)),
            person("c", author="丙", resources=(Resource("Knots", book),)),
            person("d", author="丁", resources=(Resource("《缆绳》"), Resource("动手学深度学习"))),
            person("e", author="戊", resources=(Resource("动手学深度学习"),)),
            person("f", author="丁", resources=(Resource("缆绳"), Resource("锚", course="d2l"))),
            person("g", author="己", resources=(Resource("锚", course="d2l"),)),
        ],
        load_courses(),
    )
    assert [(each.name, each.sources) for each in found] == [("《绳结》", ("a", "b", "c"))]


def test_the_bundled_sources_can_be_audited() -> None:
    people = load_perspectives()
    found = audit(
        [*people, *load_courses()],
        alike=near_duplicate,
        mentions=lambda topic, text: bool(re.search("学|learn", text)),
    )
    assert found.perspectives == len(people)
    assert sum(found.languages.values()) == len(people)
    assert found.near_duplicates == ()
    assert found.doubts == ()
    for (topic, stance), cell in found.stances.items():
        takers = {
            each.author or each.id
            for each in people
            if any((p.topic, p.stance) == (topic, stance) for p in each.positions)
        }
        assert cell.voices == len(takers)
        assert cell.guessed == 0
