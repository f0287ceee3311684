"""When a call to a language model is made again, and after which wait."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Retries:
    """`attempts` in all; the waits between them double from `first_wait` seconds, with jitter.

    A vendor that names a wait is given it; one that asks for more than `longest_wait` seconds is
    not asked again, since nobody waits that long for an answer to begin.
    """

    attempts: int = 3
    first_wait: float = 0.5
    longest_wait: float = 10.0

    def wait(self, attempt: int, asked: float | None = None) -> float | None:
        """Seconds to wait after the failed `attempt` (1 is the first), None to give up.

        Waits spread over the upper half of their range, so that callers that failed together do
        not come back together.
        """
        if attempt >= self.attempts:
            return None
        if asked is not None:
            return asked if asked <= self.longest_wait else None
        longest = min(self.longest_wait, self.first_wait * 2.0 ** (attempt - 1))
        return longest * random.uniform(0.5, 1.0)  # noqa: S311 - not a secret


def retry_after(error: Exception) -> float | None:
    """The seconds that the vendor asks to wait, in whichever of the three forms it says so."""
    response: Any = getattr(error, "response", None)
    headers: Mapping[str, str] = getattr(response, "headers", None) or {}
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        seconds = _number(headers.get(name))
        if seconds is not None:
            return seconds / unit
    return _until(headers.get("retry-after"))


def _number(text: str | None) -> float | None:
    try:
        return max(0.0, float(text)) if text else None
    except ValueError:
        return None


def _until(date: str | None) -> float | None:
    try:
        return max(0.0, parsedate_to_datetime(date).timestamp() - time.time()) if date else None
    except ValueError:
        return None
