"""What comes back from a language model, added up while it comes."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, Final

from tutor.model.failures import Failure, Reason
from tutor.model.tokens import count_prompt_tokens, count_tokens
from tutor.model.types import Messages
from tutor.model.usage import Prices, UsageMeter

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

# Each vendor has its own name for why a reply ended, and its own words for it.
_FINISH_KEYS: Final = ("finish_reason", "stop_reason", "done_reason")
_CUT_OFF: Final = frozenset({"length", "max_tokens", "model_length"})
_FILTERED: Final = frozenset(
    {"content_filter", "safety", "refusal", "prohibited_content", "blocklist", "sensitive"}
)


class Reply:
    """One reply, chunk by chunk."""

    def __init__(self) -> None:
        self._chunks: list[AIMessageChunk] = []
        self._texts: list[str] = []
        self._finish: str | None = None
        self._input_tokens = 0
        self._output_tokens = 0

    @property
    def started(self) -> bool:
        """Whether some of its text has come."""
        return bool(self._texts)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._texts)

    @property
    def tool_arguments(self) -> list[dict[str, Any]]:
        """What the tools were called with."""
        if not self._chunks:
            return []
        whole = reduce(add, self._chunks)
        return [call["args"] for call in whole.tool_calls]

    @property
    def truncated(self) -> bool:
        """Whether the reply ended at the limit of tokens or without saying that it was whole."""
        return self._finish is None or self._finish in _CUT_OFF

    def failure(self) -> Failure | None:
        """What is wrong with a reply that has ended without an error."""
        return Failure(Reason.FILTERED) if self._finish in _FILTERED else None

    def take(self, chunk: AIMessageChunk) -> str:
        """Add `chunk` and return its text."""
        text = str(chunk.text)
        if text:
            self._texts.append(text)
        for key in _FINISH_KEYS:
            if isinstance(finish := chunk.response_metadata.get(key), str):
                self._finish = finish.casefold()
        if usage := chunk.usage_metadata:
            # Some vendors report the running total with every chunk, others each half once.
            self._input_tokens = max(self._input_tokens, usage["input_tokens"])
            self._output_tokens = max(self._output_tokens, usage["output_tokens"])
        self._chunks.append(chunk)
        return text

    def record(self, messages: Messages, meter: UsageMeter, prices: Prices | None) -> None:
        """Count the reply, and the `messages` that it answers, as the vendor did or by estimate."""
        if not self._chunks:
            return
        meter.add(
            self._input_tokens or count_prompt_tokens(messages),
            self._output_tokens or count_tokens(self.text),
            prices,
        )
