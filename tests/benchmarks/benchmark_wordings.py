"""What a scripted model writes in benchmarks: one content, worded anew in each conversation.

So no check is answered from memory, and every sentence has a source that supports it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from langchain_core.messages import BaseMessage

QUESTION: Final = "学深度学习要先学机器学习吗？我只是做毕设"
SENTENCES: Final = (
    ("精神抖擞王大鹏", "劝赶毕设的人马上开始，机器学习用到了再补"),
    ("时间旅客", "觉得挑几个和题目有关的模型学一学就够"),
    ("Lyon", "认为只为了交一个毕设课题，可以不学"),
    ("张少春", "认为写论文用不着回头把机器学习重学一遍"),
    ("uewo", "认为只要时间允许，应该先学机器学习"),
    ("Thomas Hsu", "认为先学一点机器学习，理解起来会容易一些"),
)
_OPENINGS = (
    *("", "他", "其实他", "在他看来，"),
    *("总的说来，他", "说到底，他", "按他的想法，", "对此他"),
)
_ENDINGS = ("", "，不必着急", "，先这样做", "，一步一步来", "，照着做就行")


def variations() -> Iterator[str]:
    """Answers to `QUESTION` with the same content, worded differently each time."""
    for opening, ending in product(_OPENINGS, _ENDINGS):
        for shift in range(len(SENTENCES)):
            told = SENTENCES[shift:] + SENTENCES[:shift]
            yield "".join(f"- {name}：{opening}{says}{ending}[{name}]。\n" for name, says in told)


def numbered(text: str, messages: Sequence[BaseMessage]) -> str:
    """`text` with the numbers that its sources have in the prompt."""
    shown = str(messages[-1].content)
    for name, _ in SENTENCES:
        before = shown.split(f"作者：{name}｜", 1)[0]
        text = text.replace(f"[{name}]", before[before.rindex("[") : before.rindex("]") + 1])
    return text
