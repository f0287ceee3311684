"""The bundled lexicon: which words in a question tell about goal, topic, field and background."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus.types import Direction, Goal, Topic
from tutor.learner import Level

PATH = Path(__file__).with_name("lexicon.yaml")


@dataclass(frozen=True, slots=True)
class PlanWords:
    """How a plan is asked for; what `elsewhere` matches is taken out before `asked` is looked for.

    `filler` leaves nothing of its own in a turn that asks for a plan.
    """

    elsewhere: re.Pattern[str]
    asked: re.Pattern[str]
    filler: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled patterns, each matched with `search` against the case-folded question.

    `subjects` are the names of what a learner can know; the keys of `backgrounds` are subjects.
    """

    goals: dict[Goal, re.Pattern[str]]
    pivot: re.Pattern[str]
    denials: tuple[re.Pattern[str], ...]
    postponements: tuple[re.Pattern[str], ...]
    directions: dict[Direction, re.Pattern[str]]
    topics: dict[Topic, re.Pattern[str]]
    plans: PlanWords
    resources: re.Pattern[str]
    free: re.Pattern[str]
    subjects: dict[str, str]
    backgrounds: dict[tuple[str, Level], re.Pattern[str]]
    beginner: re.Pattern[str]


def _pattern(term: str) -> str:
    if term.startswith("re:"):
        return f"(?:{term[3:]})"
    escaped = re.sub(r"(?:\\?[ -])+", r"[\\s-]*", re.escape(term.casefold()))
    # Latin words end where Latin letters end; \b would also see Han characters as letters.
    before = r"(?<![a-z0-9])" if term[0].isascii() and term[0].isalnum() else ""
    after = r"(?![a-z0-9])" if term[-1].isascii() and term[-1].isalnum() else ""
    return f"(?:{before}{escaped}{after})"


def _alternatives(terms: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_pattern, terms)), re.IGNORECASE)


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the tutor, read once."""
    data: dict[str, Any] = yaml.load(PATH.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return Lexicon(
        goals={Goal(name): _alternatives(terms) for name, terms in data["goals"].items()},
        pivot=re.compile(data["pivot"], re.IGNORECASE),
        denials=tuple(re.compile(p, re.IGNORECASE) for p in data["denial"].values()),
        postponements=tuple(re.compile(p, re.IGNORECASE) for p in data["later"].values()),
        directions={Direction(n): _alternatives(t) for n, t in data["directions"].items()},
        topics={Topic(name): _alternatives(terms) for name, terms in data["topics"].items()},
        plans=PlanWords(**{name: _alternatives(terms) for name, terms in data["plans"].items()}),
        resources=_alternatives(data["resources"]),
        free=_alternatives(data["free"]),
        subjects=data["subjects"],
        backgrounds={
            (subject, level): _alternatives(
                [
                    *data["backgrounds"].get(subject, {}).get(level, ()),
                    *(term.replace("@", f"(?:{names})") for term in data["levels"][level]),
                ]
            )
            for subject, names in data["subjects"].items()
            for level in (Level.NONE, Level.BASIC, Level.SOLID)
        },
        beginner=_alternatives(data["beginner"]),
    )
