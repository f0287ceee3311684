"""A study plan as JSON, the same for the command line and every other door."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from api.plan_dates import starts_of_weeks
from api.source_json import citation_object, learner_object
from corpus.course_labels import skill_name
from corpus.types import Language
from tutor.planning.types import (
    LeftOut,
    ModuleKey,
    Plan,
    PlannedModule,
    PlanRequest,
    PlanStep,
    PlanVerdict,
    PlanWeek,
)


def plan_object(plan: Plan, start: date | None = None) -> dict[str, Any]:
    """`plan` as an object of plain values, its texts in the learner's language.

    Modules are named "course/module". Numbers in `citations` of steps and of what was left out
    are those of `citations[…].number`. `weeks[…].starts` is an ISO date, or null without `start`.
    `request` holds what was asked for; what is null there was assumed, as `assumptions` say.
    """
    language = plan.request.learner.language
    starts = starts_of_weeks(plan, start)
    return {
        "request": _request(plan.request),
        "verdict": _verdict(plan.verdict, language),
        "weeks": [
            _week(week, first_day, language)
            for week, first_day in zip(plan.weeks, starts, strict=True)
        ],
        "left_out": [_left_out(each, language) for each in plan.left_out],
        "done": [_module(module, language) for module in plan.done],
        "assumptions": [text.text(language) for text in plan.assumptions],
        "notes": [text.text(language) for text in plan.notes],
        "citations": [citation_object(citation) for citation in plan.citations],
        "value": plan.value,
    }


def module_name(key: ModuleKey) -> str:
    """A module as it is written outside: "course/module"."""
    return f"{key.course}/{key.module}"


def _request(request: PlanRequest) -> dict[str, Any]:
    return {
        **learner_object(request.learner),
        "budget": request.budget.value,
        "done": sorted(map(module_name, request.done)),
        "swaps": [{"away": swap.away, "to": swap.to} for swap in request.swaps],
    }


def _verdict(verdict: PlanVerdict, language: Language) -> dict[str, Any]:
    return {
        **asdict(verdict),
        "missing": _skills(verdict.missing, language),
        "says": verdict.says.text(language),
    }


def _week(week: PlanWeek, first_day: date | None, language: Language) -> dict[str, Any]:
    return {
        "number": week.number,
        "starts": first_day and first_day.isoformat(),
        "hours": week.hours,
        "steps": [_step(step, language) for step in week.steps],
        "checkpoints": [text.text(language) for text in week.checkpoints],
    }


def _step(step: PlanStep, language: Language) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "title": step.title.text(language),
        "course": step.course,
        "url": step.url,
        "hours": step.hours,
        "modules": [_module(module, language) for module in step.modules],
        "why": step.why.text(language),
        "citations": list(step.citations),
        "alternatives": [
            {**asdict(each), "title": each.title.text(language)} for each in step.alternatives
        ],
    }


def _module(module: PlannedModule, language: Language) -> dict[str, Any]:
    return {
        "key": module_name(module.key),
        "title": module.title.text(language),
        "hours": module.hours,
        "of_hours": module.of_hours,
        "hours_basis": module.basis.value,
        "skills": _skills(module.skills, language),
        "done": module.done,
    }


def _left_out(left: LeftOut, language: Language) -> dict[str, Any]:
    return {
        "title": left.title.text(language),
        "course": left.course,
        "modules": [module_name(key) for key in left.modules],
        "hours": left.hours,
        "reason": left.reason.value,
        "why": left.why.text(language),
        "citations": list(left.citations),
    }


def _skills(skills: tuple[str, ...], language: Language) -> list[dict[str, str]]:
    return [{"id": skill, "name": skill_name(skill, language)} for skill in skills]
