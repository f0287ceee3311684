"""Setting the sentences of an answer as Markdown, and its citation numbers in reading order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.types import Language, Topic
from tutor.answer import Citation, Section, Sentence
from tutor.drafts import Draft
from tutor.phrases import next_topic_title, section_title

_MARKER = re.compile(r"\[(\d{1,3})\]")
_MARKERS = re.compile(r"(?:\[\d{1,3}\]){2,}")
_ITEM = re.compile(r"- |\d+\. ")


@dataclass(slots=True)
class ReadingOrder:
    """Numbers citations anew as a reader meets them; those that nothing cites get no number."""

    _numbers: dict[int, int] = field(default_factory=dict)

    def numbers(self, old: Sequence[int]) -> tuple[int, ...]:
        """The numbers that the reader sees; what was not met yet comes next."""
        return tuple(self._numbers.setdefault(each, len(self._numbers) + 1) for each in old)

    def renumber(self, draft: Draft) -> Draft:
        """`draft` with the numbers that the reader sees."""
        self.numbers([int(old) for old in _MARKER.findall(draft.text)])
        return replace(
            draft,
            text=_MARKERS.sub(
                _ascending,
                _MARKER.sub(lambda match: f"[{self._numbers[int(match[1])]}]", draft.text),
            ),
            citations=tuple(sorted(self._numbers[number] for number in draft.citations)),
        )

    def printed(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        """Those of `citations` that were met, under their new numbers and in their order."""
        by_number: Mapping[int, Citation] = {citation.number: citation for citation in citations}
        return tuple(
            replace(by_number[old], number=number) for old, number in self._numbers.items()
        )


def _ascending(row: re.Match[str]) -> str:
    return "".join(f"[{number}]" for number in sorted(map(int, _MARKER.findall(row[0]))))


def number_in_reading_order(
    drafts: Sequence[Draft], citations: Sequence[Citation]
) -> tuple[tuple[Draft, ...], tuple[Citation, ...]]:
    """Renumber the citations as a reader meets them; those that nothing cites are left out."""
    order = ReadingOrder()
    return tuple(map(order.renumber, drafts)), order.printed(citations)


def in_printing_order(drafts: Sequence[Draft], *, plan_first: bool = False) -> list[Draft]:
    """Drafts by topic, then by section; what belongs to the whole answer opens or closes it.

    The plan comes after the topics, or before them with `plan_first`.
    """
    opening = (Section.VERDICT, Section.PLAN) if plan_first else (Section.VERDICT,)
    sections = list(Section)
    topics = list(dict.fromkeys(draft.topic for draft in drafts if draft.topic))

    def place(draft: Draft) -> tuple[int, int]:
        rank = topics.index(draft.topic) if draft.topic else len(topics)
        opens = draft.topic is None and draft.section in opening
        return (-1 if opens else rank), sections.index(draft.section)

    return sorted(drafts, key=place)


def separator(before: Sequence[Sentence], following: Draft, language: Language) -> str:
    """What stands between the sentences `before` and the `following` one, headings included."""
    if not before:
        return _headings(following, language, first_topic=True)
    last = before[-1]
    if (last.section, last.topic) != (following.section, following.topic):
        known: set[Topic | None] = {sentence.topic for sentence in before}
        opened = any(sentence.section is Section.PLAN for sentence in before)
        first_topic = following.topic in known or (known == {None} and not opened)
        return "\n\n" + _headings(following, language, first_topic=first_topic)
    return "\n\n" if following.paragraph else _gap(last.text, following.text, language)


def lay_out(sentences: Sequence[Sentence]) -> str:
    """The answer as Markdown: each sentence after what stands before it."""
    return "".join(sentence.before + sentence.text for sentence in sentences)


def _headings(draft: Draft, language: Language, *, first_topic: bool) -> str:
    titles = [
        next_topic_title(draft.topic, language) if draft.topic and not first_topic else "",
        section_title(draft.section.value, language),
    ]
    return "".join(f"{title}\n\n" for title in titles if title)


def _gap(last: str, following: str, language: Language) -> str:
    item = _ITEM.match(following) is not None
    after_item = _ITEM.match(last.rsplit("\n", 1)[-1]) is not None
    if item and after_item:
        return "\n"
    if item or after_item:
        return "\n\n"
    return "" if language is Language.CHINESE else " "
