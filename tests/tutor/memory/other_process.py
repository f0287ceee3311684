"""Another process on the same database, for the tests to talk to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


class Other:
    """A `program` in a scenario of its own; it is killed in the end if it still lives."""

    def __init__(self, program: Path, scenario: str, *arguments: object) -> None:
        command = [sys.executable, "-W", "error", str(program), scenario, *map(str, arguments)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def says(self) -> str:
        return self.process.stdout.readline().strip()

    def go_on(self) -> None:
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def ends(self) -> int:
        return self.process.wait()

    def __enter__(self) -> Other:
        return self

    def __exit__(self, *_: object) -> None:
        with self.process:  # closes its pipes and waits
            self.process.kill()
