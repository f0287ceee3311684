"""What stands below the text of an answer: its sources, for whom it is, who wrote it.

Clients show the text and nothing else, so all of it is Markdown. It comes back with the next
question of the conversation and is taken off again then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from api.answer_footer import written_by
from api.answer_view import cited_words, source_origin
from api.goal_reason import goal_reason
from corpus.types import Bilingual, Goal, Language
from tutor.answer import Answer, Citation
from tutor.learner import Learner
from tutor.phrases import author_name, goal_name

_RULE: Final = "\n\n---\n\n"
_SOURCES: Final = Bilingual(zh="来源", en="Sources")
_NOTICE: Final = Bilingual(zh="注意", en="Note")
_OLD: Final = Bilingual(
    zh="写于五年多以前，框架和工具可能已经变了。",
    en="Written more than five years ago; frameworks and tools may have changed.",
)
_RENDERING: Final = Bilingual(zh="中文转述（本项目的话）", en="In English, in our words")
_GOAL: Final = Bilingual(
    zh="按目标「{goal}」回答（{reason}）。如果不是，直接说，例如“我的目标是{other}”。",
    en="Answered for the goal: {goal} ({reason}). If yours is another, say so, for example: "
    "my goal is {other}.",
)
_NO_GOAL: Final = Bilingual(
    zh="没有提到目标，按一般情况回答。可以直接说，例如“我的目标是{other}”。",
    en="No goal was named, so this is the general answer. Say yours, for example: "
    "my goal is {other}.",
)
_HEADINGS: Final = "|".join([_SOURCES.zh, _SOURCES.en, _NOTICE.zh, _NOTICE.en])
_LIST: Final = re.compile(rf"(?<!\n)\n+---\n+\*\*(?:{_HEADINGS})\*\*")
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|~$])")
_NOT_IN_A_LINK: Final = str.maketrans(
    {"<": "%3C", ">": "%3E", "(": "%28", ")": "%29", " ": "%20", "\n": "%0A"}
)


def below_text(answer: Answer, notices: Sequence[Bilingual]) -> str:
    """What follows the text of `answer`, with the `notices` that came with it; "" for nothing."""
    parts = [*_notices(notices, answer.language), *_sources(answer)]
    return _RULE + "\n\n".join(parts) if parts else ""


def without_source_list(text: str) -> str:
    """The text of an answer without what `below_text` added to it."""
    *_, last = [None, *_LIST.finditer(text)]
    return text[: last.start()] if last else text


def _notices(notices: Sequence[Bilingual], language: Language) -> Iterator[str]:
    if notices:
        yield f"**{_NOTICE.text(language)}**"
        yield "\n".join(f"- {_escaped(notice.text(language))}" for notice in notices)


def _sources(answer: Answer) -> Iterator[str]:
    if not answer.citations:
        return
    language = answer.language
    yield f"**{_SOURCES.text(language)}**"
    yield "\n\n".join(_source(citation, language) for citation in answer.citations)
    yield "\n\n".join(map(_escaped, [_goal(answer.learner, language), *written_by(answer)]))


def _source(citation: Citation, language: Language) -> str:
    named = replace(citation, author=author_name(citation.author, language))
    origin = _escaped(source_origin(named, language))
    lines = [f"[{citation.number}] {origin} · {_link(citation)}"]
    lines.append(f"> {_escaped(cited_words(citation, language))}")
    if citation.rendering:
        quoted = "：「{}」" if language is Language.CHINESE else ": “{}”"
        said = _RENDERING.text(language) + quoted.format(citation.rendering)
        lines.append(f">\n> {_escaped(said)}")
    if citation.age_warning:
        lines.append(f">\n> {_OLD.text(language)}")
    return "\n".join(lines)


def _goal(learner: Learner, language: Language) -> str:
    aim = Goal.JOB if learner.goal is not Goal.JOB else Goal.RESEARCH
    other = goal_name(aim).text(language)
    if learner.goal is None:
        return _NO_GOAL.text(language).format(other=other)
    goal = goal_name(learner.goal).text(language)
    return _GOAL.text(language).format(goal=goal, reason=goal_reason(learner), other=other)


def _link(citation: Citation) -> str:
    title = _escaped(citation.title)
    if not citation.url.startswith(("https://", "http://")):
        return title
    return f"[{title}]({citation.url.translate(_NOT_IN_A_LINK)})"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
