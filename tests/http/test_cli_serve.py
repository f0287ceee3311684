"""`tutor serve`: where it serves, how it stops, and what it says when it cannot start."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from server_process import COMMAND, SECONDS, ServerProcess, environment, free_port

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them"),
    pytest.mark.timeout(240),
]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def refused(data: Path, *options: str, **settings: str) -> tuple[int, list[str]]:
    """The exit code of a server that does not start, and what it says."""
    done = subprocess.run(
        [*COMMAND, "--data", str(data), *options],
        env=environment(data.parent, **settings),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    return done.returncode, done.stderr.splitlines()


def test_a_port_that_is_taken(tmp_path: Path, taken: int) -> None:
    code, said = refused(tmp_path, "--port", str(taken))
    assert code == 1
    assert said == [
        f"Another program uses port {taken}. Stop it, or choose another port with --port."
    ]
    assert list(tmp_path.iterdir()) == [], "nothing is done for a server that cannot serve"


def test_a_port_that_is_taken_in_chinese(tmp_path: Path, taken: int) -> None:
    _, said = refused(tmp_path, "--port", str(taken), "--workers", "2", LANG="zh_CN.UTF-8")
    assert said == [f"端口 {taken} 已被另一个程序占用。请停掉那个程序，或用 --port 换一个端口。"]


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "nowhere.invalid"])
def test_an_address_that_this_machine_does_not_have(tmp_path: Path, host: str) -> None:
    code, (said,) = refused(tmp_path, "--host", host)
    assert code == 2
    assert f"Cannot serve at port 8000 of {host}" in said
    assert "--host" in said


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("TUTOR_ADDRESS_RATE", "-1", 2),
        ("TUTOR_LLM_MODEL", "gpt-6", 2),
        ("TUTOR_DATABASE", "mysql://localhost/x", 2),
        ("TUTOR_DATABASE", "sqlite:////dev/null/x", 1),
    ],
)
def test_a_setting_that_keeps_it_from_starting_is_told_in_one_line(
    indexed: Path, variable: str, value: str, code: int
) -> None:
    options = ["--port", str(free_port())]
    exit_code, (said,) = refused(indexed, *options, **{variable: value})
    assert exit_code == code
    assert said.endswith(".")
    assert "Traceback" not in said


@pytest.mark.parametrize("workers", [1, 2])
def test_what_only_a_running_server_notices_ends_it_with_a_sentence_in_the_log(
    own_copy: Path, workers: int
) -> None:
    options = ["--port", str(free_port()), "--workers", str(workers)]
    code, said = refused(own_copy, *options, TUTOR_DISCORD_PUBLIC_KEY="nonsense")
    errors = [line["message"] for line in map(json.loads, said) if line["level"] == "error"]
    assert code == 1
    assert "TUTOR_DISCORD_PUBLIC_KEY is not a public key." in errors[0]
    assert not any("Traceback" in error for error in errors)


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_it_in_good_order_and_leaves_nothing_behind(
    own_copy: Path, tmp_path: Path, workers: int
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with ServerProcess(own_copy, workers=workers, TMPDIR=str(scratch)) as server:
        assert httpx.get(f"{server.url}/readyz").status_code == 200
        shared = list(scratch.glob("xianhou-*"))
        assert len(shared) == (workers > 1), "several workers add up their figures in a directory"
        os.killpg(server.pid, signal.SIGINT)  # as a terminal does: to all of them
        assert server.ended() == 0
        assert all(line["level"] == "info" for line in server.log)
    assert not any(directory.exists() for directory in shared)
    assert not (own_copy.parent / ".local").exists(), "it serves from --data and nothing else"
