"""The structured parts of an answer: who stands where, and which courses it points to."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from corpus.types import Course, Language, Stance, Topic
from tutor.answer import Citation, CourseAdvice, StanceGroup, Voice
from tutor.drafts import Draft
from tutor.material import Material
from tutor.phrases import author_name
from tutor.planning.types import Plan
from tutor.selection import View, split_by_stance

_View = tuple[str, Topic | None, Stance | None]
_ANY_VIEW = (None, None)


def stance_groups(
    material: Material, drafts: Sequence[Draft], citations: Sequence[Citation]
) -> tuple[StanceGroup, ...]:
    """Everyone in the corpus by topic and stance, cited or not, most voices first."""
    cited = _cited_views(drafts, citations)
    return tuple(
        StanceGroup(
            topic.topic,
            stance,
            tuple(_voice(view, cited, material.learner.language) for view in views),
        )
        for topic in material.topics
        for stance, views in split_by_stance(topic.views, topic.chosen).items()
    )


def _cited_views(drafts: Sequence[Draft], citations: Sequence[Citation]) -> dict[_View, int]:
    """The citation under which each person's view of a stance on a topic is printed.

    A person whose words are cited without a stance is found under `_ANY_VIEW`.
    """
    source = {citation.number: citation.source_id for citation in citations}
    cited: dict[_View, int] = {
        (source[draft.citations[0]], draft.topic, draft.stance): draft.citations[0]
        for draft in drafts
        if draft.stance is not None and draft.citations
    }
    for citation in citations:
        cited.setdefault((citation.source_id, *_ANY_VIEW), citation.number)
    return cited


def _voice(view: View, cited: dict[_View, int], language: Language) -> Voice:
    person = view.perspective
    return Voice(
        source_id=person.id,
        author=author_name(person.author, language),
        platform=person.platform,
        url=person.url,
        citation=cited.get(
            (person.id, view.position.topic, view.position.stance),
            cited.get((person.id, *_ANY_VIEW)),
        ),
        guessed=view.position.guessed,
    )


def course_advice(
    material: Material, citations: Sequence[Citation], language: Language
) -> tuple[CourseAdvice, ...]:
    """The courses of the answer with the units that the study path names."""
    asked = (material.course_asked,) if material.course_asked else ()
    steps = material.path[1].steps if material.path else ()
    named = {(step.course or "", module) for step in steps for module in step.modules}
    courses = dict.fromkeys([*asked, *material.courses])
    return tuple(_advice(course, named, citations, language) for course in courses)


def courses_of_plan(plan: Plan, material: Material) -> tuple[CourseAdvice, ...]:
    """The courses of a plan as they begin, with the units that are in it, then those that were
    asked for besides."""
    steps = [step for week in plan.weeks for step in week.steps]
    named = {module.key for step in steps for module in step.modules}
    planned = [material.known_courses[id] for id in dict.fromkeys(s.course for s in steps) if id]
    courses = dict.fromkeys([*planned, *material.courses])
    language = material.learner.language
    return tuple(_advice(course, named, plan.citations, language) for course in courses)


def _advice(
    course: Course,
    named: Collection[tuple[str, str]],
    citations: Sequence[Citation],
    language: Language,
) -> CourseAdvice:
    """What is said of a course, with those of its units that are among the `named` ones."""
    numbers = (citation.number for citation in citations if citation.source_id == course.id)
    return CourseAdvice(
        id=course.id,
        title=course.title.text(language),
        url=course.url,
        weeks=course.weeks,
        hours=course.hours,
        modules=tuple(
            module.title.text(language)
            for module in course.modules
            if (course.id, module.id) in named
        ),
        citation=next(numbers, None),
        superseded_by=course.superseded_by,
    )
