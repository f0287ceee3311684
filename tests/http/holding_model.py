"""A language model on this machine that a question can make slow, or silent in mid-sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from tests.api.model_server import OWN, SUPPORTED, model_server
from tests.tutor.openai_stub import OpenAIStub, StubReply

QUESTION: Final = "学深度学习要先学机器学习吗？我只是做毕设"
SLOWLY: Final = f"{QUESTION}，请慢慢说"
"""What is asked for an answer that takes some seconds."""
ENDLESS: Final = f"{QUESTION}，说一句就停"
"""What is asked for an answer of which one sentence comes, and then nothing more."""
_SECONDS_A_TOKEN: Final = 0.03


@contextmanager
def holding_model() -> Iterator[OpenAIStub]:
    """A server whose model writes two sentences about any question."""
    with model_server(SUPPORTED, OWN) as stub:
        at_once = stub.answer

        def answer(body: dict[str, Any]) -> StubReply:
            asked = str(body["messages"])
            reply = at_once(body)
            if SLOWLY in asked:
                return replace(reply, interval=_SECONDS_A_TOKEN)
            if ENDLESS in asked:
                return replace(reply, silent=True, after=reply.text.index(OWN) + 3)
            return reply

        stub.answer = answer
        yield stub
