"""An answer as Slack's Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from api.answer_footer import written_by
from api.answer_view import cited_words, notice_line, source_origin
from api.goal_reason import goal_reason
from api.slack import texts
from corpus.types import Bilingual, Kind, Language
from tutor.answer import Answer, Citation
from tutor.learner import Learner
from tutor.phrases import author_name, goal_name

# A Markdown text may have 12,000 characters; all blocks of a message together have been seen to
# be refused from about 13,000 on, and the controls below an answer take up to 2,000.
MOST_CHARACTERS: Final = 10_000
_SHORT_QUOTE: Final = 140
_SPECIAL: Final = re.compile(r"([\\`*_\[\]#|~])")
_IMAGE: Final = re.compile(r"!(?=\[[^\]]*\]\()")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_A_LINK: Final = str.maketrans(
    {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "&": "&amp;", " ": "%20", "\n": "%0A"}
)
# Where to part a long text, the best place first; no marker is parted from its sentence.
_ENDS: Final = tuple(
    re.compile(pattern)
    for pattern in (r"\n\n", r"\n", r"[。！？](?!\[)|[.!?\]]\s(?!\[)", r"[，；、](?!\[)|\s(?!\[)")
)
_UNFINISHED: Final = re.compile(r"(?:\[[^\[\]\n]*|&[a-z]*)\Z")


def escaped(text: str) -> str:
    """Markdown of the tutor in which nothing calls people or channels and no image is fetched."""
    return _IMAGE.sub("", text).translate(_ESCAPES)


def whole_answer(answer: Answer, notices: Iterable[Bilingual], *, choosable: bool) -> str:
    """The message for `answer`; `choosable` where the goals can be chosen below it."""
    language = answer.language
    parts = [escaped(answer.text)]
    if answer.citations:
        parts.append(f"**{texts.SOURCES.text(language)}**")
        parts.append("\n".join(_source(each, language) for each in answer.citations))
    small = [notice_line(notice, language).text for notice in dict.fromkeys(notices)]
    small += _small_print(answer, choosable=choosable)
    parts += [escaped(line) for line in small]
    return "\n\n".join(parts)


def parted(text: str, most: int = MOST_CHARACTERS) -> list[str]:
    """`text` in parts of at most `most` characters; no marker, entity or link is cut in two."""
    parts = []
    while len(text) > most:
        end = _end(text, most)
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text]


def _end(text: str, most: int) -> int:
    for pattern in _ENDS:
        ends = [each.end() for each in pattern.finditer(text[: most + 1]) if each.end() <= most]
        if ends and ends[-1] > most // 2:
            return ends[-1]
    unfinished = _UNFINISHED.search(text[:most])
    return unfinished.start() if unfinished and unfinished.start() else most


def _source(citation: Citation, language: Language) -> str:
    by = "" if citation.kind is Kind.COURSE else author_name(citation.author, language)
    # What has no name of its own begins with the platform.
    origin = source_origin(replace(citation, author=by), language).removeprefix(" · ")
    parts = [_plain(origin), _link(citation), _plain(cited_words(_shortened(citation), language))]
    return f"- [{citation.number}] " + " · ".join(parts)


def _shortened(citation: Citation) -> Citation:
    quote = " ".join(citation.quote.split())
    if len(quote) > _SHORT_QUOTE:
        quote = f"{quote[:_SHORT_QUOTE].rstrip()}…"
    return replace(citation, quote=quote)


def _link(citation: Citation) -> str:
    title = _plain(citation.title)
    if not citation.url.startswith(("https://", "http://")):
        return title
    return f"[{title}]({citation.url.translate(_IN_A_LINK)})"


def _small_print(answer: Answer, *, choosable: bool) -> Iterator[str]:
    language = answer.language
    if choosable:
        yield _goal_line(answer.learner, language)
    if answer.citations:
        yield from written_by(answer)
    if answer.follow_ups and not answer.abstained:
        yield texts.ASK_NEXT.text(language).format(questions=_listed(answer.follow_ups, language))


def _goal_line(learner: Learner, language: Language) -> str:
    if learner.goal is None:
        return texts.ANSWERED_FOR_NOBODY.text(language)
    goal = goal_name(learner.goal).text(language)
    return texts.ANSWERED_FOR.text(language).format(goal=goal, reason=goal_reason(learner))


def _listed(questions: Sequence[str], language: Language) -> str:
    if language is Language.CHINESE:
        return "".join(f"「{each}」" for each in questions)
    return " / ".join(questions)


def _plain(text: str) -> str:
    """Words of others: nothing in them is markup."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).translate(_ESCAPES)
