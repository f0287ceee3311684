"""Setting the sentences of an answer as Markdown, and its citation numbers in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from corpus.types import Language
from tutor.answer import Citation, Section, Sentence
from tutor.drafts import Draft
from tutor.phrases import next_topic_title, section_title

_MARKER = re.compile(r"\[(\d{1,3})\]")


def number_in_reading_order(
    drafts: Sequence[Draft], citations: Sequence[Citation]
) -> tuple[tuple[Draft, ...], tuple[Citation, ...]]:
    """Renumber the citations as a reader meets them; those that nothing cites are left out."""
    met = dict.fromkeys(int(n) for draft in drafts for n in _MARKER.findall(draft.text))
    new = {old: rank for rank, old in enumerate(met, start=1)}
    renumbered = tuple(
        replace(
            draft,
            text=_MARKER.sub(lambda match: f"[{new[int(match[1])]}]", draft.text),
            citations=tuple(sorted(new[number] for number in draft.citations)),
        )
        for draft in drafts
    )
    by_number = {citation.number: citation for citation in citations}
    return renumbered, tuple(replace(by_number[old], number=number) for old, number in new.items())


def lay_out(sentences: Sequence[Sentence], language: Language) -> str:
    """The answer as Markdown: topics, then sections, apart; each list item on its own line."""
    order = list(Section)
    topics = list(dict.fromkeys(sentence.topic for sentence in sentences if sentence.topic))

    def place(sentence: Sentence) -> tuple[int, int]:
        rank = topics.index(sentence.topic) if sentence.topic else len(topics)
        opens = sentence.topic is None and sentence.section is Section.VERDICT
        return (-1 if opens else rank), order.index(sentence.section)

    parts = []
    for (rank, _), group in groupby(sorted(sentences, key=place), key=place):
        members = list(group)
        if 0 < rank < len(topics) and members[0].section is Section.VERDICT:
            parts.append(next_topic_title(topics[rank], language))
        title = section_title(members[0].section.value, language)
        body = _flow([sentence.text for sentence in members], language)
        parts.append(f"{title}\n\n{body}" if title else body)
    return "\n\n".join(parts)


def _flow(texts: Sequence[str], language: Language) -> str:
    gap = "" if language is Language.CHINESE else " "
    flowed = ""
    for text in texts:
        item = re.match(r"- |\d+\. ", text) is not None
        after_item = re.match(r"- |\d+\. ", flowed.rsplit("\n", 1)[-1]) is not None
        if not flowed:
            flowed = text
        elif item and after_item:
            flowed += f"\n{text}"
        elif item or after_item:
            flowed += f"\n\n{text}"
        else:
            flowed += gap + text
    return flowed
