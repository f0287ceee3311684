"""What a learner wants planned, from their words and from options, which win."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches

from corpus.errors import UsageError
from corpus.types import Bilingual, Course, Goal
from tutor.learner import Background
from tutor.planning.types import Budget, ModuleKey, PlanRequest, Swap
from tutor.understanding import Wishes, understand, with_likely_goal

Courses = Mapping[str, Course]
GoalScores = Callable[[str], Mapping[Goal | None, float]]


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What was set explicitly. `done` are "course/module" or "course", `swaps` "away=to"."""

    wishes: Wishes
    background: Background
    budget: Budget | None = None
    done: tuple[str, ...] = ()
    swaps: tuple[str, ...] = ()


def plan_request(
    words: str, options: PlanOptions, courses: Courses, likely: GoalScores
) -> PlanRequest:
    """The request that `words` and `options` make together.

    `likely` scores the goals of words that name none. Raises UsageError for a course or module
    that is not among `courses`, with the nearest ones that are.
    """
    understanding = understand(words, options.wishes)
    if words and understanding.learner.goal is None:
        understanding = with_likely_goal(understanding, likely(understanding.text))
    learner = understanding.learner
    read = Budget.FREE if understanding.wants_free else Budget.ANY
    return PlanRequest(
        replace(learner, background=_over(options.background, learner.background)),
        options.budget or read,
        frozenset(key for name in options.done for key in modules_named(name, courses)),
        tuple(swap_named(text, courses) for text in options.swaps),
    )


def modules_named(name: str, courses: Courses) -> frozenset[ModuleKey]:
    """The module "course/module", or all modules of a "course"; titles serve as well as ids.

    Raises UsageError.
    """
    course_name, slash, module_name = name.partition("/")
    course = _course(course_name, courses)
    if not slash:
        return frozenset(ModuleKey(course.id, module.id) for module in course.modules)
    for module in course.modules:
        if module_name.casefold() in _folded(module.id, module.title):
            return frozenset({ModuleKey(course.id, module.id)})
    known = [f"{course.id}/{module.id}" for module in course.modules]
    raise _unknown(name, known, f"tutor courses show {course.id}")


def swap_named(text: str, courses: Courses) -> Swap:
    """The swap "away=to". Raises UsageError."""
    away, equals, to = (part.strip() for part in text.partition("="))
    if not equals or away == to:
        raise UsageError(
            Bilingual(
                zh=f"--swap 需要两门不同的课，写成 --swap d2l=nndl，而不是 {text!r}。",
                en=f"--swap takes two different courses, as in --swap d2l=nndl, not {text!r}.",
            )
        )
    return Swap(_course(away, courses).id, _course(to, courses).id)


def _course(name: str, courses: Courses) -> Course:
    if name in courses:
        return courses[name]
    for course in courses.values():
        if name.casefold() in _folded(course.id, course.title, *course.aliases):
            return course
    raise _unknown(name, courses, "tutor courses list")


def _folded(id: str, title: Bilingual, *others: str) -> list[str]:
    return [name.casefold() for name in (id, title.zh, title.en, *others)]


def _unknown(name: str, known: Iterable[str], command: str) -> UsageError:
    """No course or module has the id `name`: the nearest ones, and the command that shows all."""
    near = ", ".join(get_close_matches(name, list(known), cutoff=0.4))
    return UsageError(
        Bilingual(
            zh=f"没有编号为 {name!r} 的课程或模块"
            f"{f'，是不是 {near}？' if near else '。'}用 `{command}` 查看全部。",
            en=f"No course or module has the id {name!r}"
            f"{f'; did you mean {near}?' if near else '.'} See `{command}`.",
        )
    )


def _over(set_now: Background, read: Background) -> Background:
    """Each subject as it was set, else as it was read."""
    names = [field.name for field in fields(Background)]
    return Background(**{name: getattr(set_now, name) or getattr(read, name) for name in names})
