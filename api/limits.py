"""How often somebody may ask, at all doors and workers together."""

from __future__ import annotations

from typing import Final

from api.access.records import RateLimit
from api.access.store import AccessStore
from api.errors import rate_limited

_MINUTE: Final = 60.0


async def admit(access: AccessStore, subject: str, requests: int) -> None:
    """Lets `subject` pass up to `requests` times a minute, 0 for any number.

    Raises RateLimitedError.
    """
    if requests == 0:
        return
    wait = await access.admit(subject, RateLimit(requests, _MINUTE))
    if wait > 0:
        raise rate_limited(wait)
