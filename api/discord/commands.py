"""The slash commands, as they are registered with Discord."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from corpus.types import Bilingual, Goal
from tutor.phrases import goal_name
from tutor.question import LONGEST_QUESTION

if TYPE_CHECKING:
    from opencc import OpenCC

ASK: Final = "ask"
GOAL: Final = "goal"
FORGET: Final = "forget"
QUESTION: Final = "question"
_CHAT_INPUT: Final = 1
_STRING: Final = 3


def definitions() -> list[dict[str, Any]]:
    """Every command with its names in English, simplified and traditional Chinese."""
    asked = _option(
        Bilingual(zh="问题", en=QUESTION),
        Bilingual(zh="你想问的，用自己的话写", en="What you want to know, in your own words"),
    )
    return [
        _command(
            Bilingual(zh="提问", en=ASK),
            Bilingual(
                zh="问怎么学机器学习、深度学习、大模型：看大家怎么说，分歧在哪",
                en="Ask how to learn ML, deep learning or LLMs: what people say, where they differ",
            ),
            asked | {"required": True, "min_length": 1, "max_length": LONGEST_QUESTION},
            _goal_option(Bilingual(zh="按这个目标回答", en="Answer for this goal")),
        ),
        _command(
            Bilingual(zh="目标", en=GOAL),
            Bilingual(zh="设定、查看或清除你的学习目标", en="Set, see or clear your learning goal"),
            _goal_option(Bilingual(zh="不选就是查看", en="Leave it out to see what is set")),
        ),
        _command(
            Bilingual(zh="忘记我", en=FORGET),
            Bilingual(
                zh="删除你的全部对话、档案和反馈",
                en="Erase your conversations, your profile and your feedback",
            ),
        ),
    ]


def _command(name: Bilingual, description: Bilingual, *options: dict[str, Any]) -> dict[str, Any]:
    return {"type": _CHAT_INPUT, **_described(name, description), "options": list(options)}


def _option(name: Bilingual, description: Bilingual) -> dict[str, Any]:
    return {"type": _STRING, **_described(name, description)}


def _goal_option(description: Bilingual) -> dict[str, Any]:
    choices = [{**_localised("name", goal_name(goal)), "value": goal.value} for goal in Goal]
    return _option(Bilingual(zh="目标", en=GOAL), description) | {"choices": choices}


def _described(name: Bilingual, description: Bilingual) -> dict[str, Any]:
    return _localised("name", name) | _localised("description", description)


def _localised(field: str, text: Bilingual) -> dict[str, Any]:
    chinese = {"zh-CN": text.zh, "zh-TW": _traditional().convert(text.zh)}
    return {field: text.en, f"{field}_localizations": chinese}


@cache
def _traditional() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("s2twp")
