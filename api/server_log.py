"""The log as one JSON object a line. What people ask is not in it, unless that was asked for."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

_FIELDS: Final = "fields"
_NOISY: Final = (
    "aiosqlite",
    "httpx",
    "httpcore",
    "openai",
    "chromadb",
    "slack_bolt",
    "slack_sdk",
)
_log = logging.getLogger("xianhou.http")


@dataclass(frozen=True, slots=True)
class RequestLine:
    """What is told of a request; `route` is its pattern, not what was typed."""

    request_id: str
    method: str
    route: str
    status: int
    seconds: float


class JsonFormatter(logging.Formatter):
    """A record as JSON: time in UTC, level, process, logger, message, and what it came with."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.casefold(),
            "process": record.process,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, _FIELDS, {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            # What an exception says may be what somebody typed; where it happened is not.
            told["exception"] = record.exc_info[0].__name__
            told["frames"] = traceback.format_tb(record.exc_info[2])
        return json.dumps(told, ensure_ascii=False)


def set_up_logging() -> None:
    """Sends the log of this process to standard error as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # These tell of every request they send, with its address.
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)


def log_request(line: RequestLine) -> None:
    """Tells that a request has ended."""
    fields = {**asdict(line), "seconds": round(line.seconds, 4)}
    _log.info("request", extra={_FIELDS: fields})


def log_failure(request_id: str) -> None:
    """Tells of the exception that is being handled."""
    _log.exception("a request failed", extra={_FIELDS: {"request_id": request_id}})


def log_question(question: str) -> None:
    """Tells what was asked; for servers whose `log_questions` is set."""
    _log.info("question", extra={_FIELDS: {"question": question}})
