"""What an answer is made of: the views on each topic, a path for the goal, courses, extracts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.course_names import find_courses
from corpus.index import Index
from corpus.types import Course, CourseStatus, Goal, Kind, Perspective, Stance, StudyPath, Topic
from tutor.learner import Learner
from tutor.retrieval import Candidate, Retrieved
from tutor.selection import (
    CITATIONS,
    Decision,
    View,
    author_key,
    select_views,
    speaks_to,
    split_by_stance,
)
from tutor.understanding import Understanding

_EXTRACTS = 4
_ABOUT_ORDER = frozenset(
    {Topic.ML_BEFORE_DL, Topic.FOUNDATIONS_FOR_LLM, Topic.STUDY_ORDER, Topic.TIME_PLAN}
)
_MENTIONED_COURSES = 3
_COURSES_ASKED = 4
_LEAST_RELEVANCE = 0.4  # of a course beside the best course found


@dataclass(frozen=True, slots=True)
class TopicMaterial:
    """All views on one topic and whom to cite.

    `scope` are the views that the verdict rests on: those that speak to the learner's goal, or
    all when no goal is known or nobody speaks to it. `groups` is `scope` by stance, largest first.
    """

    topic: Topic
    goal: Goal | None
    views: tuple[View, ...]
    scope: tuple[View, ...]
    groups: dict[Stance, tuple[View, ...]]
    decisions: tuple[Decision, ...]

    @property
    def chosen(self) -> tuple[View, ...]:
        """The views to cite, weightiest first."""
        return tuple(decision.view for decision in self.decisions if decision.chosen)

    @property
    def leads(self) -> tuple[Stance, ...]:
        """The stance that most of `scope` take; several when they are equally many."""
        if not self.groups:
            return ()
        most = max(map(len, self.groups.values()))
        return tuple(stance for stance, views in self.groups.items() if len(views) == most)

    @property
    def branches(self) -> dict[Goal, Stance]:
        """The one leading stance for each goal that at least two people speak to."""
        branches: dict[Goal, Stance] = {}
        for goal in Goal:
            views = [view for view in self.views if speaks_to(view.position, goal)]
            sizes = [(len(group), stance) for stance, group in split_by_stance(views).items()]
            people = {author_key(view.perspective) for view in views}
            clear = len(sizes) == 1 or (len(sizes) > 1 and sizes[0][0] > sizes[1][0])
            if clear and len(people) > 1:
                branches[goal] = sizes[0][1]
        return branches

    @property
    def one_sided(self) -> bool:
        """Whether nobody in the corpus takes another side on this topic."""
        return len({view.position.stance for view in self.views}) == 1

    @property
    def general(self) -> tuple[View, ...]:
        """The views without a goal of people who say nothing else for the learner's goal."""
        tied = (
            {author_key(view.perspective) for view in self.scope} if self.goal_specific else set()
        )
        return tuple(
            view
            for view in self.views
            if not view.position.goals and author_key(view.perspective) not in tied
        )

    @property
    def goal_specific(self) -> bool:
        """Whether `scope` speaks to the learner's goal."""
        return any(speaks_to(view.position, self.goal) for view in self.scope)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the composer may use for one question."""

    question: str
    learner: Learner
    topics: tuple[TopicMaterial, ...]
    person: Perspective | None
    course_asked: Course | None
    path: tuple[Perspective, StudyPath] | None
    courses: tuple[Course, ...]
    mentions: tuple[Perspective, ...]
    extracts: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """The source that a question asks about by name, if any."""

    person: Perspective | None
    course: Course | None


def named_in(index: Index, question: str) -> Named:
    """The person and the course named in `question`."""
    courses = [source for source in index.sources(kind=Kind.COURSE) if isinstance(source, Course)]
    return Named(_person_asked(index, question), _course_asked(question, courses))


def gather(
    index: Index,
    understanding: Understanding,
    named: Named,
    topics: Sequence[Topic],
    retrieved: Retrieved,
) -> Material:
    """Collect the material for a question from what was retrieved and from the labels."""
    question, learner = understanding.question, understanding.learner
    relevance = retrieved.relevance()
    limit = CITATIONS if len(topics) < 2 else CITATIONS - 3  # noqa: PLR2004 - two topics share
    materials = tuple(
        material
        for topic in topics
        if (material := topic_material(index, topic, learner.goal, relevance, limit)).views
    )
    courses = [source for source in index.sources(kind=Kind.COURSE) if isinstance(source, Course)]
    path = (
        choose_path(_speakers(materials, retrieved), learner)
        if _wants_path(topics, learner)
        else None
    )
    return Material(
        question=question,
        learner=learner,
        topics=materials,
        person=named.person,
        course_asked=named.course,
        path=path,
        courses=(
            courses_found(understanding, retrieved)
            if understanding.wants_courses
            else _courses_mentioned(materials, path, courses, relevance)
        ),
        mentions=_mentions(index, named.course, relevance) if named.course else (),
        extracts=_extracts(retrieved, learner),
    )


def topic_material(
    index: Index, topic: Topic, goal: Goal | None, relevance: dict[str, float], limit: int
) -> TopicMaterial:
    """The views on `topic` with the selection for `goal`."""
    labelled = index.positions(topic)
    people = {
        source.id: source
        for source in index.sources({source_id for source_id, _ in labelled})
        if isinstance(source, Perspective)
    }
    views = tuple(
        View(people[source_id], position, relevance.get(source_id, 0.0))
        for source_id, position in labelled
        if source_id in people
    )
    scope = _scope(views, goal)
    decisions = select_views(views, goal, limit)
    cited = [decision.view for decision in decisions if decision.chosen]
    return TopicMaterial(topic, goal, views, scope, split_by_stance(scope, cited), decisions)


def _wants_path(topics: Sequence[Topic], learner: Learner) -> bool:
    """Whether steps help: the question is about what comes when, or the learner told an aim."""
    told = learner.goal is not None or learner.weeks is not None
    return told or bool(_ABOUT_ORDER & set(topics))


def _scope(views: Sequence[View], goal: Goal | None) -> tuple[View, ...]:
    """The views a verdict rests on: those for the goal, else those for no goal, else all.

    Without a goal, whoever also speaks in general is counted by that alone.
    """
    general = tuple(view for view in views if not view.position.goals)
    if goal is not None:
        to_goal = tuple(view for view in views if speaks_to(view.position, goal))
        return to_goal or general or tuple(views)
    speak_generally = {author_key(view.perspective) for view in general}
    tied = [view for view in views if author_key(view.perspective) not in speak_generally]
    return (*general, *tied)


def _speakers(materials: Sequence[TopicMaterial], retrieved: Retrieved) -> list[Perspective]:
    """The people the answer may take a path from: those cited first, then those retrieved."""
    people = [view.perspective for material in materials for view in material.chosen]
    people += [view.perspective for material in materials for view in material.views]
    people += [c.source for c in retrieved.perspectives if isinstance(c.source, Perspective)]
    return list({person.id: person for person in people}.values())


def choose_path(
    people: Sequence[Perspective], learner: Learner
) -> tuple[Perspective, StudyPath] | None:
    """The study path that fits goal and time best; earlier people win between equals."""
    best: tuple[float, Perspective, StudyPath] | None = None
    for rank, person in enumerate(people):
        for path in person.paths:
            value = _fit(path, learner) - 0.02 * rank
            if value > 0 and (best is None or value > best[0]):
                best = (value, person, path)
    return best[1:] if best else None


def _fit(path: StudyPath, learner: Learner) -> float:
    """How well a path suits goal and time; not positive when it was meant for other goals."""
    if learner.goal in path.goals:
        value = 2.0
    elif not path.goals or learner.goal is None:
        value = 1.0
    else:
        return -1.0
    if learner.weeks and path.weeks:
        ratio = path.weeks / learner.weeks
        value += 1.6 * min(ratio, 1 / ratio) - (0.5 if ratio > 1.1 else 0.0)  # noqa: PLR2004
    return value


def _person_asked(index: Index, question: str) -> Perspective | None:
    """The person whose name stands in the question; the longest name found wins."""
    folded = question.casefold()
    people = [s for s in index.sources(kind=Kind.PERSPECTIVE) if isinstance(s, Perspective)]
    found = [
        (len(name), person)
        for person in people
        for name in (person.author, *person.author_aliases)
        if is_named(name, folded)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def is_named(name: str, folded: str) -> bool:
    """Whether `name`, of at least two characters, stands in case-folded text as whole words."""
    if len(name) < 2:  # noqa: PLR2004
        return False
    return re.search(rf"(?<![a-z0-9]){re.escape(name.casefold())}(?![a-z0-9])", folded) is not None


def _course_asked(question: str, courses: Sequence[Course]) -> Course | None:
    named = find_courses(question, courses)
    return next((course for course in courses if named and course.id == named[0]), None)


def _mentions(index: Index, course: Course, relevance: dict[str, float]) -> tuple[Perspective, ...]:
    """People who name the course, those closest to the question first."""
    people = [
        source
        for source in index.sources(kind=Kind.PERSPECTIVE)
        if isinstance(source, Perspective)
        and any(resource.course == course.id for resource in source.resources)
    ]
    people.sort(key=lambda person: (-relevance.get(person.id, 0.0), person.id))
    return tuple(people[:_MENTIONED_COURSES])


def courses_found(understanding: Understanding, retrieved: Retrieved) -> tuple[Course, ...]:
    """The courses closest to a question that asks for some: those still current, in the
    learner's language before others, free ones only where that is asked."""
    found = {c.source.id: c.source for c in retrieved.courses if isinstance(c.source, Course)}
    current = [
        course
        for course in found.values()
        if course.status is CourseStatus.CURRENT
        and (course.cost == "free" or not understanding.wants_free)
    ]
    spoken = [course for course in current if understanding.language in course.languages]
    others = [course for course in current if course not in spoken]
    return tuple([*spoken, *others][:_COURSES_ASKED])


def _courses_mentioned(
    materials: Sequence[TopicMaterial],
    path: tuple[Perspective, StudyPath] | None,
    courses: Sequence[Course],
    relevance: dict[str, float],
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
    wanted = dict.fromkeys([*on_path, *frequent])
    return tuple(by_id[id] for id in wanted if id in by_id)[:_MENTIONED_COURSES]


def _extracts(retrieved: Retrieved, learner: Learner) -> tuple[Candidate, ...]:
    """The best passages, one a source, those in the learner's language or verbatim."""
    found: dict[str, Candidate] = {}
    for candidate in retrieved.perspectives:
        readable = candidate.passage.language is learner.language or candidate.passage.verbatim
        if readable:
            found.setdefault(candidate.source.id, candidate)
    return tuple(found.values())[:_EXTRACTS]
