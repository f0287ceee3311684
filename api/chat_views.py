"""What a chat says of itself and of the learner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from api.blocks import Block, Line, Lines, Table, Tone
from api.chat_commands import COMMANDS
from api.chat_fields import FIELDS
from api.chat_profile import described
from api.goal_reason import goal_reason
from corpus.types import Bilingual, Goal, Language
from tutor.learner import Learner
from tutor.memory.records import ConversationHead
from tutor.phrases import goal_name

_BY_RULES = Bilingual(
    zh="没有配置语言模型，回答由程序按来源编排。",
    en="No language model is configured; rules set the answers from the sources.",
)
_BY_MODEL = Bilingual(
    zh="回答由语言模型 {model} 写成，逐句核对后才显示。",
    en="The language model {model} writes; each sentence is checked before you see it.",
)
_WELCOME = Bilingual(
    zh="先后：直接提问，/help 看命令。", en="Xianhou: just ask; /help lists the commands."
)
_KNOWN = Bilingual(
    zh="记得你的情况：{known}。修改：/profile",
    en="What I know of you: {known}. Change it: /profile",
)
_NOTHING_KNOWN = Bilingual(
    zh="还没有记下你的任何情况。可以说给我听，也可以设定，例如 /profile weeks 8。",
    en="Nothing is known of you yet. Tell me as you ask, or set it, as in /profile weeks 8.",
)
_HOW_TO_CHANGE = Bilingual(
    zh="修改：/profile weeks 8；忘掉一项：/profile clear math；全部删除：/forget",
    en="Change: /profile weeks 8. Drop one: /profile clear math. Erase everything: /forget",
)
_GOAL = Bilingual(zh="现在的目标：{goal}（{reason}）", en="Your goal: {goal} ({reason})")
_NO_GOAL = Bilingual(zh="没有设定目标。", en="No goal is set.")
_SET_GOAL = Bilingual(
    zh="设定：/goal job 或 /goal 找工作；取消：/goal off",
    en="Set one: /goal job. None: /goal off",
)
_NO_EARLIER = Bilingual(zh="还没有以前的对话。", en="There is no earlier conversation.")
_RESUMED = Bilingual(
    zh="接着这次对话：{title}（{turns} 问，{day}）",
    en="Going on with: {title} ({turns} questions, {day})",
)
_KEYS = Bilingual(
    zh="Ctrl-C 停下正在写的回答，Alt-Enter 换行，Tab 补全命令。",
    en="Ctrl-C stops an answer, Alt-Enter begins a new line, Tab completes a command.",
)


def greeting(known: Learner | None, model: str | None, language: Language) -> Iterator[Block]:
    """One or two lines: how to begin, who writes, and what is known from before."""
    writer = (_BY_MODEL if model else _BY_RULES).text(language).format(model=model)
    gap = "" if language is Language.CHINESE else " "
    lines = [_WELCOME.text(language) + gap + writer]
    if facts := described(known, FIELDS, language) if known else []:
        lines.append(_KNOWN.text(language).format(known=joined(facts, language)))
    yield Lines(tuple(Line(text, Tone.DIM) for text in lines))


def resumed(head: ConversationHead, language: Language) -> Line:
    """Which conversation goes on."""
    text = _RESUMED.text(language)
    return Line(text.format(title=head.title, turns=head.turns, day=_day(head)), Tone.DIM)


def help_page(language: Language) -> Iterator[Block]:
    """All commands and keys."""
    yield Table((), tuple((each.usage(language), each.help.text(language)) for each in COMMANDS))
    yield Lines((Line(_KEYS.text(language), Tone.DIM),))


def profile_page(known: Learner | None, language: Language) -> Iterator[Block]:
    """Everything that is known of the learner, and how to change it."""
    facts = described(known, FIELDS, language) if known else []
    if not facts:
        yield Lines((Line(_NOTHING_KNOWN.text(language)),))
        return
    yield Lines(tuple(Line(fact) for fact in facts))
    yield Lines((Line(_HOW_TO_CHANGE.text(language), Tone.DIM),))


def goal_page(known: Learner, language: Language) -> Iterator[Block]:
    """The goal that is assumed and why, and those that can be set."""
    if known.goal is None:
        now = _NO_GOAL.text(language)
    else:
        reason = goal_reason(replace(known, language=language))
        now = _GOAL.text(language).format(goal=goal_name(known.goal).text(language), reason=reason)
    yield Lines((Line(now),))
    yield Table((), tuple((goal.value, goal_name(goal).text(language)) for goal in Goal))
    yield Lines((Line(_SET_GOAL.text(language), Tone.DIM),))


def conversation_list(heads: Sequence[ConversationHead], language: Language) -> Iterator[Block]:
    """Earlier conversations, numbered from 1."""
    if not heads:
        yield Lines((Line(_NO_EARLIER.text(language)),))
        return
    rows = ((str(number), _day(head), head.title) for number, head in enumerate(heads, start=1))
    yield Table((), tuple(rows))


def joined(parts: Sequence[str], language: Language) -> str:
    """Several things in one line."""
    return ("；" if language is Language.CHINESE else "; ").join(parts)


def _day(head: ConversationHead) -> str:
    return f"{head.updated.astimezone():%Y-%m-%d}"
