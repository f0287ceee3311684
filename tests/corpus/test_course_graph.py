"""What comes before what: the edges with their sources, the way to a course, and no circles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.course_files import load_courses
from corpus.course_graph import course_graph
from corpus.errors import SourceFileError
from corpus.precedence import (
    CourseGraph,
    Edge,
    Key,
    NodeKind,
    Relation,
    course_key,
    skill_key,
)
from corpus.skills import load_skills
from corpus.types import Course, CourseStatus
from tests.corpus.graph_material import SKILLS, graph, module, needing, skill
from tests.corpus.index_material import course


def ids(found: CourseGraph) -> set[str]:
    return {key.id for key in found.nodes}


def test_a_course_comes_after_its_prerequisites_and_says_who_asks_for_them() -> None:
    sailing = course_key("sailing")
    assert graph().into(sailing) == (
        Edge(course_key("knots-book"), sailing, Relation.PREREQUISITE, True, "course"),
        Edge(skill_key("wind"), sailing, Relation.PREREQUISITE, True, "a teacher"),
    )
    (advised,) = graph().into(course_key("racing"))
    assert not advised.required


def test_a_skill_comes_after_what_it_builds_on_and_after_its_parts() -> None:
    knots, whole = skill_key("knots"), skill_key("seamanship")
    assert graph().into(knots) == (
        Edge(skill_key("rope"), knots, Relation.BUILDS_ON, True, "sailing"),
    )
    assert graph().into(whole) == (
        Edge(knots, whole, Relation.PART_OF, True, ""),
        Edge(skill_key("wind"), whole, Relation.PART_OF, True, ""),
    )


def test_modules_follow_one_another_and_teach() -> None:
    first, second = (Key(NodeKind.MODULE, f"knots-book/{name}") for name in "ab")
    assert graph().nodes[first].title.en == "part a"
    edges = graph().edges
    assert Edge(first, second, Relation.FOLLOWS, True, "knots-book") in edges
    assert Edge(first, skill_key("rope"), Relation.TEACHES, False, "knots-book") in edges
    assert graph().into(skill_key("rope")) == ()


def test_a_superseded_course_leads_to_its_successor() -> None:
    assert graph().into(course_key("old-sailing"))[-1] == Edge(
        course_key("sailing"), course_key("old-sailing"), Relation.REPLACES, True, "old-sailing"
    )
    assert "sailing" in ids(graph().leading_to(course_key("racing")))


def test_the_way_to_a_course_is_everything_before_it_and_nothing_else() -> None:
    assert ids(graph().leading_to(course_key("sailing"))) == {"sailing", "knots-book", "wind"}
    assert ids(graph().leading_to(course_key("knots-book"))) == {"knots-book"}


def test_the_way_to_a_course_holds_what_its_contents_build_on_unless_it_teaches_that() -> None:
    whole = replace(course("whole"), modules=(module("a", "rope"), module("b", "knots")))
    assert ids(graph(whole).leading_to(course_key("whole"))) == {"whole"}
    steep = replace(course("steep"), teaches=("knots",))
    leading = graph(steep).leading_to(course_key("steep"))
    assert ids(leading) == {"steep", "knots", "rope"}
    assert [edge.relation for edge in leading.edges] == [Relation.BUILDS_ON, Relation.TEACHES]
    assert ids(
        graph(replace(steep, prerequisites=needing("x", "rope").prerequisites)).leading_to(
            course_key("steep")
        )
    ) == {"steep", "rope"}


def test_teachers_are_current_and_in_the_order_of_how_soon_they_name_the_skill() -> None:
    late = replace(course("a-late"), teaches=("knots", "wind"))
    soon = replace(course("b-soon"), teaches=("wind",))
    within = replace(course("c-within"), modules=(module("a", "rope", "knots", "wind"),))
    old = replace(course("old"), teaches=("wind",), superseded_by="b-soon")
    found = graph(late, soon, within, old).teachers(skill_key("wind"))
    assert [node.key.id for node in found] == ["b-soon", "a-late", "c-within"]


def test_ids_that_nobody_describes_are_told() -> None:
    made = graph(needing("racing", "luck", "course:gone"))
    assert [(node.key, node.title.en) for node in made.unknown] == [
        (skill_key("luck"), "luck"),
        (course_key("gone"), "gone"),
    ]
    assert graph().unknown == ()


@pytest.mark.parametrize(
    ("courses", "said"),
    [
        (
            [needing("one", "course:two"), needing("two", "course:one", required=False)],
            "one.yaml: what comes first goes round in a circle: one → two → one; remove one of",
        ),
        (
            [
                replace(course("old"), status=CourseStatus.SUPERSEDED, superseded_by="new"),
                needing("next", "course:old"),
                needing("new", "course:next"),
            ],
            "old.yaml: what comes first goes round in a circle: old → next → new → old;",
        ),
    ],
)
def test_a_circle_of_courses_is_named(courses: list[Course], said: str) -> None:
    with pytest.raises(SourceFileError) as caught:
        course_graph(courses, SKILLS)
    assert said in caught.value.message.en
    assert "绕成了一圈" in caught.value.message.zh


def test_a_circle_of_skills_is_named() -> None:
    skills = {"a": skill("a", ("b", "sailing")), "b": skill("b", parts=("a",))}
    with pytest.raises(SourceFileError, match=r"skills\.yaml: .* a → b → a"):
        course_graph([], skills)


def test_courses_that_teach_what_they_ask_for_are_no_circle() -> None:
    first = replace(needing("first", "wind"), teaches=("rope", "wind"))
    second = replace(needing("second", "rope"), teaches=("wind",))
    assert len(graph(first, second).teachers(skill_key("wind"))) == 2


def test_the_bundled_courses_and_skills_make_one_graph_without_loose_ends() -> None:
    made = course_graph(load_courses(), load_skills())
    assert made.unknown == ()
    assert {edge.relation for edge in made.edges} == set(Relation)
    assert {"python", "linear-algebra"} <= ids(made.leading_to(course_key("d2l")))
