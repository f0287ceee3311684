"""Putting an answer together from what was understood, found and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.types import Bilingual
from tutor.answer import Answer, Usage, Writer
from tutor.events import Trace
from tutor.follow_ups import follow_ups
from tutor.grounds import Grounds
from tutor.overview import course_advice, courses_of_plan, stance_groups
from tutor.writing import Writing


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who wrote the sentences, what that cost, and what the reader should know about it."""

    writer: Writer = Writer.COMPOSER
    model: str | None = None
    usage: Usage = field(default_factory=Usage)
    notices: tuple[Bilingual, ...] = ()


def finished(
    said: str,
    grounds: Grounds,
    writing: Writing,
    authorship: Authorship,
    timings_ms: Mapping[str, float],
) -> Answer:
    """The whole answer to what was `said`, from the page that has been written."""
    understanding, material, page = grounds.understanding, writing.material, writing.page
    citations = page.citations
    plan = page.numbered(writing.plan) if writing.plan else None
    return Answer(
        question=said,
        text=page.text,
        language=understanding.language,
        abstained=False,
        learner=understanding.learner,
        sentences=page.sentences,
        citations=citations,
        positions=stance_groups(material, page.drafts, citations),
        one_sided=tuple(topic.topic for topic in material.topics if topic.one_sided),
        courses=(
            courses_of_plan(plan, material)
            if plan
            else course_advice(material, citations, understanding.language)
        ),
        follow_ups=follow_ups(understanding, material, grounds.likeness),
        check=writing.report(),
        timings_ms=timings_ms,
        asked=understanding.question,
        topics=grounds.topics,
        writer=authorship.writer,
        model=authorship.model,
        usage=authorship.usage,
        notices=authorship.notices,
        plan=plan,
    )


def trace(grounds: Grounds, writing: Writing | None) -> Trace:
    """Why the answer is as it is."""
    topics = writing.material.topics if writing else ()
    return Trace(
        candidates=(*grounds.retrieved.perspectives, *grounds.retrieved.courses),
        evidence=grounds.measured,
        probability=grounds.covered,
        decisions=tuple(decision for topic in topics for decision in topic.decisions),
        dropped=tuple(
            (draft.text, tuple(problem.value for problem in verdict.problems))
            for draft, verdict in (writing.dropped if writing else ())
        ),
    )
