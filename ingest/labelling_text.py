"""What the learned labeller sees of a text: its sentences, their words, and what they mention."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from corpus.sentences import split_sentences
from corpus.types import Topic

_LONGEST = 400
_HAN = "\u3400"
_RUN = re.compile(r"[a-z][a-z'+#]*|[\u3400-\u9fff]+|\d+")
_ENDING = re.compile(r"(?:ing|ed|es|s|ly)$")
_LONGEST_GRAM = 3


def sentences_of(text: str) -> list[str]:
    """The sentences of `text` in their order, without headings and what is too long to be one."""
    pieces = (text[start:end] for start, end in split_sentences(text))
    return [piece for piece in pieces if not piece.startswith("#") and len(piece) <= _LONGEST]


def grams(sentence: str) -> Counter[str]:
    """How often each word, stem, pair of words and Han sequence of up to three signs occurs."""
    return Counter(_grams(sentence))


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


@cache
def mentions() -> Mapping[Topic, re.Pattern[str]]:
    """What a sentence mentions that may take a side on a topic."""
    import yaml

    patterns = yaml.safe_load(
        files("ingest").joinpath("labelling_mentions.yaml").read_text("utf-8")
    )
    return {topic: re.compile(patterns[topic.value], re.IGNORECASE) for topic in Topic}
