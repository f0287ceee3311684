"""What a fetch may cost, and saying that it cost more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.errors import DocumentError
from corpus.types import Bilingual


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one fetch: `size` in bytes, as sent and after decompression, times in seconds.

    `resolve_time`, `connect_time` and `read_time` are for a single wait, `total_time` is for all.
    """

    size: int = 10_000_000
    total_time: float = 60.0
    resolve_time: float = 10.0
    connect_time: float = 10.0
    read_time: float = 20.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time `end` of the `clock`, both in seconds, at which a fetch is given up."""

    clock: Callable[[], float]
    end: float

    def remaining(self) -> float:
        """The seconds that are left, more than 0. Raises `DocumentError` when there are none."""
        left = self.end - self.clock()
        if left <= 0:
            raise unreachable()
        return left


def unreachable() -> DocumentError:
    """The error for a site that does not answer, or not in time."""
    return DocumentError(
        Bilingual(
            "网站没有及时回应；请稍后再试，或另存网页后读入文件",
            "does not answer in time; try again later, or save the page and read the file",
        )
    )


def too_large(limits: Limits) -> DocumentError:
    """The error for a body larger than `limits` allow."""
    limit = limits.size // 1_000_000
    return DocumentError(
        Bilingual(
            f"太大（上限 {limit} MB）；请下载后拆成几份再读入",
            f"is too large (at most {limit} MB); download it, split it and read the parts",
        )
    )
