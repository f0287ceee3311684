"""What one answer has cost so far: calls, tokens, money and time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tutor.answer import Usage

ANSWER_SECONDS: Final = 180.0
_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in and out; the currency is the user's own."""

    input: float
    output: float

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        """The price of so many tokens."""
        return (input_tokens * self.input + output_tokens * self.output) / _MILLION


class UsageMeter:
    """Counts what the language model is asked for during one answer; make one for each answer.

    Time runs from its making: after `seconds` in all, no call is waited for any longer.
    `truncated` tells of the streamed reply that ended last: whether it was cut off, at the limit
    of tokens or by a server that closed without saying that it had finished. The last sentence of
    such a reply may be half of one.
    """

    def __init__(
        self, seconds: float = ANSWER_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.truncated = False
        self._clock = clock
        self._ends = clock() + seconds
        self._calls = 0
        self._input_tokens = 0
        self._output_tokens = 0
        self._cost: float | None = None

    def remaining(self) -> float:
        """The seconds that are left for this answer, at least 0."""
        return max(0.0, self._ends - self._clock())

    def add(self, input_tokens: int, output_tokens: int, prices: Prices | None = None) -> None:
        """Count one call that used so many tokens."""
        self._calls += 1
        self._input_tokens += input_tokens
        self._output_tokens += output_tokens
        if prices:
            self._cost = (self._cost or 0.0) + prices.cost(input_tokens, output_tokens)

    def usage(self) -> Usage:
        """What has been counted so far."""
        return Usage(self._calls, self._input_tokens, self._output_tokens, self._cost)
