"""Choosing which courses and books an answer points to."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.index import Index
from corpus.types import Course, CourseStatus, Direction, Perspective, StudyPath
from tutor.retrieval import Retrieved
from tutor.selection import author_key
from tutor.topic_material import TopicMaterial
from tutor.understanding import Understanding

_MENTIONED = 3
_ASKED_FOR = 4
_LEAST_RELEVANCE = 0.4  # of a course beside the best course found


def people_who_name(
    index: Index, course: Course, relevance: dict[str, float]
) -> tuple[Perspective, ...]:
    """People who name the course, those closest to the question first."""
    named = index.sources(index.who_names(course.id))
    people = [source for source in named if isinstance(source, Perspective)]
    people.sort(key=lambda person: (-relevance.get(person.id, 0.0), person.id))
    return tuple(people[:_MENTIONED])


def courses_found(understanding: Understanding, retrieved: Retrieved) -> tuple[Course, ...]:
    """The courses closest to a question that asks for some: those still current, in the
    learner's language before others, free ones only where that is asked."""
    found = {c.source.id: c.source for c in retrieved.courses if isinstance(c.source, Course)}
    current = [
        course
        for course in found.values()
        if course.status is CourseStatus.CURRENT
        and suits(course, understanding.learner.direction)
        and (course.cost == "free" or not understanding.wants_free)
    ]
    spoken = [course for course in current if understanding.language in course.languages]
    others = [course for course in current if course not in spoken]
    return tuple([*spoken, *others][:_ASKED_FOR])


def courses_mentioned(
    materials: Sequence[TopicMaterial],
    path: tuple[Perspective, StudyPath] | None,
    courses: Sequence[Course],
    relevance: dict[str, float],
    direction: Direction | None,
) -> tuple[Course, ...]:
    """Courses of the path first, then those found that the cited people name most often."""
    by_id = {course.id: course for course in courses}
    on_path = [step.course for step in path[1].steps if step.course] if path else []
    named: dict[str, set[str]] = {}
    for material in materials:
        for view in material.chosen:
            for resource in view.perspective.resources:
                if resource.course:
                    named.setdefault(resource.course, set()).add(author_key(view.perspective))
    found = [id for id in named if relevance.get(id, 0.0) > _LEAST_RELEVANCE]
    frequent = sorted(found, key=lambda id: (-len(named[id]), -relevance[id]))
    suitable = [id for id in frequent if id in by_id and suits(by_id[id], direction)]
    wanted = dict.fromkeys([*on_path, *suitable])
    return tuple(by_id[id] for id in wanted if id in by_id)[:_MENTIONED]


def suits(course: Course, direction: Direction | None) -> bool:
    """Whether a course is of use in the learner's field, as far as one is known."""
    return direction is None or bool({direction, Direction.GENERAL} & set(course.directions))
