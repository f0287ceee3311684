"""The language model as the tutor sees it: one place for streams, objects, failures and cost.

Nothing of LangChain or of a vendor's library is imported before a model is made and called.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from corpus.errors import LanguageModelError
from tutor.model.call import ModelCaller
from tutor.model.circuit import Circuit
from tutor.model.errors import error_of, paused_error
from tutor.model.failures import ABOUT_THE_REQUEST, NEEDS_A_PERSON, CallFailed, Failure, Reason
from tutor.model.output import COMMON_MODES, OutputMode, asking_again, asking_for, parsed, prepared
from tutor.model.reply import Reply
from tutor.model.retry import Retries
from tutor.model.thoughts import ThoughtFilter
from tutor.model.tokens import count_tokens
from tutor.model.types import Messages
from tutor.model.usage import Prices, UsageMeter

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from tutor.model.call import Chat

T = TypeVar("T", bound=BaseModel)

# How servers say that they do not know a way of asking for an object.
_UNKNOWN_MODE = frozenset({Reason.REFUSED, Reason.MODEL, Reason.MALFORMED})


class LanguageModel:
    """A chat model behind timeouts, retries, a circuit breaker and errors of ours.

    `name` is printed in answers. `timeout` is the longest silence in seconds, before the first
    token and between tokens; the whole answer has the time of its `UsageMeter`. `context_tokens`
    is the budget of a prompt and `max_tokens` the limit of a reply, which `chat` has to keep
    itself. `chat` must not retry by itself. Many calls may run at a time, on one event loop.
    """

    def __init__(  # noqa: PLR0913 - each is a setting with a default
        self,
        chat: BaseChatModel,
        *,
        name: str,
        timeout: float = 60.0,
        context_tokens: int = 8000,
        max_tokens: int = 1200,
        prices: Prices | None = None,
        circuit: Circuit | None = None,
        retries: Retries | None = None,
        modes: Sequence[OutputMode] = COMMON_MODES,
        on_close: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.name = name
        self.context_tokens = context_tokens
        self.max_tokens = max_tokens
        self._chat = chat
        self._caller = ModelCaller(timeout, prices, retries or Retries())
        self._circuit = circuit or Circuit()
        self._modes = tuple(modes)
        self._on_close = on_close
        self._last_error: LanguageModelError | None = None

    def available(self) -> bool:
        """Whether a call would be made now; False for a while after repeated failures."""
        return self._circuit.available()

    def count_tokens(self, text: str) -> int:
        """An estimate of the tokens of `text`; see `tutor.model.tokens.count_tokens`."""
        return count_tokens(text)

    async def close(self) -> None:
        """Close the connections; the model is not called afterwards."""
        if self._on_close:
            await self._on_close()

    async def stream(self, messages: Messages, meter: UsageMeter) -> AsyncGenerator[str, None]:
        """The reply to `messages`, token by token; closing the generator cancels the request.

        Whether it was cut off is told by `meter.truncated` afterwards. Raises LanguageModelError,
        also after a part of the reply, when the connection breaks or a content filter steps in.
        """
        replies: list[Reply] = []
        async with aclosing(self._spoken(messages, meter, replies)) as texts:
            async for text in texts:
                yield text
        meter.truncated = replies[-1].truncated

    async def text(
        self, messages: Messages, meter: UsageMeter, *, max_tokens: int | None = None
    ) -> str:
        """The whole reply to `messages`; raises LanguageModelError."""
        options = self._limited(max_tokens)
        async with aclosing(self._spoken(messages, meter, [], **options)) as texts:
            return "".join([text async for text in texts])

    async def structured(self, messages: Messages, schema: type[T], meter: UsageMeter) -> T | None:
        """The reply as an object of `schema`, None when also the second one is not valid.

        The form is asked for in the prompt and by the strictest means that the server knows; what
        it knows is found out at the first call. Raises LanguageModelError.
        """
        asked = asking_for(schema, messages)
        reply = await self._object_reply(asked, schema, meter)
        found = parsed(schema, reply)
        if found is None:
            reply = await self._object_reply(asking_again(schema, asked, reply), schema, meter)
            found = parsed(schema, reply)
        return found

    async def _spoken(
        self, messages: Messages, meter: UsageMeter, replies: list[Reply], **options: Any
    ) -> AsyncGenerator[str, None]:
        """The text of a reply without thoughts; raises LanguageModelError, also for no text."""
        self._admit()
        thoughts = ThoughtFilter()
        texts = self._caller.texts(self._chat, messages, meter, replies, **options)
        try:
            async with aclosing(texts):
                async for text in texts:
                    if said := thoughts.feed(text):
                        yield said
            if rest := thoughts.end():
                yield rest
            if not thoughts.said:
                raise CallFailed(Failure(Reason.EMPTY))
        except CallFailed as failed:
            raise self._failed(failed.failure) from None
        except (GeneratorExit, asyncio.CancelledError):
            if replies and replies[-1].started:
                self._circuit.succeeded()
            raise
        self._circuit.succeeded()

    async def _object_reply(
        self, messages: Messages, schema: type[BaseModel], meter: UsageMeter
    ) -> Reply:
        self._admit()
        failure = Failure(Reason.REFUSED)
        modes = self._modes
        for mode in modes:
            try:
                reply = await self._whole(prepared(self._chat, mode, schema), messages, meter)
            except NotImplementedError:
                continue
            except CallFailed as failed:
                failure = failed.failure
                if failure.reason in _UNKNOWN_MODE:
                    continue
                break
            self._modes = modes[modes.index(mode) :]
            self._circuit.succeeded()
            return reply
        raise self._failed(failure)

    async def _whole(self, chat: Chat, messages: Messages, meter: UsageMeter) -> Reply:
        replies: list[Reply] = []
        async with aclosing(self._caller.texts(chat, messages, meter, replies)) as texts:
            async for _ in texts:
                pass
        return replies[-1]

    def _limited(self, max_tokens: int | None) -> dict[str, Any]:
        """The option that limits one reply, where the vendor's library has it by this name."""
        known = max_tokens is not None and "max_tokens" in type(self._chat).model_fields
        return {"max_tokens": max_tokens} if known else {}

    def _admit(self) -> None:
        if not self._circuit.admit():
            raise paused_error(self._last_error, self.name)

    def _failed(self, failure: Failure) -> LanguageModelError:
        """Remember `failure` and word it."""
        error = error_of(failure, self.name)
        if failure.reason in ABOUT_THE_REQUEST:
            self._circuit.succeeded()
        else:
            self._circuit.failed(for_good=failure.reason in NEEDS_A_PERSON)
            self._last_error = error
        return error
