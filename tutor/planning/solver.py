"""Solves the choice of modules exactly, with HiGHS."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from tutor.planning.problem import Problem, Way

_ROWWISE, _MAXIMISE = 2, -1  # as HiGHS numbers them
_CHOSEN = 0.5
# One thread, a fixed seed and no gap: the same problem always gets the same, best answer.
_EXACT: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
}
# The linear relaxation is nearly whole by itself: what HiGHS does to shrink a problem and to find
# good solutions early takes longer here than the search.
_SMALL: dict[str, bool | int | float | str] = {
    "presolve": "off",
    "mip_allow_restart": False,
    "mip_detect_symmetry": False,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}


def best_choice(problem: Problem, hours: float | None) -> tuple[int, ...]:
    """The positions of the candidates that are worth most together within `hours`.

    Any time is enough where `hours` is None.
    """
    model = _model(problem)
    if hours is not None:
        taken = {at: candidate.hours for at, candidate in enumerate(problem.candidates)}
        model.at_most(taken, hours)
    return model.solve(len(problem.candidates))


def shortest_choice(problem: Problem, skills: Collection[str]) -> tuple[int, ...]:
    """The candidates with the fewest hours that teach all of `skills`; there must be a way to
    learn each of them."""
    model = _model(problem)
    model.worth = [0.0] * len(model.worth)
    for position, candidate in enumerate(problem.candidates):
        model.worth[position] = -candidate.hours
    for skill in skills:
        model.at_most(dict.fromkeys(model.learning[skill], -1.0), -1.0)
    return model.solve(len(problem.candidates))


@dataclass(slots=True)
class _Model:
    """A linear model that grows: each column is chosen or not (0 or 1) and has a worth; each row
    is a sum of columns that has to stay within a bound. `learning` are the columns that say by
    which way a skill that is wished for is learnt."""

    worth: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    bounds: list[float] = field(default_factory=list)
    learning: dict[str, list[int]] = field(default_factory=dict)

    def column(self, worth: float) -> int:
        self.worth.append(worth)
        return len(self.worth) - 1

    def at_most(self, row: Mapping[int, float], bound: float) -> None:
        self.columns.extend(row)
        self.values.extend(row.values())
        self.starts.append(len(self.columns))
        self.bounds.append(bound)

    def only_with(self, column: int, *others: int) -> None:
        """`column` may be chosen only together with each of `others`."""
        for other in others:
            self.at_most({column: 1.0, other: -1.0}, 0.0)

    def only_with_one_of(self, column: int, others: Collection[int]) -> None:
        self.at_most({**dict.fromkeys(others, -1.0), column: 1.0}, 0.0)

    def solve(self, candidates: int) -> tuple[int, ...]:
        """Which of the first columns are chosen in the best solution."""
        import highspy

        count, rows = len(self.worth), len(self.bounds)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (_EXACT | _SMALL).items():
            solver.setOptionValue(option, value)
        solver.passModel(
            count,
            rows,
            len(self.columns),
            _ROWWISE,
            _MAXIMISE,
            0.0,
            np.array(self.worth),
            np.zeros(count),
            np.ones(count),
            np.full(rows, -np.inf),
            np.array(self.bounds),
            np.array(self.starts, dtype=np.int32),
            np.array(self.columns, dtype=np.int32),
            np.array(self.values),
            np.ones(count, dtype=np.int32),
        )
        solver.run()
        values = solver.getSolution().col_value
        return tuple(at for at in range(candidates) if values[at] > _CHOSEN)


def _model(problem: Problem) -> _Model:
    model = _Model()
    for candidate in problem.candidates:
        model.column(-candidate.cost)
    _add_courses(model, problem)
    _add_needs(model, problem)
    _add_wishes(model, problem)
    _add_routes(model, problem)
    return model


def _add_courses(model: _Model, problem: Problem) -> None:
    opened = {course: model.column(-price) for course, price in problem.opening.items()}
    for position, candidate in enumerate(problem.candidates):
        model.only_with(position, opened[candidate.key.course])
    first = model.column(problem.first)
    model.only_with_one_of(first, range(len(problem.candidates)))


def _add_needs(model: _Model, problem: Problem) -> None:
    ways: dict[str, list[tuple[int, int]]] = {}  # for each skill: the last module, the column
    for way in _needed(problem):
        held = model.column(0.0) if len(way.modules) > 1 else way.modules[0]
        if len(way.modules) > 1:
            model.only_with(held, *way.modules)
        ways.setdefault(way.skill, []).append((way.modules[-1], held))
    for position, candidate in enumerate(problem.candidates):
        for skill in sorted(candidate.needs):
            before = [held for last, held in ways.get(skill, ()) if last < position]
            model.only_with_one_of(position, before)


def _needed(problem: Problem) -> Iterator[Way]:
    needed = {skill for candidate in problem.candidates for skill in candidate.needs}
    return (way for way in problem.ways if way.skill in needed)


def _add_wishes(model: _Model, problem: Problem) -> None:
    for way in problem.ways:
        if way.skill not in problem.wished:
            continue
        essential = problem.essential_worth if way.skill in problem.essential else 0.0
        column = model.column(way.worth + essential)
        model.only_with(column, *way.modules)
        model.learning.setdefault(way.skill, []).append(column)
        for position, worth in way.more:
            further = model.column(worth)
            model.only_with(further, column, position)
            column = further
    for columns in model.learning.values():
        model.at_most(dict.fromkeys(columns, 1.0), 1.0)


def _add_routes(model: _Model, problem: Problem) -> None:
    followed = []
    for route in problem.routes:
        followed.append(model.column(route.worth))
        model.only_with(followed[-1], *route.modules)
    model.at_most(dict.fromkeys(followed, 1.0), 1.0)
