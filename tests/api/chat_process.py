"""`tutor chat` as a person has it: a process of its own at a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pexpect
from terminal_screen import Screen

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]
PROMPT = "›"
ENTER, CTRL_C, CTRL_D = "\r", "\x03", "\x04"
_SECONDS = 100.0  # for anything, on a machine that is busy with other tests


def environment(data: Path, **more: str) -> dict[str, str]:
    """What the process sees: nothing of the person who runs the tests."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(data.parent),
        "PYTHONPATH": str(ROOT),
        # A connection or a file that is left open shows up on the screen.
        "PYTHONWARNINGS": "always::ResourceWarning",
        "TUTOR_DATA": str(data),
        "TERM": "xterm-256color",
        "PROMPT_TOOLKIT_NO_CPR": "1",  # nobody here says where the cursor is
        "LANG": "zh_CN.UTF-8",
        **more,
    }


class ChatProcess:
    """A running chat, with its screen; for a `with` block."""

    def __init__(
        self, *arguments: str, data: Path, columns: int = 80, rows: int = 24, **more: str
    ) -> None:
        self.screen = Screen(columns, rows)
        self._child: pexpect.spawn[bytes] = pexpect.spawn(
            COMMAND[0],
            [*COMMAND[1:], "chat", *arguments],
            cwd=data.parent,
            env=environment(data, **more),
            dimensions=(rows, columns),
        )
        self.wait_for_prompt()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.close(force=True)

    def type(self, keys: str) -> None:
        """Presses `keys` and waits for nothing."""
        self._child.send(keys.encode())

    def say(self, line: str) -> str:
        """Types a line and waits for the next prompt; what has been shown in between."""
        return self.press(line + ENTER)

    def press(self, keys: str) -> str:
        """Presses `keys` and waits for a new prompt; what has been shown in between."""
        before = len(self.screen.text)
        self.type(keys)
        self.wait_for_prompt(before)
        return self.screen.text[before:].removesuffix(PROMPT)

    def wait_for_prompt(self, before: int = 0) -> None:
        """Waits until a line can be typed, more than `before` characters down."""
        self.wait_until(
            lambda: self.screen.text.endswith(f"\n{PROMPT}") and len(self.screen.text) > before
        )

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Shows what the process writes until `is_so`."""
        deadline = time.monotonic() + _SECONDS
        while not is_so():
            assert time.monotonic() < deadline, self.screen.text
            try:
                self.screen.feed(self._child.read_nonblocking(1 << 16, timeout=1))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                raise AssertionError(self.screen.text) from None

    def leave(self, keys: str = CTRL_D) -> int | None:
        """Leaves by `keys`; the exit code."""
        self.type(keys)
        self._child.expect(pexpect.EOF, timeout=_SECONDS)
        self._child.wait()
        self._child.close()
        return self._child.exitstatus
