"""One answer in the making: what it is written from, and what the check has found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.embedding import Embedder
from corpus.types import Bilingual, Course, Source
from tutor.answer import CheckReport, Section
from tutor.checking.check import Checker, Verdict
from tutor.citations import CitationBook
from tutor.composer import Composer
from tutor.drafts import Draft
from tutor.layout import in_printing_order
from tutor.material import Material
from tutor.page import Page
from tutor.plan_drawing import Drawing
from tutor.planning.progress import StudyProgress
from tutor.planning.types import Plan
from tutor.reading import sources_of
from tutor.steps import in_order

OPENING = (Section.VERDICT, Section.SPLIT)


class Writing:
    """The sources, citations and checked sentences of one answer; not for several threads."""

    def __init__(
        self,
        material: Material,
        courses: Sequence[Course],
        embedder: Embedder,
        today: date,
        draw: Drawing | None = None,
        progress: StudyProgress | None = None,
        *,
        plan_first: bool = False,
    ) -> None:
        self.material = material
        self.sources: dict[str, Source] = {source.id: source for source in sources_of(material)}
        self.language = material.learner.language
        self.book = CitationBook(self.language, embedder, today)
        self.page = Page(self.language, self.book)
        self.plan: Plan | None = None
        if draw is not None:
            drawn = draw(self.book)
            self.plan = drawn.plan
            self.sources |= {source.id: source for source in drawn.sources}
        self.checker = Checker(self.book, self.sources, courses, embedder)
        self._courses = courses
        self.embedder = embedder
        self.verdicts: list[tuple[Draft, Verdict]] = []
        self.repaired = 0
        self.reworded = 0
        self.notices: list[Bilingual] = []
        self._composer = Composer(material, self.book, self.plan, progress)
        self._composed: list[Draft] | None = None
        self._plan_first = plan_first

    def free_checker(self, context: str) -> Checker:
        """A check for sentences that a model writes freely; without a source they may speak of
        `context` only, the question and the sources that the model was given."""
        return Checker(self.book, self.sources, self._courses, self.embedder, context=context)

    def composed(self) -> list[Draft]:
        """Every sentence that stored text alone yields, in printing order, not yet checked."""
        if self._composed is None:
            self._composed = in_printing_order(
                [*self._composer.plan(), *self._composer.drafts()], plan_first=self._plan_first
            )
        return self._composed

    def opening(self) -> list[Draft]:
        """What is printed before a model writes, checked: the plan where it comes first, and the
        verdict and split of opinion on each topic."""
        return self.checked([draft for draft in self.composed() if self.opens(draft)])

    def opens(self, draft: Draft) -> bool:
        """Whether a composed draft belongs to the opening."""
        if draft.topic:
            return draft.section in OPENING
        return self._plan_first and draft.section in (Section.VERDICT, Section.PLAN)

    def checked(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Those of `drafts` that may leave, with what the check found noted."""
        verdicts = self.checker.check(drafts)
        self.verdicts += zip(drafts, verdicts, strict=True)
        kept = [d for d, verdict in zip(drafts, verdicts, strict=True) if verdict.supported]
        return in_order(kept)

    def closing(self) -> list[Draft]:
        """Caveats on what has been printed, and a question back."""
        return list(self._composer.closing(self.page.citations))

    def report(self) -> CheckReport:
        """How many sentences were written and what became of them.

        Where a language model wrote, its sentences alone are counted.
        """
        body = [draft for draft in self.page.drafts if draft.section is Section.BODY]
        printed = len(body) if body else len(self.page.sentences)
        return CheckReport(
            sentences=printed + len(self.dropped),
            supported=printed,
            dropped=len(self.dropped),
            repaired=self.repaired,
            reworded=self.reworded,
        )

    @property
    def dropped(self) -> list[tuple[Draft, Verdict]]:
        """What the check kept back."""
        return [(draft, verdict) for draft, verdict in self.verdicts if not verdict.supported]
