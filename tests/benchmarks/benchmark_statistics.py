"""Timing on a noisy machine: lanes that take turns, medians, and ratios of neighbours."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

Seconds = list[float]


@dataclass(frozen=True, slots=True)
class Spread:
    """What was measured of one lane: `runs` timings, in the unit they came in."""

    p50: float
    p95: float
    runs: int


def spread(values: Sequence[float], scale: float = 1.0) -> Spread:
    """Median and 95th percentile of `values`, multiplied by `scale`; p95 by interpolation.

    Raises ValueError for no values.
    """
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    p95 = quantiles(ordered, n=20, method="inclusive")[18] if len(ordered) > 1 else ordered[0]
    return Spread(round(median(ordered) * scale, 3), round(p95 * scale, 3), len(ordered))


def take_turns(lanes: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Seconds]:
    """Runs the lanes one after the other, `rounds` times over, and times each run.

    Whatever slows the machine down for a while then slows down all lanes alike.
    """
    taken: dict[str, Seconds] = {name: [] for name in lanes}
    for _ in range(rounds):
        for name, work in lanes.items():
            taken[name].append(seconds_of(work))
    return taken


def seconds_of(work: Callable[[], object]) -> float:
    """How long `work` takes; garbage of earlier work is collected before."""
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def ratio(values: Sequence[float], bounds: Sequence[float]) -> float:
    """The median of `values[i] / bounds[i]`: of what was measured at the same time.

    Raises ValueError when they are not equally many.
    """
    return round(median(value / bound for value, bound in zip(values, bounds, strict=True)), 3)
