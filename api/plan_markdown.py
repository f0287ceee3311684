"""A study plan as Markdown: a checklist to keep, with links and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from api.answer_view import cited_words, source_origin
from api.markdown_text import escaped, link
from api.plan_dates import starts_of_weeks
from api.plan_words import (
    ASSUMPTIONS,
    DONE,
    ESTIMATE_NOTE,
    LEFT_OUT,
    NOTES,
    SOURCES,
    checkpoint_words,
    done_words,
    holds_estimates,
    hours_words,
    learner_line,
    left_out_words,
    module_words,
    plan_title,
    step_hours_words,
    week_name,
    with_markers,
)
from api.terminal import printable
from corpus.types import Bilingual, Language
from tutor.answer import Citation
from tutor.planning.types import Plan, PlanStep, PlanWeek


def plan_markdown(plan: Plan, start: date | None = None) -> str:
    """The text, in the learner's language; weeks are dated where `start` is given.

    Nothing that a source says or is called becomes mark-up, and only web addresses are linked.
    """
    return printable("\n\n".join(_parts(plan, start)))


def _parts(plan: Plan, start: date | None) -> Iterator[str]:
    language = plan.request.learner.language
    yield f"# {escaped(plan_title(plan))}"
    yield f"**{escaped(plan.verdict.says.text(language))}**"
    yield escaped(learner_line(plan.request))
    for week, first_day in zip(plan.weeks, starts_of_weeks(plan, start), strict=True):
        hours = hours_words(week.hours, language)
        yield f"## {escaped(week_name(week, first_day, language))} · {hours}"
        yield from _week(week, plan, language)
    if holds_estimates(plan):
        yield escaped(ESTIMATE_NOTE.text(language))
    done = [f"- [x] {escaped(words)}" for words in done_words(plan, language)]
    yield from _section(DONE, done, language)
    left_out = [
        f"- **{escaped(left_out_words(left, plan, language))}**  \n"
        f"  {_cited(left.why.text(language), left.citations, plan)}"
        for left in plan.left_out
    ]
    yield from _section(LEFT_OUT, left_out, language)
    for heading, texts in ((NOTES, plan.notes), (ASSUMPTIONS, plan.assumptions)):
        items = [f"- {escaped(text.text(language))}" for text in texts]
        yield from _section(heading, items, language)
    yield from _section(SOURCES, [_source(each, language) for each in plan.citations], language)


def _week(week: PlanWeek, plan: Plan, language: Language) -> Iterator[str]:
    yield "\n".join(line for step in week.steps for line in _step(step, plan, language))
    if week.checkpoints:
        yield f"*{escaped(checkpoint_words(week, language))}*"


def _step(step: PlanStep, plan: Plan, language: Language) -> Iterator[str]:
    """A checkbox for the step on a project; for a course its name, and one for each module."""
    title = step.title.text(language)
    name = f"**{link(title, step.url or '')}**"
    hours = step_hours_words(step, language)
    reason = _cited(step.why.text(language), step.citations, plan)
    box = "" if step.modules else "[ ] "
    if language is Language.CHINESE:
        yield f"- {box}{name}（{hours}）：{reason}"
    else:
        yield f"- {box}{name} ({hours}): {reason}"
    for module in step.modules:
        mark = "x" if module.done else " "
        yield f"  - [{mark}] {escaped(module_words(module, language))}"


def _cited(text: str, citations: Iterable[int], plan: Plan) -> str:
    """`text` with the numbers of its sources, each leading to its source."""
    urls = {citation.number: citation.url for citation in plan.citations}
    return with_markers(escaped(text), "".join(link(f"[{each}]", urls[each]) for each in citations))


def _source(citation: Citation, language: Language) -> str:
    origin = escaped(source_origin(citation, language))
    title = link(citation.title, citation.url)
    words = escaped(cited_words(citation, language))
    return f"- \\[{citation.number}\\] {origin} · {title}\n  > {words}"


def _section(heading: Bilingual, items: list[str], language: Language) -> Iterator[str]:
    if items:
        yield f"## {heading.text(language)}"
        yield "\n".join(items)
