"""When a vendor is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest

from tutor.model.retry import Retries, retry_after


def refused_with(**headers: str) -> Exception:
    error = Exception("429")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    error.response = SimpleNamespace(headers=named)  # type: ignore[attr-defined]
    return error


def test_waits_grow_and_are_spread() -> None:
    retries = Retries(attempts=4, first_wait=1.0, longest_wait=3.0)
    for attempt, longest in ((1, 1.0), (2, 2.0), (3, 3.0)):
        waits = [retries.wait(attempt) for _ in range(50)]
        assert all(wait is not None and longest / 2 <= wait <= longest for wait in waits)
        assert len(set(waits)) > 1
    assert retries.wait(4) is None


def test_a_vendor_is_given_the_wait_it_asks_for_within_reason() -> None:
    retries = Retries(longest_wait=10.0)
    assert retries.wait(1, asked=7.0) == 7.0
    assert retries.wait(1, asked=10.5) is None
    assert retries.wait(3, asked=0.0) is None


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (refused_with(retry_after="2"), 2.0),
        (refused_with(retry_after="0.25"), 0.25),
        (refused_with(retry_after_ms="40", retry_after="2"), 0.04),
        (refused_with(retry_after="-3"), 0.0),
        (refused_with(retry_after="soon"), None),
        (refused_with(), None),
        (Exception("no response at all"), None),
    ],
)
def test_the_asked_wait_is_read(error: Exception, seconds: float | None) -> None:
    assert retry_after(error) == seconds


def test_the_asked_wait_may_be_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert retry_after(refused_with(retry_after=date)) == pytest.approx(29.5, abs=1.5)
    assert retry_after(refused_with(retry_after="Wed, 21 Oct 2015 07:28:00 GMT")) == 0.0
