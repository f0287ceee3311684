"""Which side a text takes on which topic, told by the words it uses.

A lexicon of patterns (`labelling.yaml`) over single sentences, as rule-based stance detection has
it: a target, a cue for or against it near by, and negation in between (Mohammad et al.,
"SemEval-2016 Task 6: Detecting Stance in Tweets", 2016, describe the task). It is cautious: a
wrong label puts words into someone's mouth, an absent one merely leaves a source unlabelled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.sentences import split_sentences
from corpus.types import Bilingual, Goal, Position, Stance, Topic
from ingest.durations import durations
from ingest.stance_patterns import Sides, StancePatterns, TopicWords, stance_patterns

_ENOUGH = 3
_LONGEST = 400
_EDGE = 2
_CORE_WEEKS = 4
_SYSTEMATIC_WEEKS = 10
_LEARNING = re.compile(
    r"学|入门|掌握|上手|速成|看完|搞定|learn|study|stud(?:y|ies)|master|get started|beginner|cover",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"总共|一共|大概|大约|至少|需要|拿出|花|内|时间|take|need|spend|total|at least|about|within",
    re.IGNORECASE,
)


class Labeller(Protocol):
    """Whatever finds the positions that a text takes."""

    def label(self, text: str, question: str = "") -> tuple[Position, ...]:
        """The positions that `text`, an answer to `question`, takes; all are `guessed`."""
        ...

    def notes(self) -> tuple[Bilingual, ...]:
        """What a user should know about how texts were labelled so far; mostly nothing."""
        ...


class RuleLabeller:
    """The Labeller that goes by the patterns of `labelling.yaml` alone."""

    def label(self, text: str, question: str = "") -> tuple[Position, ...]:
        """See `label`."""
        return label(text, question)

    def notes(self) -> tuple[Bilingual, ...]:
        """See `Labeller.notes`."""
        return ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement on a topic: the side it takes, for which goals, and how much it weighs."""

    topic: Topic
    stance: Stance
    goals: frozenset[Goal]
    weight: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence or the part of one up to where it turns, with the goals it speaks to."""

    text: str
    goals: frozenset[Goal]


def label(text: str, question: str = "") -> tuple[Position, ...]:
    """The positions that `text`, an answer to `question`, plainly takes; all are `guessed`.

    A topic is labelled only where one side has enough evidence and twice as much as any other. A
    statement counts once, and once more for each of these: it stands at the beginning or end, it
    is on what was asked, it names a goal. Three are enough. The result is empty for most texts.
    """
    found = evidence(text, question)
    topics = dict.fromkeys(topic.topic for topic in stance_patterns().topics_of(question, text))
    return tuple(
        position
        for topic in topics
        for position in _decided(topic, [each for each in found if each.topic is topic])
    )


def evidence(text: str, question: str = "") -> list[Evidence]:
    """What single sentences of `text` say on any topic, in their order."""
    words = stance_patterns()
    sentences = [text[start:end] for start, end in split_sentences(text)]
    topics = words.topics_of(question, text)
    asked = [topic for topic in topics if topic.anchor.search(question)]
    found: list[Evidence] = []
    for number, sentence in enumerate(sentences):
        edge = number < _EDGE or number >= len(sentences) - _EDGE
        if len(sentence) <= _LONGEST and not words.no_side.search(sentence):
            found += _of_reply(sentence, question, topics, asked) if number == 0 else ()
            found += _of_sentence(sentence, topics, asked, edge=edge)
            found += _of_durations(sentence, edge=edge)
    return found


def _of_sentence(
    sentence: str, topics: Sequence[TopicWords], asked: Sequence[TopicWords], *, edge: bool
) -> Iterator[Evidence]:
    words = stance_patterns()
    meant = [topic for topic in topics if not topic.general or topic.anchor.search(sentence)]
    for part in _parts(words.plain(sentence), words):
        for topic in meant:
            masked = words.masked(part.text, topic, topics)
            stance = _side(masked, topic.sides, words)
            if stance is None:
                continue
            goals = frozenset() if stance is Stance.DEPENDS_ON_GOAL else part.goals
            weight = 1 + edge + (topic in asked) + bool(goals)
            yield Evidence(topic.topic, stance, goals, weight)


def _of_reply(
    opening: str, question: str, topics: Sequence[TopicWords], asked: Sequence[TopicWords]
) -> Iterator[Evidence]:
    """ "No, start right away." speaks of what was asked without naming it."""
    words = stance_patterns()
    named = any(topic.general and topic.anchor.search(opening) for topic in topics)
    if len(asked) == 1 and not named and not words.opposite.search(question):
        stance = _side(words.plain(opening), words.replies, words)
        if stance is not None:
            yield Evidence(asked[0].topic, stance, frozenset(), _ENOUGH)


def _parts(sentence: str, words: StancePatterns) -> Iterator[_Part]:
    goals: frozenset[Goal] = frozenset()
    for text in words.turn.split(sentence):
        goals = words.goals_in(text) or goals
        yield _Part(text, goals)


def _side(text: str, sides: Sides, words: StancePatterns) -> Stance | None:
    if words.depends.search(text):
        return Stance.DEPENDS_ON_GOAL
    statement = words.condition.sub("", text)
    return next((stance for stance, form in sides.items() if form.search(statement)), None)


def _of_durations(sentence: str, *, edge: bool) -> Iterator[Evidence]:
    if not _LEARNING.search(sentence):
        return
    weight = 1 + edge + bool(_TOTAL.search(sentence))
    goals = stance_patterns().goals_in(sentence)
    for weeks in durations(sentence):
        if weeks < _CORE_WEEKS:
            stance = Stance.NOT_NEEDED
        else:
            stance = Stance.CORE_SUBSET if weeks < _SYSTEMATIC_WEEKS else Stance.NEEDED
        yield Evidence(Topic.TIME_PLAN, stance, goals, weight)


def _decided(topic: Topic, evidence: Sequence[Evidence]) -> Iterator[Position]:
    untied = _winner(each for each in evidence if not each.goals)
    if untied is not None:
        yield Position(topic, untied, (), guessed=True)
    by_goal = {goal: _winner(each for each in evidence if goal in each.goals) for goal in Goal}
    for stance in Stance:
        goals = tuple(goal for goal, winner in by_goal.items() if winner is stance)
        if goals and stance is not untied:
            yield Position(topic, stance, goals, guessed=True)


def _winner(evidence: Iterable[Evidence]) -> Stance | None:
    weights: Counter[Stance] = Counter()
    for each in evidence:
        weights[each.stance] += each.weight
    ranked = weights.most_common(2)
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    second = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] >= 2 * second else None
