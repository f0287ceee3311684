"""What the learned labeller sees of a text: its sentences, their words, and what they mention."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from corpus.sentences import split_sentences
from corpus.types import Topic

_LONGEST = 400
_HAN = "\u3400"
_RUN = re.compile(r"[a-z][a-z'+#]*|[\u3400-\u9fff]+|\d+")
_ENDING = re.compile(r"(?:ing|ed|es|s|ly)$")
_LONGEST_GRAM = 3
_CLAUSE = re.compile(
    r"[，,；;。]|但|而(?!且)|(?<![a-z])(?:but|while|and then|though)(?![a-z])", re.IGNORECASE
)


def sentences_of(text: str) -> list[str]:
    """The sentences of `text` in their order, without headings and what is too long to be one."""
    pieces = (text[start:end] for start, end in split_sentences(text))
    return [piece for piece in pieces if not piece.startswith("#") and len(piece) <= _LONGEST]


@lru_cache(maxsize=4096)
def grams(sentence: str) -> Mapping[str, int]:
    """How often each of these occurs: words, stems, pairs of words, Han sequences, cues.

    Han sequences have up to three signs. A cue is counted with each topic that its clause mentions;
    a clause that mentions none goes on about the topics of the one before.
    """
    return Counter((*_grams(sentence), *_cues_by_topic(sentence)))


def _grams(sentence: str) -> Iterator[str]:
    before = ""
    for match in _RUN.finditer(sentence.lower()):
        run = match[0]
        if run[0] >= _HAN:
            for length in range(1, _LONGEST_GRAM + 1):
                yield from (run[i : i + length] for i in range(len(run) - length + 1))
            before = ""
        elif run[0].isdigit():
            yield "#"
        else:
            yield run
            yield f"~{_ENDING.sub('', run)}"
            if before:
                yield f"{before} {run}"
            before = run


def _cues_by_topic(sentence: str) -> Iterator[str]:
    topics: list[Topic] = []
    for clause in _CLAUSE.split(sentence):
        named = [topic for topic, pattern in mentions().items() if pattern.search(clause)]
        topics = named or topics
        cues = [cue for cue, pattern in _cues().items() if topics and pattern.search(clause)]
        yield from (f"<{cue}@{topic.value}>" for cue in cues for topic in topics)


@cache
def mentions() -> Mapping[Topic, re.Pattern[str]]:
    """What a sentence mentions that may take a side on a topic."""
    patterns = _patterns("labelling_mentions.yaml")
    return {topic: patterns[topic.value] for topic in Topic}


@cache
def _cues() -> Mapping[str, re.Pattern[str]]:
    return _patterns("labelling_cues.yaml")


def _patterns(name: str) -> dict[str, re.Pattern[str]]:
    import yaml

    patterns = yaml.safe_load(files("ingest").joinpath(name).read_text("utf-8"))
    return {key: re.compile(pattern, re.IGNORECASE) for key, pattern in patterns.items()}
