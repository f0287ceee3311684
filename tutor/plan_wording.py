"""What is done in the weeks of a plan, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.types import Bilingual, Language
from tutor.drafts import clause
from tutor.phrases import sentence
from tutor.plan_blocks import Block, Work
from tutor.planning.types import PlannedModule, PlanStep
from tutor.unit_words import units_named

_PROJECT_TEXTS = 2
_PROJECT = Bilingual(zh="自己的项目：", en="Your own project: ")


@dataclass(frozen=True, slots=True)
class PlanWording:
    """Words for the parts of a plan in one language.

    `marks` gives the markers that stand behind a part for the numbers of its sources; none where
    the sources of the plan are not those of the answer. Weeks are numbered after `weeks_before`.
    """

    language: Language
    marks: Callable[[Sequence[int]], str] = lambda _: ""
    weeks_before: int = 0

    def line(self, block: Block) -> str:
        """What is done in a block of weeks, as an item of a list."""
        name, hours = "plan_week" if len(block.weeks) == 1 else "plan_weeks", block.hours
        if hours is None:
            name, hours = "plan_weeks_in_all", sum(week.hours for week in block.weeks)
        return self.say(
            name, weeks=self.weeks(block), hours=number(hours), parts=self.content(block.works)
        )

    def weeks(self, block: Block) -> str:
        """The numbers of its weeks: 3, 3–4."""
        first, last = (
            week.number + self.weeks_before for week in (block.weeks[0], block.weeks[-1])
        )
        return str(first) if first == last else f"{first}–{last}"

    def content(self, works: Iterable[Work]) -> str:
        """What is done, course by course."""
        return self.joined(self._project(w) if w.is_project else self._study(w) for w in works)

    def units(self, title: Bilingual, modules: Sequence[PlannedModule]) -> str:
        """Units of one course, with its title."""
        units = units_named(modules, self.language)
        return self.say("plan_units", course=self.course(title), units=units)

    def course(self, title: Bilingual) -> str:
        """The title of a course as it stands in a sentence."""
        shown = title.text(self.language)
        bare = self.language is Language.CHINESE and not shown.startswith("《")
        return f"《{shown}》" if bare else shown

    def on_project(self, step: PlanStep) -> str:
        """What a step says to do on the own project."""
        return clause(step.title.text(self.language).removeprefix(_PROJECT.text(self.language)))

    def say(self, name: str, **parts: object) -> str:
        """The sentence of `phrases.yaml`."""
        return sentence(name, self.language, **parts)

    def listed(self, parts: Iterable[str]) -> str:
        """Names one after the other."""
        return ("、" if self.language is Language.CHINESE else ", ").join(parts)

    def joined(self, parts: Iterable[str]) -> str:
        """Clauses one after the other."""
        return ("；" if self.language is Language.CHINESE else "; ").join(parts)

    def _study(self, work: Work) -> str:
        return self.units(work.steps[0].title, work.modules) + self.marks(work.citations)

    def _project(self, work: Work) -> str:
        texts = list(dict.fromkeys(map(self.on_project, work.steps)))[:_PROJECT_TEXTS]
        return self.say("plan_project", texts=self.joined(texts)) + self.marks(work.citations)


def number(amount: float) -> str:
    """An amount to one decimal, without a needless zero."""
    return f"{round(amount, 1):g}"
