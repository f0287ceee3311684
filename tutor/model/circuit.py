"""Not asking again and again what does not answer: the circuit breaker.

The pattern is from M. Nygard, Release It! (2007).
"""

from __future__ import annotations

import time
from collections.abc import Callable


class Circuit:
    """Opens after `failures` failures in a row and lets nothing through for `pause` seconds.

    After that one call is let through to try; its success closes the circuit, its failure opens it
    for another pause. While it is on its way, and for a pause if it is never heard of again, all
    others are refused. For use from one event loop.
    """

    def __init__(
        self,
        failures: int = 3,
        pause: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed = failures
        self._pause = pause
        self._clock = clock
        self._failed = 0
        self._open_until: float | None = None

    def available(self) -> bool:
        """Whether a call would be let through now."""
        return self._open_until is None or self._clock() >= self._open_until

    def admit(self) -> bool:
        """Let a call through, or not; one that gets through reports back how it went."""
        if not self.available():
            return False
        if self._open_until is not None:
            self._open_until = self._clock() + self._pause
        return True

    def succeeded(self) -> None:
        """The model answered."""
        self._failed = 0
        self._open_until = None

    def failed(self, *, for_good: bool = False) -> None:
        """The model did not answer; `for_good` when it will not without a person's doing."""
        self._failed += 1
        if for_good or self._failed >= self._allowed:
            self._open_until = self._clock() + self._pause
