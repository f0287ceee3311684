"""A plan as the sentences of an answer: what comes in which weeks, each line with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from corpus.types import Bilingual, Kind
from tutor.answer import Section, SentenceKind
from tutor.drafts import Claim, Draft, clause, marks, own_sentence
from tutor.plan_blocks import Block, Work, blocks
from tutor.plan_command import plan_command
from tutor.plan_wording import PlanWording, number
from tutor.planning.types import Left, LeftOut, Plan

_PEOPLE, _SYLLABI = 1, 2  # markers behind one part of a line
_LEFT_OUT = 3
_DONE = 3
_REASONS = {
    Left.TIME: Bilingual(zh="时间不够", en="no time for it"),
    Left.COST: Bilingual(zh="要花钱", en="it costs money"),
    Left.SKIPPED: Bilingual(zh="可以不学", en="not needed"),
}


class PlanSection:
    """The sentences of `plan`, in the language of its learner.

    Its weeks are numbered after the `weeks_before` that are finished of the plan before it.
    """

    def __init__(self, plan: Plan, weeks_before: int = 0) -> None:
        self._plan, self._weeks_before = plan, weeks_before
        self._language = plan.request.learner.language
        self._words = PlanWording(self._language, self._marks, weeks_before)
        self._kinds = {citation.number: citation.kind for citation in plan.citations}

    def verdict(self, section: Section = Section.VERDICT) -> Draft:
        """Whether the time that was named is enough."""
        says = clause(self._plan.verdict.says.text(self._language))
        return own_sentence(self._words.say("plan_verdict", says=says), section)

    def drafts(self) -> Iterator[Draft]:
        """The weeks, what was left out, what is assumed, and where the whole plan is."""
        if before := self._weeks_before:
            goes_on = self._words.say("plan_goes_on", n=before, week=before + 1)
            yield own_sentence(goes_on, Section.PLAN)
        for block in blocks(self._plan.weeks):
            yield self._week(block)
        yield from self._finished()
        yield from self._left_out()
        for note in self._plan.notes:
            yield own_sentence(note.text(self._language), Section.PLAN)
        if assumed := list(self._assumed()):
            said = self._words.say("plan_assumed", parts=self._words.listed(assumed))
            yield replace(own_sentence(said, Section.PLAN), paragraph=True)
        if self._plan.weeks:
            said = self._words.say("plan_whole", command=plan_command(self._plan.request))
            yield replace(own_sentence(said, Section.PLAN), paragraph=True)

    def _week(self, block: Block) -> Draft:
        works = block.works
        numbers = dict.fromkeys(n for work in works for n in self._shown(work.citations))
        return Draft(
            self._words.line(block),
            "",
            tuple(numbers),
            SentenceKind.INFERENCE,
            Section.PLAN,
            parts=tuple(claim for work in works for claim in self._claims(work)),
        )

    def _claims(self, work: Work) -> Iterator[Claim]:
        """What the check looks for in the sources: the titles of units, the words on a project."""
        for step in work.steps:
            titles = [module.title.text(self._language) for module in step.modules]
            text = self._words.listed(titles) if titles else self._words.on_project(step)
            yield Claim(text, step.citations)

    def _finished(self) -> Iterator[Draft]:
        titles = [module.title.text(self._language) for module in self._plan.done]
        if titles and not self._weeks_before:
            name = "plan_done_more" if len(titles) > _DONE else "plan_done"
            units = self._words.listed(titles[:_DONE])
            said = self._words.say(name, units=units, n=len(titles))
            yield own_sentence(said, Section.PLAN)

    def _left_out(self) -> Iterator[Draft]:
        left = self._plan.left_out[:_LEFT_OUT]
        if left:
            numbers = dict.fromkeys(n for each in left for n in self._shown(each.citations))
            parts = self._words.joined(map(self._left, left))
            text = self._words.say("plan_left_out", parts=parts)
            yield Draft(text, "", tuple(numbers), SentenceKind.INFERENCE, Section.PLAN)

    def _left(self, left: LeftOut) -> str:
        planned = {step.course for week in self._plan.weeks for step in week.steps if step.course}
        title = left.title.text(self._language)
        if left.course:
            title = self._words.course(left.title)
        if left.course in planned:
            title = self._words.say("plan_left_more", title=title)
        return self._words.say(
            "plan_left",
            title=title,
            hours=number(left.hours),
            reason=_REASONS[left.reason].text(self._language),
            marks=self._marks(left.citations),
        )

    def _assumed(self) -> Iterator[str]:
        """What was taken for granted; of a goal the answer speaks elsewhere."""
        # The planner takes a tenth of a second to import, and few answers hold a plan.
        from tutor.planning.background import HOURS_A_WEEK

        learner, say = self._plan.request.learner, self._words.say
        if learner.weeks is None:
            yield say("plan_assumed_weeks")
        if learner.hours_per_week is None:
            yield say("plan_assumed_hours", hours=number(HOURS_A_WEEK))
        for subject in (field.name for field in fields(learner.background)):
            if getattr(learner.background, subject) is None:
                yield say(f"plan_assumed_{subject}")

    def _shown(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """The sources behind one part of a line: who says so first, then the syllabus."""
        people = [each for each in numbers if self._kinds[each] is Kind.PERSPECTIVE]
        syllabi = [each for each in numbers if self._kinds[each] is Kind.COURSE]
        return (*people[:_PEOPLE], *syllabi[:_SYLLABI])

    def _marks(self, numbers: Sequence[int]) -> str:
        return marks(self._shown(numbers), self._language)
