"""How people write the later turns of a conversation: the bundled word list, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus.types import Bilingual, Direction, Goal, Language, Topic

PATH = Path(__file__).with_name("turn_words.yaml")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OPENS_LATIN = re.compile(r"[a-z0-9(]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of turn: `key` must be found, and `words` cover all that is written."""

    key: re.Pattern[str]
    words: re.Pattern[str]

    def covers(self, text: str) -> bool:
        """Whether `text` says nothing else than a turn of this kind does."""
        return bool(self.key.search(text)) and is_bare(self.words.sub(" ", text))


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that is learned, as a whole field."""

    name: Bilingual
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Noun:
    """The bare words that name a topic; `plain` ones are no more than its own name."""

    plain: re.Pattern[str]
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Asking:
    """How a topic is asked about; `particular` is used with a word that is not plain."""

    noun: Bilingual
    ask: Bilingual
    particular: Bilingual


@dataclass(frozen=True, slots=True)
class TurnWords:
    """The parts of `turn_words.yaml`, under the names that they have there."""

    lead: re.Pattern[str]
    connective: re.Pattern[str]
    supposing: re.Pattern[str]
    new_topic: re.Pattern[str]
    instruction: re.Pattern[str]
    language_inside: Mapping[Language, re.Pattern[str]]
    language_names: Mapping[Language, re.Pattern[str]]
    kinds: Mapping[str, Kind]
    predicates: Mapping[Topic, Kind]
    pointing: re.Pattern[str]
    person: re.Pattern[str]
    course: re.Pattern[str]
    ordinal: re.Pattern[str]
    filler: re.Pattern[str]
    aims: Mapping[Goal, re.Pattern[str]]
    fields: Mapping[Direction, re.Pattern[str]]
    subjects: tuple[Subject, ...]
    nouns: Mapping[Topic, Noun]
    joiner: re.Pattern[str]
    frame_start: re.Pattern[str]
    frame_end: re.Pattern[str]
    claims: re.Pattern[str]
    introduction: re.Pattern[str]
    asks: re.Pattern[str]
    denied: re.Pattern[str]
    finished: re.Pattern[str]
    corrections: tuple[re.Pattern[str], ...]
    withdrawn: Mapping[str, re.Pattern[str]]
    purposes: Mapping[Goal, Bilingual]
    fields_named: Mapping[Direction, Bilingual]
    questions: Mapping[Topic, Asking]
    phrases: Mapping[str, Bilingual]


def is_bare(text: str) -> bool:
    """Whether `text` holds no letter and no digit."""
    return not any(character.isalnum() for character in text)


@cache
def turn_words() -> TurnWords:
    """The word list that ships with the tutor, read once."""
    data = _joined(yaml.load(PATH.read_text("utf-8"), Loader=yaml.CSafeLoader))
    names = {Language(code): names for code, names in data["language_names"].items()}
    inside = data["language_inside"]
    return TurnWords(
        lead=_words("|".join(data["lead"])),
        connective=re.compile(data["connective"], re.IGNORECASE),
        supposing=_words(data["supposing"]),
        new_topic=re.compile(data["new_topic"], re.IGNORECASE),
        instruction=re.compile(data["instruction"], re.IGNORECASE),
        language_inside={
            code: re.compile(inside.replace("{language}", words), re.IGNORECASE)
            for code, words in names.items()
        },
        language_names={code: _words(words) for code, words in names.items()},
        kinds={name: _kind(entry) for name, entry in data["kinds"].items()},
        predicates={Topic(name): _kind(entry) for name, entry in data["predicates"].items()},
        pointing=re.compile(data["pointing"], re.IGNORECASE),
        person=_words(data["person"]),
        course=_words(data["course"]),
        ordinal=re.compile(data["ordinal"], re.IGNORECASE),
        filler=_words(data["filler"]),
        aims={Goal(name): _words(words) for name, words in data["aims"].items()},
        fields={Direction(name): _words(words) for name, words in data["fields"].items()},
        subjects=tuple(
            Subject(Bilingual(entry["zh"], entry["en"]), _words(entry["words"]))
            for entry in data["subjects"]
        ),
        nouns={
            Topic(name): Noun(_words(entry["plain"]), _words(entry["words"]))
            for name, entry in data["nouns"].items()
        },
        joiner=_words(data["joiner"]),
        frame_start=_words(data["frame_start"]),
        frame_end=_words(data["frame_end"]),
        claims=re.compile(data["claims"], re.IGNORECASE),
        introduction=re.compile(data["introduction"], re.IGNORECASE),
        asks=re.compile(data["asks"], re.IGNORECASE),
        denied=re.compile(data["denied"], re.IGNORECASE),
        finished=re.compile(data["finished"], re.IGNORECASE),
        corrections=tuple(re.compile(pattern, re.IGNORECASE) for pattern in data["corrections"]),
        withdrawn={
            name: re.compile(words, re.IGNORECASE) for name, words in data["withdrawn"].items()
        },
        purposes={Goal(name): _bilingual(entry) for name, entry in data["purposes"].items()},
        fields_named={Direction(n): _bilingual(entry) for n, entry in data["fields_named"].items()},
        questions={Topic(name): _asking(entry) for name, entry in data["questions"].items()},
        phrases={name: _bilingual(entry) for name, entry in data["phrases"].items()},
    )


def _joined(value: Any) -> Any:
    """A pattern may stand on several lines; the ends of lines are no part of it."""
    if isinstance(value, dict):
        return {key: _joined(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_joined(each) for each in value]
    return value.replace("\n", "") if isinstance(value, str) else value


def _kind(entry: Mapping[str, Any]) -> Kind:
    around = entry["around"]
    lists = around if isinstance(around, list) else [around]
    return Kind(_words(entry["key"]), _words("|".join([entry["key"], *lists])))


def _words(alternatives: str) -> re.Pattern[str]:
    """The longest alternative first, since a regular expression takes the first that fits.

    Latin words end where Latin letters end; \\b would take Han characters for letters.
    """
    ordered = sorted(filter(None, _split(alternatives)), key=len, reverse=True)
    latin = [each for each in ordered if _OPENS_LATIN.match(each) and not _HAN.search(each)]
    others = [each for each in ordered if each not in latin]
    if latin:
        others.append(f"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])")
    return re.compile("|".join(others) or r"(?!)", re.IGNORECASE)


def _split(alternatives: str) -> Iterable[str]:
    """The alternatives that are not inside a group."""
    depth, start = 0, 0
    for place, character in enumerate(alternatives):
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            yield alternatives[start:place]
            start = place + 1
    yield alternatives[start:]


def _bilingual(entry: Mapping[str, str]) -> Bilingual:
    return Bilingual(zh=entry["zh"], en=entry["en"])


def _asking(entry: Mapping[str, Any]) -> Asking:
    ask = _bilingual(entry["ask"])
    particular = _bilingual(entry["particular"]) if "particular" in entry else ask
    return Asking(_bilingual(entry["noun"]), ask, particular)
