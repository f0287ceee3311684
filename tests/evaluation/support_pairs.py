"""Sentences beside the source they cite, with the verdict of a careful reader.

`support/*.yaml` hold evidence and claims, `support/inference.yaml` sentences without a source.
`docs/evaluation.md` defines the fields.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from evaluation_questions import Half

from corpus.types import (
    Bilingual,
    Course,
    Language,
    Perspective,
    Position,
    ReadExtent,
    Source,
    Stance,
    Text,
    Topic,
)

DIRECTORY = Path(__file__).with_name("support")
INFERENCES = DIRECTORY / "inference.yaml"
# Chosen before anything was measured, as the one of eight that split the first pairs most evenly.
SALT = "xianhou-support-4"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one source says: `text`, by `author`; the side it takes where it takes one."""

    source: str
    kind: str
    author: str
    platform: str
    language: Language
    text: str
    topic: Topic | None = None
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim beside its evidence; `change` says how it was made from it."""

    evidence: Evidence
    claim: str
    language: Language
    supported: bool
    change: str
    half: Half

    @property
    def languages(self) -> str:
        """The languages of evidence and claim, such as "zh-en"."""
        return f"{self.evidence.language}-{self.language}"


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """A sentence without a source beside the `context` it was written from: question, sources."""

    text: str
    language: Language
    context: str
    allowed: bool
    change: str
    half: Half


def half_of_source(source: str) -> Half:
    """The half of everything that rests on `source`, by a hash that nobody chose."""
    digest = hashlib.sha256(f"{SALT}:{source}".encode()).digest()
    return Half.TUNE if digest[0] % 2 == 0 else Half.TEST


def load_pairs(directory: Path = DIRECTORY, half: Half | None = None) -> list[Pair]:
    """All pairs, or those of one half, in the order of the files.

    Raises KeyError or ValueError where an entry is not as documented.
    """
    entries = [
        entry
        for path in sorted(directory.glob("*.yaml"))
        if path != INFERENCES
        for entry in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) or ()
    ]
    pairs = [pair for entry in entries for pair in _pairs(entry)]
    return [pair for pair in pairs if half in (None, pair.half)]


def load_own_sentences(path: Path = INFERENCES, half: Half | None = None) -> list[OwnSentence]:
    """The labelled sentences without a source, or those of one half."""
    entries = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    sentences = [sentence for entry in entries for sentence in _own_sentences(entry)]
    return [sentence for sentence in sentences if half in (None, sentence.half)]


def as_source(evidence: Evidence, bundled: Sequence[Source] = ()) -> Source:
    """The evidence as a stored source with nothing else in it.

    Names of a bundled source that an excerpt cannot show (aliases, titles, instructors) come
    from that source.
    """
    text = Text(evidence.language, verbatim=True, body=evidence.text)
    known = next((source for source in bundled if source.id == evidence.source), None)
    if isinstance(known, Course):
        return _course_like(known, text)
    return _perspective(evidence, text, known)


def _pairs(entry: dict[str, Any]) -> list[Pair]:
    evidence = Evidence(
        source=entry["source"],
        kind=entry["kind"],
        author=entry.get("author") or "",
        platform=entry.get("platform") or "",
        language=Language(entry["language"]),
        text=" ".join(entry["evidence"].split()),
        topic=Topic(entry["topic"]) if entry.get("topic") else None,
        stance=Stance(entry["stance"]) if entry.get("stance") else None,
    )
    half = half_of_source(evidence.source)
    return [
        Pair(
            evidence,
            claim["text"],
            Language(claim["language"]),
            {"supported": True, "unsupported": False}[claim["verdict"]],
            claim["change"],
            half,
        )
        for claim in entry["claims"]
    ]


def _own_sentences(entry: dict[str, Any]) -> list[OwnSentence]:
    return [
        OwnSentence(
            sentence["text"],
            Language(entry["language"]),
            entry["context"],
            {"allowed": True, "refused": False}[sentence["verdict"]],
            sentence["change"],
            half_of_source(entry["id"]),
        )
        for sentence in entry["sentences"]
    ]


def _perspective(evidence: Evidence, text: Text, known: Source | None) -> Perspective:
    positions: tuple[Position, ...] = ()
    if evidence.topic and evidence.stance:
        positions = (Position(evidence.topic, evidence.stance, ()),)
    return Perspective(
        id=evidence.source,
        author=evidence.author,
        platform=evidence.platform,
        url=f"https://example.org/{evidence.source}",
        question=Bilingual("", ""),
        title=Bilingual("", ""),
        published=None,
        votes=None,
        language=evidence.language,
        read=ReadExtent.WHOLE,
        positions=positions,
        paths=(),
        resources=(),
        texts=(text,),
        author_aliases=known.author_aliases if isinstance(known, Perspective) else (),
    )


def _course_like(course: Course, text: Text) -> Course:
    return replace(course, texts=(text,))
