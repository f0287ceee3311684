"""A chat model that says what a test wrote down for it, with faults on demand.

    model = ScriptedModel(replies=["第一句[1]。第二句[2]。", Verdict(supported=True), busy()])

Replies are used up in order; `answer` chooses them from the messages instead. Every request is kept
in `requests`. It stands in for the model of a vendor: put it into a `LanguageModel`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.exceptions import (
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelRateLimitError,
)
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import BaseModel, Field, PrivateAttr

_TOKENS = re.compile(r"[A-Za-z]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Reply:
    """One reply: `text` or the `value` of a structured one, and what goes wrong with it.

    The first `after` tokens come; then `error` is raised, or with `silent` nothing more happens.
    `finish` is why the reply ends ("stop", "length", "content_filter"), None where it ends without
    a word. `usage` is tokens in and out as the vendor counts them, None where it does not.
    """

    text: str = ""
    value: BaseModel | None = None
    error: Exception | None = None
    silent: bool = False
    after: int = 0
    finish: str | None = "stop"
    usage: tuple[int, int] | None = None


@dataclass(frozen=True)
class Request:
    """What the model was asked: the messages and the options of the call."""

    messages: tuple[BaseMessage, ...]
    options: dict[str, Any]

    @property
    def text(self) -> str:
        """All messages in one."""
        return "\n".join(str(message.text) for message in self.messages)


Scripted = str | BaseModel | Exception | Reply


def split_words(text: str) -> list[str]:
    """One token a word, blank or other character."""
    return _TOKENS.findall(text)


def wrong_key() -> Exception:
    """The vendor does not know the key."""
    return ModelAuthenticationError("Incorrect API key provided: sk-secret")


def busy() -> Exception:
    """The vendor limits the rate of requests."""
    return ModelRateLimitError("Rate limit reached")


def unreachable() -> Exception:
    """Nobody is at the other end."""
    return ModelConnectionError("Connection error.")


def server_error() -> Exception:
    """The vendor's server fails."""
    return ModelAPIError("Internal error")


class ScriptedModel(BaseChatModel):
    """Streams scripted replies, cut into tokens by `split`.

    `rate` is tokens a second, 0 for as fast as they are read. With `tools` False it knows no tools,
    like many small models.
    """

    replies: list[Any] = Field(default_factory=list)
    answer: Callable[[Sequence[BaseMessage]], Any] | None = None
    split: Callable[[str], list[str]] = split_words
    rate: float = 0.0
    tools: bool = True
    _requests: list[Request] = PrivateAttr(default_factory=list)

    @property
    def requests(self) -> list[Request]:
        """All requests so far, the earliest first."""
        return self._requests

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(
        self, tools: Sequence[Any], *, tool_choice: str | None = None, **options: Any
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """See `BaseChatModel.bind_tools`; a structured reply then comes as a call of the tool."""
        if not self.tools:
            raise NotImplementedError
        return self.bind(tool_choice=tool_choice, **options)

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        reply = self._next(messages, options)
        for number, chunk in enumerate(self._chunks(reply, options)):
            if number == reply.after and (reply.error or reply.silent):
                await _go_wrong(reply)
            # Also without a rate: a model never replies before others have had a turn.
            await asyncio.sleep(1 / self.rate if self.rate else 0)
            yield ChatGenerationChunk(message=chunk)
        if reply.error or reply.silent:
            await _go_wrong(reply)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        reply = self._next(messages, options)
        if reply.error:
            raise reply.error
        return ChatResult(generations=[ChatGeneration(message=AIMessage(reply.text))])

    def _next(self, messages: list[BaseMessage], options: dict[str, Any]) -> Reply:
        self._requests.append(Request(tuple(messages), options))
        if self.answer is not None:
            return _as_reply(self.answer(messages))
        assert self.replies, "the script has no reply left"
        return _as_reply(self.replies.pop(0))

    def _chunks(self, reply: Reply, options: dict[str, Any]) -> Iterator[AIMessageChunk]:
        tool = options.get("tool_choice")
        if reply.value is not None and tool:
            yield _tool_call(tool, reply.value)
        else:
            text = reply.value.model_dump_json() if reply.value is not None else reply.text
            for token in self.split(text):
                yield AIMessageChunk(token)
        if not (reply.error or reply.silent):
            yield _ending(reply)


def _as_reply(scripted: Scripted) -> Reply:
    if isinstance(scripted, Reply):
        return scripted
    if isinstance(scripted, str):
        return Reply(scripted)
    return Reply(error=scripted) if isinstance(scripted, Exception) else Reply(value=scripted)


async def _go_wrong(reply: Reply) -> None:
    if reply.error:
        raise reply.error
    await asyncio.Event().wait()


def _tool_call(tool: str, value: BaseModel) -> AIMessageChunk:
    call = {"name": tool, "args": value.model_dump_json(), "id": "call-1", "index": 0}
    return AIMessageChunk("", tool_call_chunks=[call | {"type": "tool_call_chunk"}])


def _ending(reply: Reply) -> AIMessageChunk:
    usage = None
    if reply.usage:
        tokens_in, tokens_out = reply.usage
        usage = UsageMetadata(
            input_tokens=tokens_in, output_tokens=tokens_out, total_tokens=tokens_in + tokens_out
        )
    ending = {"finish_reason": reply.finish} if reply.finish else {}
    return AIMessageChunk("", response_metadata=ending, usage_metadata=usage)
