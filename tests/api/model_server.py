"""A language model on this machine that writes about the sources it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from tests.tutor.openai_stub import OpenAIStub, StubReply

WANG = "精神抖擞王大鹏"
SUPPORTED = f"**{WANG}**（知乎）认为，为毕设而学就马上开始，机器学习用到哪里补哪里[{WANG}]。"
INVENTED = f"{WANG}主张先花 37 周学完全部数学[{WANG}]。"
OWN = "所以先把题目里用得到的部分跑通，再回头补理论。"
_SOURCE = re.compile(r"^\[(\d+)\] (?:作者：|Author: )([^｜|\n]+)", re.MULTILINE)
_REPAIR = "DROP"
_AT_ONCE = StubReply()


@contextmanager
def model_server(*sentences: str, reply: StubReply = _AT_ONCE) -> Iterator[OpenAIStub]:
    """A server whose model writes `sentences`, with "[name]" as the number of that author.

    It gives up every sentence that it is asked to repair. `reply` tells how it speaks.
    """

    def answer(body: dict[str, Any]) -> StubReply:
        messages = [str(message["content"]) for message in body["messages"]]
        if _REPAIR in messages[0]:
            return StubReply(_REPAIR)
        text = "\n".join(sentences)
        for number, name in _SOURCE.findall(messages[-1]):
            text = text.replace(f"[{name.strip()}]", f"[{number}]")
        return replace(reply, text=text)

    with OpenAIStub() as stub:
        stub.answer = answer
        yield stub


def configured(stub: OpenAIStub) -> dict[str, str]:
    """The settings that choose the model of `stub`."""
    return {"TUTOR_LLM_MODEL": "stub-model", "TUTOR_LLM_BASE_URL": stub.base_url}
