"""The patterns of `labelling.yaml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.types import Goal, Stance, Topic

Sides = Mapping[Stance, re.Pattern[str]]

_SHORT_GAP = r"[^■。！？!?]{0,12}?"
_LONG_GAP = r"[^■。！？!?]{0,45}?"


@dataclass(frozen=True, slots=True)
class TopicWords:
    """How texts speak of one topic: `anchor` finds what it is about, `sides` what is said of it.

    The topic is looked for in texts where `about` occurs at least `times`, the question counting
    `times` over; it is then looked for in place of those in `instead_of`. `sides` are in the order
    in which to try them, and hold the patterns for any topic too where `general` is set.
    """

    topic: Topic
    anchor: re.Pattern[str]
    sides: Sides
    about: re.Pattern[str] | None
    times: int
    instead_of: frozenset[Topic]
    general: bool

    def occurs(self, question: str, text: str) -> bool:
        """Whether a text that answers `question` is one in which to look for the topic."""
        if self.about is None or self.about.search(question):
            return True
        return sum(1 for _ in self.about.finditer(text)) >= self.times


@dataclass(frozen=True, slots=True)
class StancePatterns:
    """All patterns; see the comments in `labelling.yaml`."""

    no_side: re.Pattern[str]
    same_as: tuple[tuple[re.Pattern[str], str], ...]
    condition: re.Pattern[str]
    turn: re.Pattern[str]
    depends: re.Pattern[str]
    goals: Mapping[Goal, re.Pattern[str]]
    not_this_goal: re.Pattern[str]
    replies: Sides
    opposite: re.Pattern[str]
    topics: tuple[TopicWords, ...]

    def topics_of(self, question: str, text: str) -> list[TopicWords]:
        """The topics to look for in a text that answers `question`."""
        found = [topic for topic in self.topics if topic.occurs(question, text)]
        dropped = {other for topic in found for other in topic.instead_of}
        return [topic for topic in found if topic.topic not in dropped]

    def plain(self, sentence: str) -> str:
        """`sentence` with double negatives said positively."""
        for pattern, meaning in self.same_as:
            sentence = pattern.sub(meaning, sentence)
        return sentence

    def masked(self, text: str, topic: TopicWords, topics: Sequence[TopicWords]) -> str:
        """`text` with ▲ for what `topic` is about and ■ for what others of `topics` are about;
        as it is for a topic that is not general."""
        if not topic.general:
            return text
        text = topic.anchor.sub("▲", text)
        for other in topics:
            if other is not topic and other.general:
                text = other.anchor.sub("■", text)
        return text

    def goals_in(self, text: str) -> frozenset[Goal]:
        """The goals that `text` names, without those it excludes."""
        return frozenset(
            goal
            for goal, pattern in self.goals.items()
            if any(
                not self.not_this_goal.search(text[: match.start()])
                for match in pattern.finditer(text)
            )
        )


@cache
def stance_patterns() -> StancePatterns:
    """The patterns, read at first use."""
    import yaml

    data = yaml.safe_load(files("ingest").joinpath("labelling.yaml").read_text("utf-8"))
    return StancePatterns(
        no_side=_either(data["no_side"]),
        same_as=tuple((_compile(pattern), meaning) for pattern, meaning in data["same_as"]),
        condition=_compile(data["condition"]),
        turn=_compile(data["turn"]),
        depends=_compile(data["depends"]),
        goals={Goal(goal): _compile(pattern) for goal, pattern in data["goals"].items()},
        not_this_goal=_compile(data["not_this_goal"]),
        replies=_sides(data["replies"]),
        opposite=_compile(data["opposite"]),
        topics=tuple(
            _topic(Topic(name), words, data["sides"]) for name, words in data["topics"].items()
        ),
    )


def _topic(
    topic: Topic, words: Mapping[str, Any], general_sides: Mapping[str, Sequence[str]]
) -> TopicWords:
    general = words.get("general", True)
    sides = {
        stance: [*words["sides"].get(stance, ()), *(patterns if general else ())]
        for stance, patterns in general_sides.items()
    }
    return TopicWords(
        topic=topic,
        anchor=_compile(words["anchor"]),
        sides=_sides(sides),
        about=_compile(words["about"]) if "about" in words else None,
        times=words.get("times", 1),
        instead_of=frozenset(Topic(other) for other in words.get("instead_of", ())),
        general=general,
    )


def _sides(sides: Mapping[str, Sequence[str]]) -> Sides:
    return {Stance(stance): _either(patterns) for stance, patterns in sides.items() if patterns}


def _either(patterns: Sequence[str]) -> re.Pattern[str]:
    return _compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _compile(pattern: str) -> re.Pattern[str]:
    gaps = pattern.replace("~", _SHORT_GAP).replace("…", _LONG_GAP)
    return re.compile(gaps, re.IGNORECASE)
