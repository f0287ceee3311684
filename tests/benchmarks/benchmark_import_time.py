"""Where the time of importing goes, as `python -X importtime` tells it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_LINE = re.compile(r"import time:\s+(?P<own>\d+) \|\s+\d+ \|\s+(?P<name>\S+)")


@dataclass(frozen=True, slots=True)
class ImportTime:
    """Milliseconds that the modules of each top-level package took themselves, and all of them."""

    packages: dict[str, float]
    modules: int

    @property
    def total(self) -> float:
        """Milliseconds of all imports."""
        return sum(self.packages.values())

    def largest(self, count: int) -> dict[str, float]:
        """The `count` packages that took longest, the longest first."""
        ranked = sorted(self.packages.items(), key=lambda pair: -pair[1])
        return {name: round(taken, 1) for name, taken in ranked[:count]}


def read_import_times(lines: Iterable[str]) -> ImportTime:
    """Adds up the lines that `-X importtime` writes; other lines are passed over."""
    packages: Counter[str] = Counter()
    modules = 0
    for line in lines:
        if match := _LINE.match(line):
            packages[match["name"].partition(".")[0]] += int(match["own"])
            modules += 1
    return ImportTime({name: own / 1000 for name, own in packages.items()}, modules)
