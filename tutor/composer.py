"""Writing an answer without a language model: every sentence from stored text and labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.types import Goal, Kind, Language, Perspective
from tutor.answer import Citation, Section, SentenceKind
from tutor.citations import CitationBook
from tutor.course_section import about_course, course_lines
from tutor.drafts import Draft, own_sentence
from tutor.material import Material
from tutor.opinions import TopicWriter, assumed_goal
from tutor.phrases import author_name, goal_name, sentence, topic_name
from tutor.plan_place import PlanPlace
from tutor.plan_section import PlanSection
from tutor.planning.progress import StudyProgress, finished_weeks
from tutor.planning.types import Plan
from tutor.selection import CITATIONS, View
from tutor.steps import step_drafts
from tutor.study_report import where_now
from tutor.topic_material import TopicMaterial
from tutor.voices import quoted_voice, view_line

_FEW_DATED = 0.5


class Composer:
    """Writes the drafts of one answer, in the order of printing."""

    def __init__(
        self,
        material: Material,
        book: CitationBook,
        plan: Plan | None = None,
        progress: StudyProgress | None = None,
    ) -> None:
        self._material = material
        self._book = book
        self._language = material.learner.language
        self._progress = progress
        before = finished_weeks(progress) if progress else 0
        self._plan = PlanSection(plan, before) if plan else None

    def plan(self) -> Iterator[Draft]:
        """The plan of the answer, with its verdict and the goal where it comes first; without
        one, how far the learner is with the plan that they keep."""
        if self._plan is None:
            if self._progress is not None and self._progress.plan.weeks:
                yield own_sentence(where_now(self._progress, self._language), Section.PLAN)
            return
        if self._material.plan is PlanPlace.FIRST:
            yield self._plan.verdict()
            yield self._goal_of_plan()
        else:
            yield self._plan.verdict(Section.PLAN)
        yield from self._plan.drafts()

    def _goal_of_plan(self) -> Draft:
        if self._material.learner.goal is not None:
            return assumed_goal(self._material.learner)
        return own_sentence(sentence("plan_goal_open", self._language), Section.VERDICT)

    def drafts(self) -> Iterator[Draft]:
        """All other sentences of the answer; citations are numbered as they come."""
        material = self._material
        if material.asks_time and material.courses:
            yield own_sentence(sentence("time_of", self._language), Section.VERDICT)
        if material.course_asked:
            yield from about_course(material.course_asked, material, self._book)
        if material.people and not self._heard():
            yield from self._person(material.people)
        if material.topics:
            yield from self._topics()
        elif not material.people and not material.course_asked and self._plan is None:
            yield from self._extracts()

    def closing(self, citations: Sequence[Citation]) -> Iterator[Draft]:
        """Caveats and a question back, given the citations that are printed."""
        yield from self._caveats(citations)
        yield from self._question()

    def _topics(self) -> Iterator[Draft]:
        for rank, topic in enumerate(self._material.topics):
            for draft in self._topic(topic, says_goal=rank == 0):
                yield replace(draft, topic=topic.topic)
        yield from step_drafts(self._material, self._book)
        yield from course_lines(self._material, self._book)

    def _topic(self, topic: TopicMaterial, *, says_goal: bool) -> Iterator[Draft]:
        writer = TopicWriter(topic, self._material.learner, self._book)
        if self._plan is None:
            yield from writer.drafts(says_goal=says_goal)
        elif topic.chosen:
            goal_open = says_goal and self._material.plan is PlanPlace.LAST
            yield from writer.beside_plan(says_goal=goal_open)

    def _heard(self) -> bool:
        """Whether the person asked about is cited on one of the topics."""
        return any(view.asked for topic in self._material.topics for view in topic.chosen)

    def _person(self, people: Sequence[Perspective]) -> Iterator[Draft]:
        """What the person asked about says, the closest to the question first: the views that
        they take, or their words where they take none."""
        said = [draft for each in people for draft in self._views_or_words(each)][:CITATIONS]
        if said:
            name = author_name(people[0].author, self._language)
            head = sentence("person_head", self._language, author=name)
            yield Draft(head, "", (), SentenceKind.INFERENCE, Section.VERDICT)
            yield from said

    def _views_or_words(self, person: Perspective) -> list[Draft]:
        return list(self._positions(person)) or list(self._quotations(person))

    def _positions(self, person: Perspective) -> Iterator[Draft]:
        for position in person.positions:
            number = self._book.cite_view(person, position)
            if number is None:
                continue
            view = View(person, position, 1.0, asked=True)
            yield view_line(view, number, position.goals, self._book, Section.VOICES)

    def _extracts(self) -> Iterator[Draft]:
        """The closest passages in the words of their authors, when nobody takes a side."""
        quoted = list(self._quotations())
        if quoted:
            head = sentence("extracts_head", self._language)
            yield Draft(head, "", (), SentenceKind.INFERENCE, Section.VERDICT)
            yield from quoted

    def _quotations(self, person: Perspective | None = None) -> Iterator[Draft]:
        for candidate in self._material.extracts:
            source, passage = candidate.source, candidate.passage
            if person is not None and source.id != person.id:
                continue
            number = self._book.cite_passage(source, passage, self._material.question)
            if number is not None and isinstance(source, Perspective):
                citation = self._book.citations[number - 1]
                yield quoted_voice(source, citation, self._language, Section.VOICES)

    def _caveats(self, citations: Sequence[Citation]) -> Iterator[Draft]:
        """Warnings on age and on one-sidedness."""
        for topic in self._material.topics:
            if topic.one_sided and len(topic.views) > 1:
                name = topic_name(topic.topic).text(self._language)
                text = sentence("one_sided", self._language, topic=name)
                yield Draft(text, "", (), SentenceKind.INFERENCE, Section.CAVEATS)
        text = self._age_warning(citations)
        if text:
            yield Draft(text, "", (), SentenceKind.INFERENCE, Section.CAVEATS)

    def _age_warning(self, citations: Sequence[Citation]) -> str:
        cited = [c for c in citations if c.kind is Kind.PERSPECTIVE]
        views = list({c.source_id: c for c in cited}.values())
        old = [int(c.published[:4]) for c in views if c.age_warning and c.published]
        if old:
            name = "aged_one" if len(old) == 1 else "aged"
            return sentence(name, self._language, n=len(old), year=max(old))
        undated = sum(c.published is None for c in views)
        if views and undated > _FEW_DATED * len(views):
            return sentence("undated", self._language)
        return ""

    def _question(self) -> Iterator[Draft]:
        """At most one question back, only when the advice differs by goal and none is known."""
        goals = list(self._goals_that_differ())
        if self._material.learner.goal is None and len(goals) > 1:
            joint = "、" if self._language is Language.CHINESE else ", "
            last = "，还是" if self._language is Language.CHINESE else " or "
            names = [goal_name(goal).text(self._language) for goal in goals]
            asked = joint.join(names[:-1]) + last + names[-1]
            text = sentence("ask_goal", self._language, goals=asked)
            yield Draft(text, "", (), SentenceKind.INFERENCE, Section.QUESTION)

    def _goals_that_differ(self) -> Iterator[Goal]:
        """The goals for which the asked topics lead to different sides."""
        for topic in self._material.topics[:1]:
            branches = topic.branches
            if len(set(branches.values())) > 1:
                yield from branches
