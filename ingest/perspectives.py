"""From what readers find to the sources that are stored."""

from __future__ import annotations

import hashlib
from functools import cache

from corpus.perspective_files import load_perspectives
from corpus.types import Bilingual, Perspective, ReadExtent, Source, Text
from ingest.identity import KnownAnswers, identified
from ingest.known import KnownPerspectives
from ingest.labelling import Labeller
from ingest.raw import RawPerspective, Reading

_ID_DIGITS = 10


def sources_of(
    reading: Reading, known: KnownPerspectives, labeller: Labeller
) -> tuple[Source, ...]:
    """The sources that a document gives, each once, with labels and ids; in their order.

    An answer that the document holds twice is kept as it is longest.
    """
    longest: dict[tuple[type, str], Source] = {}
    answers = (
        _perspective(answer, known.id_of(answer.url) or _id(answer), labeller)
        for answer in _identified(reading.perspectives)
    )
    for source in (*reading.sources, *answers):
        key = (type(source), source.url)
        if key not in longest or _length(source) > _length(longest[key]):
            longest[key] = source
    return tuple(longest.values())


def _identified(answers: tuple[RawPerspective, ...]) -> tuple[RawPerspective, ...]:
    return answers if all(answer.url for answer in answers) else identified(answers, _shipped())


@cache
def _shipped() -> KnownAnswers:
    """Shipped answers only: what else is known depends on the order in which it came in."""
    return KnownAnswers(load_perspectives())


def _id(answer: RawPerspective) -> str:
    digest = hashlib.sha256(answer.url.encode()).hexdigest()
    return f"{answer.platform}-{digest[:_ID_DIGITS]}"


def _perspective(answer: RawPerspective, id: str, labeller: Labeller) -> Perspective:
    return Perspective(
        id=id,
        author=answer.author,
        platform=answer.platform,
        url=answer.url,
        question=Bilingual(answer.question, answer.question),
        title=Bilingual(answer.title, answer.title),
        published=answer.published,
        votes=answer.votes,
        language=answer.language,
        read=ReadExtent.WHOLE,
        positions=labeller.label(answer.body, f"{answer.question} {answer.title}"),
        paths=(),
        resources=answer.resources,
        texts=(Text(answer.language, verbatim=True, body=answer.body),),
    )


def _length(source: Source) -> int:
    return sum(len(text.body) for text in source.texts)
