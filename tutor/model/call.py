"""One call to a chat model: its waits, its retries, and what it used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, cast

from corpus.embedding import encodable
from tutor.model.failures import RETRYABLE, CallFailed, Failure, Reason, failure_of
from tutor.model.reply import Reply
from tutor.model.retry import Retries
from tutor.model.types import Messages
from tutor.model.usage import Prices, UsageMeter

if TYPE_CHECKING:
    from langchain_core.language_models import LanguageModelInput
    from langchain_core.messages import AIMessage, AIMessageChunk
    from langchain_core.runnables import Runnable

    Chat = Runnable[LanguageModelInput, AIMessage]


class ModelCaller:
    """How calls are made: `timeout` is the longest silence, in seconds, before and between tokens.

    All calls stream, so that silence can be told from slowness. A server that refuses to count
    tokens is not asked to again.
    """

    def __init__(self, timeout: float, prices: Prices | None, retries: Retries) -> None:
        self._timeout = timeout
        self._prices = prices
        self._retries = retries
        self._usage_options: dict[str, bool] = {}

    async def texts(
        self,
        chat: Chat,
        messages: Messages,
        meter: UsageMeter,
        replies: list[Reply],
        **options: Any,
    ) -> AsyncGenerator[str, None]:
        """The reply to `messages`, piece by piece; closing the generator cancels the request.

        The reply as a whole, from which the pieces come, is put last into `replies`. A call is
        made again while none of its text has come. Raises CallFailed.
        """
        attempt = 1
        while True:
            reply = Reply()
            replies.append(reply)
            try:
                async with aclosing(self._chunks(chat, messages, meter, options)) as chunks:
                    async for chunk in chunks:
                        if text := reply.take(chunk):
                            yield text
                failure = reply.failure()
            except Exception as error:  # noqa: BLE001 - each vendor's library has errors of its own
                failure = failure_of(error, started=reply.started)
            finally:
                reply.record(messages, meter, self._prices)
            if failure is None:
                return
            if failure.reason is Reason.USAGE_REFUSED and attempt == 1:
                self._usage_options = {"stream_usage": False}
            else:
                await self._wait(attempt, failure, reply, meter)
            attempt += 1

    async def _wait(self, attempt: int, failure: Failure, reply: Reply, meter: UsageMeter) -> None:
        """Wait before the next attempt; raises CallFailed where there is none."""
        wait = self._retries.wait(attempt, failure.retry_after)
        hopeless = reply.started or failure.reason not in RETRYABLE
        if hopeless or wait is None or wait >= meter.remaining():
            raise CallFailed(failure)
        await asyncio.sleep(wait)

    async def _chunks(
        self, chat: Chat, messages: Messages, meter: UsageMeter, options: dict[str, Any]
    ) -> AsyncGenerator[AIMessageChunk, None]:
        options = self._usage_options | options
        prompt = [(message.role.value, encodable(message.text)) for message in messages]
        stream = cast("AsyncGenerator[AIMessageChunk, None]", chat.astream(prompt, **options))
        async with aclosing(stream):
            while True:
                async with asyncio.timeout(min(self._timeout, meter.remaining())):
                    chunk = await anext(stream, None)
                if chunk is None:
                    return
                yield chunk
