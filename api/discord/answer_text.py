"""An answer as the messages of a Discord channel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from api.answer_footer import checked, written_by
from api.answer_view import cited_words, notice_line, source_origin
from api.discord import words
from api.discord.markdown import defused, escaped, linked
from api.discord.splitting import LIMIT, shortened, split
from corpus.types import Bilingual, Language
from tutor.answer import Answer, Citation
from tutor.phrases import author_name

MOST_MESSAGES: Final = 5
_LONGEST_QUOTE: Final = 120
_LONGEST_NAME: Final = 80
_LONGEST_QUESTION: Final = 200
_MARKER: Final = re.compile(r"\[(\d{1,6})\]")


def answer_messages(question: str, answer: Answer, notices: Iterable[Bilingual]) -> list[str]:
    """The whole answer with its sources, in at most five messages.

    Where that is too much the quotations go first, then the end of the answer, with a word on it.
    """
    language = answer.language
    said = dict.fromkeys([*answer.notices, *notices])
    warnings = [escaped(notice_line(notice, language).text) for notice in said]
    body = "\n\n".join([_asked(question), defused(answer.text).strip(), *warnings])
    below = "\n\n".join(_below(answer))
    for quoting in (True, False):
        sources = _sources(answer.citations, language, quoting=quoting)
        parts = split(_joined(body, sources, below))
        if len(parts) <= MOST_MESSAGES:
            return parts
    return _cut(body, answer.citations, language)


def unfinished_message(question: str, text: str) -> str:
    """The beginning of an answer that is being written."""
    body = f"{_asked(question)}\n\n{defused(text).strip()}"
    return split(body, LIMIT - 2)[0] + " …"


def status_message(question: str, status: str) -> str:
    """What is being done before the first sentence."""
    return f"{_asked(question)}\n\n*{status}*"


def failure_message(question: str, reason: str) -> str:
    """Why there is no answer."""
    return f"{_asked(question)}\n\n{escaped(reason)}"


def _asked(question: str) -> str:
    return f"> {escaped(shortened(question, _LONGEST_QUESTION))}"


def _below(answer: Answer) -> Iterator[str]:
    if answer.abstained:
        return  # Its text has said everything, with what could be asked instead.
    if answer.follow_ups:
        gap = "" if answer.language is Language.CHINESE else " "
        asked = gap.join(map(escaped, answer.follow_ups))
        yield words.FOLLOW_UPS.text(answer.language) + asked
    if answer.check.sentences:
        yield "\n".join(f"-# {escaped(line)}" for line in (checked(answer), *written_by(answer)))


def _sources(citations: Sequence[Citation], language: Language, *, quoting: bool) -> str:
    if not citations:
        return ""
    lines = [words.SOURCES.text(language)]
    for citation in citations:
        lines.append(_source(citation, language))
        if quoting:
            lines.append(f"> {escaped(cited_words(_with_short_quote(citation), language))}")
    return "\n".join(lines)


def _source(citation: Citation, language: Language) -> str:
    name = shortened(author_name(citation.author, language), _LONGEST_NAME)
    parts = [escaped(source_origin(replace(citation, author=name), language))]
    if citation.age_warning:
        parts.append(words.OLD.text(language))
    if link := linked(citation.url):
        parts.append(link)
    return f"[{citation.number}] " + " · ".join(parts)


def _with_short_quote(citation: Citation) -> Citation:
    quote = shortened(" ".join(citation.quote.split()), _LONGEST_QUOTE)
    return replace(citation, quote=quote)


def _cut(body: str, citations: Sequence[Citation], language: Language) -> list[str]:
    """The beginning of `body` with the sources that it names, and a word on what is missing."""
    whole = split(body)
    word = words.CUT.text(language)
    for count in range(MOST_MESSAGES - 1, 0, -1):
        kept = whole[:count]
        named = {int(number) for part in kept for number in _MARKER.findall(part)}
        shown = [citation for citation in citations if citation.number in named]
        tail = split(_joined(_sources(shown, language, quoting=False), word))
        if len(kept) + len(tail) <= MOST_MESSAGES:
            return [*kept, *tail]
    return [*whole[: MOST_MESSAGES - 1], word]


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
