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
    """One person's position on the asked topic; `relevance` to the question in [0, 1].

    `asked` tells that the question names the person.
    """

    perspective: Perspective
    position: Position
    relevance: float
    asked: bool = False


class Reason(StrEnum):
    """Why a view was chosen or dropped."""

    ASKED = "the question names the person"
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
    """How much a view deserves to be cited: whoever is asked about by name, then those who speak
    to the goal, then by relevance and reliability."""
    value = view.relevance + 4.0 * view.asked
    if speaks_to(view.position, goal):
        value += 2.0
    elif not view.position.goals:
        value += 0.1
    if not view.perspective.author:
        value -= 0.3
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
    chosen = _best_of_each_stance(ranked, goal)
    reasons = {id(view): Reason.ASKED if view.asked else Reason.BEST_OF_STANCE for view in chosen}
    while len(chosen) < limit:
        open_views = [v for v in ranked if id(v) not in reasons and _author_may_speak(v, chosen)]
        if not open_views:
            break
        view = max(open_views, key=lambda v: weight(v, goal) + _adds(v, chosen, goal))
        chosen.append(view)
        reasons[id(view)] = _why_chosen(view, goal)
    return tuple(
        Decision(
            view,
            round(weight(view, goal), 4),
            id(view) in reasons,
            reasons.get(id(view)) or _why_dropped(view, chosen),
        )
        for view in ranked
    )


def _adds(view: View, chosen: Sequence[View], goal: Goal | None) -> float:
    """What a view adds to those chosen: a new person, a side not yet heard.

    Without a known goal, a side may be new for one of the goals that the view speaks to.
    """
    authors = {author_key(other.perspective) for other in chosen}
    if goal is None:
        heard = {(aim, v.position.stance) for v in chosen for aim in v.position.goals}
        new_side = any((aim, view.position.stance) not in heard for aim in view.position.goals)
    else:
        heard_for_goal = {v.position.stance for v in chosen if speaks_to(v.position, goal)}
        new_side = view.position.stance not in heard_for_goal
    return 0.3 * new_side - 1.0 * (author_key(view.perspective) in authors)


def _why_chosen(view: View, goal: Goal | None) -> Reason:
    if view.asked:
        return Reason.ASKED
    return Reason.GOAL if speaks_to(view.position, goal) else Reason.RELEVANT


def _why_dropped(view: View, chosen: Sequence[View]) -> Reason:
    return Reason.LIMIT if _author_may_speak(view, chosen) else Reason.SAME_AUTHOR


def _best_of_each_stance(ranked: Sequence[View], goal: Goal | None) -> list[View]:
    """The heaviest view of each stance, by people who are not heard otherwise if possible."""
    heard = {author_key(v.perspective) for v in ranked if speaks_to(v.position, goal)}
    best: list[View] = []
    for stance in Stance:
        said = Counter(author_key(view.perspective) for view in best)

        def burden(view: View, said: Counter[str] = said) -> tuple[bool, int]:
            author = author_key(view.perspective)
            elsewhere = author in heard and not speaks_to(view.position, goal)
            return elsewhere and bool(view.position.goals), said[author]

        voices = [view for view in ranked if view.position.stance is stance]
        best.extend(sorted(voices, key=burden)[:1])
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
