"""Choosing whom to cite: relevant, and balanced by stance and author. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Goal, Perspective, Position, ReadExtent, Stance

CITATIONS = 8
PER_AUTHOR = 2


@dataclass(frozen=True, slots=True)
class View:
    """One person's position on the asked topic; `relevance` to the question in [0, 1]."""

    perspective: Perspective
    position: Position
    relevance: float


class Reason(StrEnum):
    """Why a view was chosen or dropped."""

    BEST_OF_STANCE = "best voice of its stance"
    GOAL = "speaks to the learner's goal"
    RELEVANT = "relevant to the question"
    SAME_AUTHOR = "the author already speaks"
    LIMIT = "enough voices"


@dataclass(frozen=True, slots=True)
class Decision:
    """A view with its weight and the reason for which it was chosen or dropped."""

    view: View
    weight: float
    chosen: bool
    reason: Reason


def author_key(perspective: Perspective) -> str:
    """Who speaks; an unknown author is nobody but themselves."""
    return perspective.author or perspective.id


def speaks_to(position: Position, goal: Goal | None) -> bool:
    """Whether a position was said with this goal in mind."""
    return goal is not None and goal in position.goals


def weight(view: View, goal: Goal | None) -> float:
    """How much a view deserves to be cited: goal first, then relevance and reliability."""
    value = view.relevance
    if speaks_to(view.position, goal):
        value += 2.0
    elif not view.position.goals or goal is None:
        value += 0.5
    if view.position.guessed:
        value -= 0.3
    if view.perspective.read is ReadExtent.PART:
        value -= 0.1
    return value


def select_views(
    views: Iterable[View], goal: Goal | None, limit: int = CITATIONS
) -> tuple[Decision, ...]:
    """Decide for each view whether it is cited.

    Every stance present among `views` is represented, by its best voice, even where that
    exceeds the share its numbers would give it; the remaining places go to the heaviest views.
    An author speaks once for a stance and at most `PER_AUTHOR` times in all.
    """
    ranked = sorted(views, key=lambda view: (-weight(view, goal), view.perspective.id))
    chosen = _best_of_each_stance(ranked)
    reasons = dict.fromkeys(map(id, chosen), Reason.BEST_OF_STANCE)
    dropped: dict[int, Reason] = {}
    for view in ranked:
        if id(view) in reasons:
            continue
        if not _author_may_speak(view, chosen):
            dropped[id(view)] = Reason.SAME_AUTHOR
        elif len(chosen) >= limit:
            dropped[id(view)] = Reason.LIMIT
        else:
            chosen.append(view)
            to_goal = speaks_to(view.position, goal)
            reasons[id(view)] = Reason.GOAL if to_goal else Reason.RELEVANT
    return tuple(
        Decision(
            view,
            round(weight(view, goal), 4),
            id(view) in reasons,
            reasons.get(id(view)) or dropped[id(view)],
        )
        for view in ranked
    )


def _best_of_each_stance(ranked: Sequence[View]) -> list[View]:
    """The heaviest view of each stance, by authors who speak least where there is a choice."""
    best: list[View] = []
    for stance in Stance:
        said = Counter(author_key(view.perspective) for view in best)
        voices = [view for view in ranked if view.position.stance is stance]
        best.extend(sorted(voices, key=lambda view: said[author_key(view.perspective)])[:1])
    return best


def _author_may_speak(view: View, chosen: Sequence[View]) -> bool:
    author = author_key(view.perspective)
    said = [other for other in chosen if author_key(other.perspective) == author]
    same_stance = any(other.position.stance is view.position.stance for other in said)
    return not same_stance and len(said) < PER_AUTHOR


def split_by_stance(
    views: Iterable[View], cited: Sequence[View] = ()
) -> dict[Stance, tuple[View, ...]]:
    """The views of each stance, each author counted once a stance, most voices first.

    Where an author has several views of one stance, a `cited` one stands for them.
    """
    groups: dict[Stance, dict[str, View]] = {}
    order = list(Stance)
    for view in sorted(views, key=lambda v: (v not in cited, -v.relevance, v.perspective.id)):
        group = groups.setdefault(view.position.stance, {})
        group.setdefault(author_key(view.perspective), view)
    ranked = sorted(groups, key=lambda stance: (-len(groups[stance]), order.index(stance)))
    return {stance: tuple(groups[stance].values()) for stance in ranked}
