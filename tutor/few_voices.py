"""Fewer voices beside a plan: the weightiest, with another side among them where there is one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.types import Topic
from tutor.plan_place import PlanPlace
from tutor.selection import Decision, Reason, View
from tutor.topic_material import TopicMaterial

_MOST = 3  # voices on what matters most
_BESIDE = {PlanPlace.FIRST: 1, PlanPlace.LAST: 2}  # on the other topic


def beside_plan(
    topics: tuple[TopicMaterial, ...], place: PlanPlace, named: Collection[Topic]
) -> tuple[TopicMaterial, ...]:
    """`topics` with as few voices as an answer with a plan has room for.

    Beside a plan that comes first, a topic is heard only if the question has `named` it. What the
    plan says of the time needs few opinions.
    """
    heard = [material.topic for material in topics]
    if place is PlanPlace.FIRST:
        heard = heard[:1] + [topic for topic in heard[1:] if topic in named]
    heard = [topic for topic in heard if topic is not Topic.TIME_PLAN or topic is heard[0]]
    particular = [topic for topic in heard if topic is not Topic.TIME_PLAN] or heard
    room = dict.fromkeys(heard, _BESIDE[place]) | dict.fromkeys(particular[:1], _MOST)
    if place is PlanPlace.FIRST and len(heard) > 1:
        room[particular[0]] = _MOST - _BESIDE[place]
    return tuple(with_few_voices(material, room.get(material.topic, 0)) for material in topics)


def with_few_voices(material: TopicMaterial, most: int) -> TopicMaterial:
    """`material` with at most `most` views to cite, and whoever is asked about by name."""
    kept = _kept(material, most)
    return replace(material, decisions=tuple(_decided(each, kept) for each in material.decisions))


def _decided(decision: Decision, kept: Sequence[View]) -> Decision:
    if decision.view in kept:
        reason = decision.reason if decision.chosen else Reason.BEST_OF_STANCE
        return replace(decision, chosen=True, reason=reason)
    return replace(decision, chosen=False, reason=Reason.LIMIT) if decision.chosen else decision


def _kept(material: TopicMaterial, most: int) -> list[View]:
    """The best view of a leading side, the best of another one, then the weightiest."""
    told = [each for each in material.decisions if _is_told(each.view, material)]
    leading = [each.view for each in told if each.view.position.stance in material.leads]
    chosen = [each.view for each in told if each.chosen]
    others = [view for view in chosen if view.position.stance not in material.leads]
    ranked = [*leading[:1], *others[:1], *chosen]
    kept = list({id(view): view for view in ranked}.values())[:most]
    return kept + [view for view in chosen if view.asked and view not in kept]


def _is_told(view: View, material: TopicMaterial) -> bool:
    """Whether a view has a line of its own: not one of the leading side for another goal."""
    general = not view.position.goals or view in material.scope
    return view.asked or general or view.position.stance not in material.leads
