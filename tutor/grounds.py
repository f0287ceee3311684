"""Whether the sources cover a question, and which topics and names it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.index import Index
from corpus.types import Topic
from tutor.evidence import Evidence, evidence, in_own_words, names_nothing_else, probability
from tutor.examples import Likeness
from tutor.named import NOBODY, Named, named_in
from tutor.plan_place import PlanPlace, plan_place
from tutor.plan_wish import names_only_plan
from tutor.retrieval import Retrieved
from tutor.topics import asked_topics
from tutor.understanding import Understanding

# Probability that the sources cover the question; by cross-validation on the tune half about as
# many questions are then wrongly answered as are wrongly turned down.
ANSWERED_FROM = 0.5
# The same, when the question names one of the sources.
ANSWERED_FROM_IF_NAMED = 0.12
# The same, when it names a topic and no field besides.
ANSWERED_FROM_IF_NOTHING_ELSE = 0.3
# The same, when a turn may go on with a conversation that was answered, and the sources know
# most of its words; turns on something else hardly ever reach both.
ANSWERED_FROM_IF_CONTINUING = 0.12
_WORDS_KNOWN = 0.6
# The same, when a language model reads the question as one on something else.
ANSWERED_FROM_IF_DOUBTED = 0.75


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an answer stands on; `covered` is the probability that the sources cover the question.

    `topics` are empty unless the sources cover it; `plan` is where the plan stands that is wanted.
    An `answerable` question without topics is answered about the source it names, or in the words
    of those who come closest.
    """

    understanding: Understanding
    retrieved: Retrieved
    likeness: Likeness
    named: Named
    measured: Evidence
    covered: float
    answerable: bool
    topics: tuple[Topic, ...]
    plan: PlanPlace | None = None


def grounds(
    index: Index,
    understanding: Understanding,
    retrieved: Retrieved,
    likeness: Likeness,
    *,
    in_scope: bool | None = None,
) -> Grounds:
    """Weigh what speaks for answering.

    A language model that thinks the question `in_scope` changes nothing: its word opens the door
    to questions on neighbouring fields. One that thinks it is not must be outweighed.
    """
    named = named_in(index, understanding.text)
    names_source = named != NOBODY
    measured = evidence(understanding, retrieved, likeness, names_source=names_source)
    covered = probability(measured)
    needed = _needed(understanding, measured.coverage, in_scope, names_source=names_source)
    standing = () if names_source else understanding.continues
    about = replace(understanding, topics=understanding.topics or standing)
    topics = asked_topics(about, likeness, asks_of_source=names_source)
    plan = plan_place(understanding, topics, names_source=names_source)
    nothing_else = plan is not None and names_only_plan(understanding.text.casefold())
    answerable = covered >= needed or nothing_else
    return Grounds(
        understanding,
        retrieved,
        likeness,
        named,
        measured,
        covered,
        answerable or in_own_words(understanding.text, retrieved),
        topics if answerable else (),
        plan if answerable else None,
    )


def _needed(
    understanding: Understanding, words_known: float, in_scope: bool | None, *, names_source: bool
) -> float:
    if names_source:
        return ANSWERED_FROM_IF_NAMED
    if names_nothing_else(understanding):
        return ANSWERED_FROM_IF_NOTHING_ELSE
    if in_scope is False:
        return ANSWERED_FROM_IF_DOUBTED
    continues = understanding.continues and words_known >= _WORDS_KNOWN
    return ANSWERED_FROM_IF_CONTINUING if continues else ANSWERED_FROM
