"""What a server stands: answers a second, waiting and memory, over real HTTP on this machine.

Each figure has a bound beside it: a bare FastAPI route, in the same number of processes, that sends
the same bytes to the same number of people right afterwards.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from benchmark_collections import Collections
from benchmark_questions import sample
from benchmark_statistics import spread
from benchmark_wordings import QUESTION
from doors_client import Load, asked
from doors_server import RATE, RECORDING

ROOT: Final = Path(__file__).parents[2]
TOKENS_A_SECOND: Final = 30.0
_STARTING_SECONDS: Final = 120.0
_DIFFERENT_QUESTIONS: Final = 120
_MORE_OF_THE_BARE: Final = 20  # its answers are too short to be timed otherwise
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_READY: Final = b"Application startup complete."


@dataclass(frozen=True)
class Lane:
    """A server and how it is asked: `each` times by each of `simultaneous` people.

    `rate` is the pace of its language model in tokens a second, None where rules write alone.
    """

    rate: float | None
    workers: int
    simultaneous: int
    each: int


LANES: Final = (
    Lane(None, 1, 1, 12),
    Lane(None, 1, 20, 3),
    Lane(None, 2, 20, 3),
    Lane(None, 2, 200, 1),
    Lane(TOKENS_A_SECOND, 1, 1, 6),
    Lane(TOKENS_A_SECOND, 1, 20, 2),
    Lane(TOKENS_A_SECOND, 1, 200, 1),
    Lane(TOKENS_A_SECOND, 2, 200, 1),
)


def run(collections: Collections, scratch: Path) -> list[dict[str, Any]]:
    """The figures of each lane, over the bundled sources."""
    data = collections.bundled()
    return [measure(lane, data, scratch) for lane in LANES]


def measure(lane: Lane, data: Path, scratch: Path) -> dict[str, Any]:
    """What the server does in this lane, and what the bare route does."""
    questions = [QUESTION] if lane.rate else sample(_DIFFERENT_QUESTIONS)
    settings = {"TUTOR_DATA": str(data), **_settings(lane)}
    with _serving(_command(lane), lane.workers, scratch, **settings) as server:
        alone = asked(server.port, [QUESTION], 1, 3 * lane.workers)  # the first ones are slow
        recording = _recorded(alone, scratch, paced=bool(lane.rate))
        ours = _loaded(server, questions, lane.simultaneous, lane.each)
    settings = {RECORDING: str(recording)}
    with _serving(_server("bare"), lane.workers, scratch, **settings) as server:
        asked(server.port, [QUESTION], 1, 3 * lane.workers)
        often = 1 if lane.rate else _MORE_OF_THE_BARE
        bound = _loaded(server, questions, lane.simultaneous, often * lane.each)
    return {
        "lane": asdict(lane),
        "ours": ours,
        "bare": bound,
        "ratio": round(ours["done_ms"]["p50"] / bound["done_ms"]["p50"], 2),
    }


def _loaded(
    server: _Server, questions: Sequence[str], simultaneous: int, each: int
) -> dict[str, Any]:
    """The figures of one server under load."""
    before = server.processor_seconds()
    load = asked(server.port, questions, simultaneous, each)
    served = server.processor_seconds() - before
    count = len(load.answers)
    return {
        "answers": count,
        "failed": load.failed,
        "answers_a_second": round(count / load.seconds, 2),
        "first_ms": asdict(spread([answer.first for answer in load.answers], 1000)),
        "done_ms": asdict(spread([answer.done for answer in load.answers], 1000)),
        "processor_ms_an_answer": round(1000 * served / count, 1),
        "client_share": round(load.client_seconds / (load.seconds * (os.cpu_count() or 1)), 3),
        "most_memory_mb": [round(most) for most in server.most_megabytes()],
    }


def _recorded(alone: Load, scratch: Path, *, paced: bool) -> Path:
    """The file with what came of one question; without a pace it is to be sent at once."""
    last = alone.answers[-1]
    pieces = [(seconds if paced else 0.0, piece.decode()) for seconds, piece in last.pieces]
    file = scratch / "recording.json"
    file.write_text(json.dumps(pieces), encoding="utf-8")
    return file


def _command(lane: Lane) -> list[str]:
    if lane.rate is not None:
        return _server("scripted")
    return [str(Path(sys.executable).with_name("tutor")), "serve"]


def _server(kind: str) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("doors_server.py")), kind]


def _settings(lane: Lane) -> dict[str, str]:
    unlimited = {"TUTOR_ADDRESS_RATE": "0", "TUTOR_ANSWER_SECONDS": "600"}
    return unlimited | ({RATE: str(lane.rate)} if lane.rate else {})


class _Server:
    """A server in a process of its own; with several workers, these are its children."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, workers: int) -> None:
        self.port = port
        self._process = process
        self._workers = workers

    def processes(self) -> list[int]:
        """Those that serve."""
        if self._workers == 1:
            return [self._process.pid]
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return [child for child in map(int, children) if "spawn_main" in _command_of(child)]

    def processor_seconds(self) -> float:
        """What all of them have used so far."""
        return sum(map(_processor_seconds, self.processes()))

    def most_megabytes(self) -> list[float]:
        """The most memory that each of them has held at a time."""
        return [_most_megabytes(process) for process in self.processes()]


@contextmanager
def _serving(
    command: Sequence[str], workers: int, scratch: Path, **settings: str
) -> Iterator[_Server]:
    """Runs a server until the end of the block; all of its workers answer from the beginning."""
    port, log = _free_port(), scratch / "server.log"
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "tutor")])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUTOR_")}
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--workers", str(workers)],
            env={**kept, "PYTHONPATH": path, **settings},
            stdout=subprocess.DEVNULL,
            stderr=written,
        )
    try:
        _wait_until_ready(process, log, workers)
        yield _Server(process, port, workers)
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path, workers: int) -> None:
    deadline = monotonic() + _STARTING_SECONDS
    while log.read_bytes().count(_READY) < workers:
        if process.poll() is not None or monotonic() > deadline:
            raise RuntimeError(f"the server does not start: {log.read_text(encoding='utf-8')}")
        sleep(0.05)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _command_of(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")


def _processor_seconds(process: int) -> float:
    # What follows the name, which may have blanks in it.
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _most_megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    (most,) = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(most) / 1024
