"""What is counted, timed and traced; for Prometheus over all workers where there are several."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from opentelemetry import trace
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from api.server_settings import SHARED_FIGURES

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
_LIVE: Final = "gauge_livesum_"

REQUESTS: Final = Counter(
    "xianhou_http_requests_total", "Requests answered", ["method", "route", "status"]
)
REQUEST_SECONDS: Final = Histogram(
    "xianhou_http_request_seconds", "Time to the end of the response", ["route"]
)
FIRST_EVENT_SECONDS: Final = Histogram(
    "xianhou_first_event_seconds", "Time from a question to its first event"
)
ANSWER_SECONDS: Final = Histogram("xianhou_answer_seconds", "Time from a question to its answer")
ANSWERS: Final = Counter("xianhou_answers_total", "Questions by what came of them", ["outcome"])
ANSWERING: Final = Gauge(
    "xianhou_answers_in_progress", "Questions being answered", multiprocess_mode="livesum"
)


class AnswerWatch:
    """Times one answer; its `outcome` is "failed" until it is told otherwise."""

    def __init__(self) -> None:
        self.outcome = "failed"
        self._started = time.perf_counter()
        self._begun = False

    def event(self) -> None:
        """Something has come of the question."""
        if not self._begun:
            self._begun = True
            FIRST_EVENT_SECONDS.observe(self.seconds())

    def seconds(self) -> float:
        """Since the question."""
        return time.perf_counter() - self._started


@contextmanager
def watched_answer() -> Iterator[AnswerWatch]:
    """Counts and times the answer that is written within the block."""
    watch = AnswerWatch()
    ANSWERING.inc()
    with trace.get_tracer(__name__).start_as_current_span("answer") as span:
        try:
            yield watch
        finally:
            span.set_attribute("xianhou.outcome", watch.outcome)
            ANSWERING.dec()
            ANSWERS.labels(watch.outcome).inc()
            ANSWER_SECONDS.observe(watch.seconds())


def leave_out_ended_workers() -> None:
    """Takes what workers were answering when they were killed out of what is under way."""
    directory = os.environ.get(SHARED_FIGURES)
    for file in Path(directory).glob(f"{_LIVE}*.db") if directory else ():
        process = int(file.stem.removeprefix(_LIVE))
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            mark_process_dead(process)  # type: ignore[no-untyped-call]
        except PermissionError:
            continue  # it runs, for somebody else


def exposition() -> bytes:
    """All figures in Prometheus's text format."""
    if SHARED_FIGURES not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
