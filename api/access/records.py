"""What the doors know of keys and limits. Importing this needs no database library."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

TOKEN_PREFIX: Final = "xh_"  # noqa: S105 - not a secret
"""How every key of ours begins."""


class Scope(StrEnum):
    """What a key opens; `ADMIN` opens everything."""

    ASK = "ask"
    INGEST = "ingest"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret, which nobody knows but its holder. Both times are in UTC."""

    id: str
    name: str
    scopes: frozenset[Scope]
    created: datetime
    revoked: datetime | None

    def allows(self, scope: Scope) -> bool:
        """Whether this key opens what asks for `scope`."""
        return scope in self.scopes or Scope.ADMIN in self.scopes


@dataclass(frozen=True, slots=True)
class RateLimit:
    """`requests` (1 and more) may come at once, and after that many one every `seconds/requests`.

    Whoever has not come for `seconds` (above 0) has the whole number again.
    """

    requests: int
    seconds: float

    def __post_init__(self) -> None:
        if self.requests < 1 or not 0 < self.seconds < math.inf:
            raise ValueError(f"a limit that nobody can keep: {self}")
