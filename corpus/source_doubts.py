"""What in a collection of sources somebody should look at again."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise

from corpus.claim_support import LEAST_SUPPORT, support
from corpus.course_names import find_courses
from corpus.sentences import split_sentences
from corpus.types import Course, Perspective, Position, Resource, Source, Topic
from corpus.urls import canonical_url

Alike = Callable[[str, str], bool]
"""Whether two texts are the same but for small changes."""

Mentions = Callable[[Topic, str], bool]
"""Whether a text has words that the topic is known by."""

_SIGNS = re.compile(r"[\W_]+")
_SHORTEST_SENTENCE = 8
_FEWEST = 2
_COMMON = 12  # texts that share a sentence; beyond it their pairs are too many to compare


class DoubtKind(StrEnum):
    """What speaks against a label."""

    CLAIM_NOT_IN_TEXT = "claim-not-in-text"
    TOPIC_NOT_IN_TEXT = "topic-not-in-text"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A position of the perspective `source_id` whose label the text does not bear out."""

    source_id: str
    position: Position
    kind: DoubtKind


@dataclass(frozen=True, slots=True)
class NamedResource:
    """Something that several people name; `name` as most of them write it, `sources` are ids."""

    name: str
    url: str | None
    sources: tuple[str, ...]


def doubts(perspectives: Sequence[Perspective], mentions: Mentions) -> Iterator[Doubt]:
    """Positions that the text does not state, whose topic it does not name, or that are guessed."""
    for person in perspectives:
        text = "\n".join(
            (
                *(person.question.zh, person.question.en, person.title.zh, person.title.en),
                *(text.body for text in person.texts),
            )
        )
        for position in person.positions:
            stated = support(position.says, person) if position.says else None
            if stated is not None and stated < LEAST_SUPPORT:
                yield Doubt(person.id, position, DoubtKind.CLAIM_NOT_IN_TEXT)
            if not mentions(position.topic, text):
                yield Doubt(person.id, position, DoubtKind.TOPIC_NOT_IN_TEXT)
            if position.guessed:
                yield Doubt(person.id, position, DoubtKind.GUESSED)


def near_duplicates(sources: Sequence[Source], alike: Alike) -> tuple[tuple[str, str], ...]:
    """The ids of every two sources that hold nearly the same text, each pair once, in order.

    Only texts that share a whole sentence are compared.
    """
    bodies = [(source.id, text.body) for source in sources for text in source.texts]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, (_, body) in enumerate(bodies):
        for sentence in _sentences(body):
            holders[sentence].append(index)
    pairs = {pair for sharing in holders.values() for pair in _pairs(sharing)}
    found = {
        (min(one, other), max(one, other))
        for a, b in pairs
        if (one := bodies[a][0]) != (other := bodies[b][0]) and alike(bodies[a][1], bodies[b][1])
    }
    return tuple(sorted(found))


def _pairs(sharing: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Every two texts; of many, every two neighbours only."""
    return combinations(sharing, 2) if len(sharing) <= _COMMON else pairwise(sharing)


def uncovered_resources(
    perspectives: Sequence[Perspective], courses: Sequence[Course]
) -> tuple[NamedResource, ...]:
    """What two or more people name and no course file covers, the most named first.

    Names that differ in punctuation only, and names of one address, are one resource.
    """
    named: list[tuple[Perspective, Resource]] = [
        (person, resource)
        for person in perspectives
        for resource in person.resources
        if resource.course is None and not find_courses(resource.name, courses)
    ]
    groups: dict[str, list[tuple[Perspective, Resource]]] = defaultdict(list)
    roots = _roots([_names_of(resource) for _, resource in named])
    for person, resource in named:
        groups[roots[_names_of(resource)[0]]].append((person, resource))
    found = [_merged(group) for group in groups.values() if len(_people(group)) >= _FEWEST]
    return tuple(sorted(found, key=lambda each: (-len(each.sources), each.name)))


def _names_of(resource: Resource) -> tuple[str, ...]:
    name = _key(resource.name) or resource.name
    return (name, canonical_url(resource.url)) if resource.url else (name,)


def _roots(names: Sequence[Sequence[str]]) -> dict[str, str]:
    """For each name one of those that stand for the same thing, when those together do."""
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.setdefault(name, name) != name:
            name = parents[name]
        return name

    for together in names:
        for name in together:
            parents[root(name)] = root(together[0])
    return {name: root(name) for name in tuple(parents)}


def _people(group: Sequence[tuple[Perspective, Resource]]) -> set[str]:
    return {person.author or person.id for person, _ in group}


def _merged(group: Sequence[tuple[Perspective, Resource]]) -> NamedResource:
    names = [resource.name for _, resource in group]
    urls = [resource.url for _, resource in group if resource.url]
    return NamedResource(
        name=max(dict.fromkeys(names), key=names.count),
        url=urls[0] if urls else None,
        sources=tuple(sorted({person.id for person, _ in group})),
    )


def _sentences(body: str) -> set[str]:
    keys = (_key(body[start:end]) for start, end in split_sentences(body))
    return {key for key in keys if len(key) >= _SHORTEST_SENTENCE}


def _key(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()
