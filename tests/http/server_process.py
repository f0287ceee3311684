"""`tutor serve` as whoever runs it has it: processes of their own at a port of this machine."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import httpx

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from api.cli import main; main()", "serve"]
SECONDS = 60.0  # for anything, on a machine that is busy with other tests
_READY = "Application startup complete."


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def environment(home: Path, **more: str) -> dict[str, str]:
    """What the server sees: nothing of the person who runs the tests."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "TUTOR_ADDRESS_RATE": "0",
        **more,
    }


def wait_until(is_so: Callable[[], object], what: str) -> None:
    """Waits until `is_so` says so."""
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


class ServerProcess:
    """A server over the directory `data`, ready when it is made; for a `with` block.

    `log` is what it has told so far, a JSON object for each line.
    """

    def __init__(self, data: Path, *, workers: int = 1, **settings: str) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._lines: list[str] = []
        options = ["--data", str(data), "--port", str(port), "--workers", str(workers)]
        self._process = subprocess.Popen(
            [*COMMAND, *options],
            cwd=data.parent,
            env=environment(data.parent, **settings),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        self._reading = threading.Thread(target=self._read)
        self._reading.start()
        try:
            wait_until(lambda: self._started() >= workers or not self._runs(), "it does not start")
            assert self._runs(), self.text
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    @property
    def pid(self) -> int:
        """The process that was started; of several workers it is none."""
        return self._process.pid

    @property
    def text(self) -> str:
        """The log as it was written."""
        return "".join(self._lines)

    @property
    def log(self) -> list[dict[str, Any]]:
        """The log, a JSON object for each line."""
        return [json.loads(line) for line in list(self._lines)]

    @property
    def workers(self) -> list[int]:
        """The processes that serve now."""
        ready = [line["process"] for line in self.log if line["message"] == _READY]
        return [process for process in ready if _exists(process)]

    def worker_of(self, response: httpx.Response) -> int:
        """The process that answered."""
        return self.logged(response)["process"]  # type: ignore[no-any-return]

    def logged(self, response: httpx.Response) -> dict[str, Any]:
        """What the log tells about a request once it has ended."""
        found: list[dict[str, Any]] = []
        id = response.headers["x-request-id"]

        def is_told() -> bool:
            found[:] = [line for line in self.log if line.get("request_id") == id]
            return bool(found)

        wait_until(is_told, "the request is not in the log")
        return found[0]

    def stop(self, by: int = signal.SIGTERM) -> int:
        """Tells it to stop and waits until it has; the exit code."""
        self._process.send_signal(by)
        return self.ended()

    def ended(self) -> int:
        """Waits until it has ended; the exit code."""
        code = self._process.wait(SECONDS)
        self._reading.join()
        return code

    def _read(self) -> None:
        assert self._process.stderr
        with self._process.stderr as stream:
            for line in stream:
                self._lines.append(line)

    def _started(self) -> int:
        return len(re.findall(re.escape(_READY), self.text))

    def _runs(self) -> bool:
        return self._process.poll() is None

    def _end(self) -> None:
        # Workers outlive the process that watches them when that one is killed: all of them go.
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reading.join()


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
