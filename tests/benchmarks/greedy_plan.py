"""The plain alternative to a solver: skill after skill, the best course that still fits."""

from __future__ import annotations

from dataclasses import replace

from tutor.planning.choosing import Choice, with_needs


def greedy_choice(choice: Choice) -> list[int]:
    """Positions among the candidates of `choice.problem`, within the same time.

    The essential skills come first, then those of which the best way to learn is worth most; each
    is learnt in the best way that fits with all that it needs, where that is worth its price.
    """
    problem, chosen = choice.problem, list[int]()
    best = {skill: max(way.worth for way in problem.ways_to(skill)) for skill in problem.wished}
    for skill in sorted(best, key=lambda skill: (skill not in problem.essential, -best[skill])):
        for way in sorted(problem.ways_to(skill), key=lambda way: -way.worth):
            larger = sorted({*chosen, *with_needs(choice, way.modules, chosen)})
            fits = choice.time.study is None or problem.hours(larger) <= choice.time.study
            if fits and problem.value(larger) > problem.value(chosen):
                chosen = larger
                break
    return chosen


def value_besides_essentials(choice: Choice, chosen: list[int] | tuple[int, ...]) -> float:
    """What a choice is worth if the essential skills count like the others: they alone would
    make any two choices that reach them look alike."""
    return replace(choice.problem, essential_worth=0.0).value(chosen)


def essentials(choice: Choice, chosen: list[int] | tuple[int, ...]) -> int:
    """How many essential skills a choice reaches."""
    return sum(choice.problem.learnt(skill, chosen) for skill in choice.problem.essential)
