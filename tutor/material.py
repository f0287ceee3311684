"""What an answer is made of: the views on each topic, a path for the goal, courses, extracts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.index import Index
from corpus.types import Course, Kind, Perspective, StudyPath, Topic
from tutor.course_choice import courses_found, courses_mentioned, people_who_name
from tutor.courses_for_skill import courses_for
from tutor.few_voices import beside_plan
from tutor.learner import Learner
from tutor.named import Named
from tutor.plan_place import PlanPlace
from tutor.retrieval import Candidate, Retrieved
from tutor.selection import CITATIONS
from tutor.study_path import choose_path
from tutor.topic_material import TopicMaterial, topic_material
from tutor.understanding import Understanding

_EXTRACTS = 4
_ABOUT_ORDER = frozenset(
    {Topic.ML_BEFORE_DL, Topic.FOUNDATIONS_FOR_LLM, Topic.STUDY_ORDER, Topic.TIME_PLAN}
)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the composer may use for one question.

    `people` are what the person asked about by name said, what is closest to the question first.
    With a `plan` there are few voices, and no path of one person beside it. `asks_time` tells that
    the courses are those that teach what the time is asked of.
    """

    question: str
    learner: Learner
    topics: tuple[TopicMaterial, ...]
    people: tuple[Perspective, ...]
    course_asked: Course | None
    path: tuple[Perspective, StudyPath] | None
    courses: tuple[Course, ...]
    known_courses: Mapping[str, Course]
    mentions: tuple[Perspective, ...]
    extracts: tuple[Candidate, ...]
    plan: PlanPlace | None = None
    asks_time: bool = False


def gather(
    index: Index,
    understanding: Understanding,
    named: Named,
    topics: Sequence[Topic],
    retrieved: Retrieved,
    plan: PlanPlace | None = None,
) -> Material:
    """Collect the material for a question from what was retrieved and from the labels."""
    question, learner = understanding.text, understanding.learner
    relevance = retrieved.relevance()
    limit = CITATIONS if len(topics) < 2 else CITATIONS - 3  # noqa: PLR2004 - two topics share
    people = sorted(named.people, key=lambda person: -relevance.get(person.id, 0.0))
    asked = frozenset(person.id for person in people)
    materials = tuple(
        material
        for topic in topics
        if (material := topic_material(index, topic, learner.goal, relevance, limit, asked)).views
    )
    if plan is not None:
        materials = beside_plan(materials, plan, understanding.topics)
    courses = [source for source in index.sources(kind=Kind.COURSE) if isinstance(source, Course)]
    path = (
        choose_path(_speakers(materials, retrieved), learner)
        if plan is None and _wants_path(topics, learner)
        else None
    )
    return Material(
        question=question,
        learner=learner,
        topics=materials,
        people=tuple(people),
        course_asked=named.course,
        path=path,
        courses=_courses(understanding, retrieved, materials, path, courses, plan),
        known_courses={course.id: course for course in courses},
        mentions=people_who_name(index, named.course, relevance) if named.course else (),
        extracts=_extracts(retrieved, learner, asked),
        plan=plan,
        asks_time=understanding.time_of is not None,
    )


def _courses(
    understanding: Understanding,
    retrieved: Retrieved,
    materials: Sequence[TopicMaterial],
    path: tuple[Perspective, StudyPath] | None,
    courses: Sequence[Course],
    plan: PlanPlace | None,
) -> tuple[Course, ...]:
    """The courses to name; a plan names its own."""
    if understanding.time_of is not None:
        return courses_for(understanding.text, courses, understanding.language)
    if understanding.wants_courses or not (materials or plan):
        return courses_found(understanding, retrieved)
    if plan is not None:
        return ()
    direction = understanding.learner.direction
    return courses_mentioned(materials, path, courses, retrieved.relevance(), direction)


def _wants_path(topics: Sequence[Topic], learner: Learner) -> bool:
    """Whether steps help: the question is about what comes when, or the learner told a time."""
    return learner.weeks is not None or bool(_ABOUT_ORDER & set(topics))


def _speakers(materials: Sequence[TopicMaterial], retrieved: Retrieved) -> list[Perspective]:
    """The people the answer may take a path from: those cited first, then those retrieved."""
    people = [view.perspective for material in materials for view in material.chosen]
    people += [view.perspective for material in materials for view in material.views]
    people += [c.source for c in retrieved.perspectives if isinstance(c.source, Perspective)]
    return list({person.id: person for person in people}.values())


def _extracts(
    retrieved: Retrieved, learner: Learner, asked: Collection[str]
) -> tuple[Candidate, ...]:
    """The best passages, one a source, in the learner's language or verbatim; only those of the
    sources `asked` about, if any."""
    found: dict[str, Candidate] = {}
    for candidate in retrieved.perspectives:
        readable = candidate.passage.language is learner.language or candidate.passage.verbatim
        if readable and (not asked or candidate.source.id in asked):
            found.setdefault(candidate.source.id, candidate)
    return tuple(found.values())[:_EXTRACTS]
