"""Completions, whole and in chunks, as OpenAI's API has them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.openai_compatible.bodies import MessageBody
from api.openai_compatible.messages import texts_of
from api.openai_compatible.refusals import MODEL
from tutor.answer import Usage
from tutor.model.tokens import count_prompt_tokens, count_tokens
from tutor.model.types import ChatMessage, Role

_NO_USAGE: Final = Usage()
_SINCE: Final = 1_795_219_200  # 2026-11-21, in seconds since 1970
MODEL_OBJECT: Final = {"id": MODEL, "object": "model", "created": _SINCE, "owned_by": MODEL}


@dataclass(frozen=True, slots=True)
class Completion:
    """What all parts of one completion have in common; `created` is in seconds since 1970."""

    id: str
    created: int

    def whole(
        self, content: str, usage: dict[str, int], annotations: Sequence[dict[str, Any]] = ()
    ) -> dict[str, Any]:
        """The completion as one object."""
        message: dict[str, Any] = {"role": "assistant", "content": content, "refusal": None}
        if annotations:
            message["annotations"] = list(annotations)
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {**self._head("chat.completion"), "choices": [choice], "usage": usage}

    def chunk(self, delta: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
        """A part of the completion."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return {**self._head("chat.completion.chunk"), "choices": [choice]}

    def usage_chunk(self, usage: dict[str, int]) -> dict[str, Any]:
        """The part that tells the numbers of tokens, after all others."""
        return {**self._head("chat.completion.chunk"), "choices": [], "usage": usage}

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL}


def new_completion() -> Completion:
    """A completion that begins now."""
    return Completion(f"chatcmpl-{secrets.token_hex(12)}", int(time.time()))


def usage_object(
    messages: Sequence[MessageBody], content: str, usage: Usage = _NO_USAGE
) -> dict[str, int]:
    """The numbers of tokens: what a language model used, where one was asked.

    Where none was, the project's own estimates for what came in and what went out.
    """
    if usage.calls:
        asked, written = usage.input_tokens, usage.output_tokens
    else:
        said = [ChatMessage(Role.USER, "\n".join(texts_of(each.content))) for each in messages]
        asked, written = count_prompt_tokens(said), count_tokens(content)
    return {
        "prompt_tokens": asked,
        "completion_tokens": written,
        "total_tokens": asked + written,
    }
