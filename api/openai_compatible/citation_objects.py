"""The sources of an answer as clients take them, beside the list in the text.

Clients have no numbers of ours. They number the sources as they come, and take those with one
title, or one address, for one source; so every number has a title and an address of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from api.source_json import citation_object
from corpus.types import Language
from tutor.answer import Answer, Citation
from tutor.phrases import author_name


@dataclass(frozen=True, slots=True)
class Marker:
    """`text[start:end]` is "[number]" in the text of a completion, counted in code points."""

    number: int
    start: int
    end: int


def annotation_objects(markers: Iterable[Marker], answer: Answer) -> list[dict[str, Any]]:
    """Each marker with its source, as OpenAI has it; those of the first source come first."""
    sources = {citation.number: citation for citation in answer.citations}
    addresses = _addresses(answer.citations)
    return [
        {
            "type": "url_citation",
            "url_citation": {
                "url": addresses[marker.number],
                "title": _title(sources[marker.number], answer.language),
                "start_index": marker.start,
                "end_index": marker.end,
            },
        }
        for marker in sorted(markers, key=lambda marker: (marker.number, marker.start))
        if marker.number in sources
    ]


def source_objects(answer: Answer) -> list[dict[str, Any]]:
    """The citations with their quotations.

    `source`, `document` and `metadata` are what Open WebUI expects in a list of this name, which
    it takes as its own when it does not stream.
    """
    addresses = _addresses(answer.citations)
    return [
        {
            **citation_object(citation),
            "source": {"name": title, "url": addresses[citation.number]},
            "document": [citation.quote],
            "metadata": [{"name": title, "source": addresses[citation.number]}],
        }
        for citation in answer.citations
        for title in [_title(citation, answer.language)]
    ]


def _title(citation: Citation, language: Language) -> str:
    author = author_name(citation.author, language)
    return f"[{citation.number}] {' '.join(f'{author} · {citation.title}'.split())}"


def _addresses(citations: Sequence[Citation]) -> dict[int, str]:
    """An address for each number; that of a further quotation from a page names no place in it."""
    addresses: dict[int, str] = {}
    for citation in citations:
        url = citation.url
        if url in addresses.values():
            url += f"{'-' if '#' in url else '#'}{citation.number}"
        addresses[citation.number] = url
    return addresses
