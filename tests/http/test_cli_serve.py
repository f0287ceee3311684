"""`tutor serve`: where it serves, how it stops, and what it says when it cannot start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from server_process import COMMAND, ROOT, SECONDS, ServerProcess, environment, free_port
from uvicorn.config import STARTUP_FAILURE

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
        ("TUTOR_EMBEDDER", "openai", 2),
        ("TUTOR_SLACK_BOT_TOKEN", "xoxb-1", 2),
        ("TUTOR_DISCORD_APPLICATION_ID", "1", 2),
        ("TUTOR_DISCORD_PUBLIC_KEY", "nonsense", 2),
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


def test_a_setting_is_explained_in_the_language_of_the_reader(tmp_path: Path) -> None:
    chinese = {"LANG": "zh_CN.UTF-8", "TUTOR_ALLOW_ANONYMOUS": "ja"}
    assert refused(tmp_path, **chinese) == (
        2,
        ["环境变量 TUTOR_ALLOW_ANONYMOUS 的值不可用（要是 true 或 false）。请改正或取消它。"],
    )


def test_chat_libraries_that_are_not_installed_are_told_in_one_line(tmp_path: Path) -> None:
    without = tmp_path / "sitecustomize.py"
    without.write_text("import sys; sys.modules['slack_bolt'] = None")
    slack = {"TUTOR_SLACK_BOT_TOKEN": "xoxb-1", "TUTOR_SLACK_SIGNING_SECRET": "secret"}
    code, said = refused(tmp_path / "data", PYTHONPATH=f"{tmp_path}:{ROOT}", **slack)
    assert (code, said) == (2, ["Slack needs more packages: pip install '.[slack]'."])


@pytest.mark.parametrize(
    ("variable", "value"),
    [("TUTOR_DISCORD_PUBLIC_KEY", "nonsense"), ("TUTOR_EMBEDDER", "openai")],
)
def test_a_worker_that_cannot_start_says_why_in_a_sentence_and_ends(
    own_copy: Path, variable: str, value: str
) -> None:
    at = ["--factory", "api.http.starting:application", "--port", str(free_port())]
    done = subprocess.run(
        [sys.executable, "-m", "uvicorn", *at],
        env=environment(own_copy.parent, **{"TUTOR_DATA": str(own_copy), variable: value}),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == STARTUP_FAILURE
    assert variable in done.stderr
    assert "Traceback" not in done.stderr


def test_it_says_where_it_is_and_which_chat_services_are_on_once_it_is_ready(
    own_copy: Path,
) -> None:
    port = free_port()
    chat = {
        "TUTOR_SLACK_BOT_TOKEN": "xoxb-1",
        "TUTOR_SLACK_SIGNING_SECRET": "secret",
        "TUTOR_DISCORD_PUBLIC_KEY": "ab" * 32,
    }
    everywhere = ["--host", "0.0.0.0", "--port", str(port)]
    with subprocess.Popen(
        [*COMMAND, "--data", str(own_copy), *everywhere],
        env=environment(own_copy.parent, **chat),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as server:
        assert server.stdout
        try:
            page = server.stdout.readline()
            assert httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=SECONDS).status_code == 200
            server.send_signal(signal.SIGINT)
            said = server.stdout.read().splitlines()
        finally:
            server.kill()
    assert page.startswith(f"Page: http://127.0.0.1:{port} ")
    on_network = said[:-2]
    assert all(f":{port} (a key is needed from elsewhere)" in line for line in on_network)
    assert said[-2:] == [
        "Slack: on (events at /slack/events)",
        "Discord: on (interactions at /discord/interactions)",
    ]


def test_the_help_calls_numbers_by_what_they_are(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "--help"],
        env=environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=True,
    )
    assert "--port PORT" in done.stdout
    assert "--workers N" in done.stdout
    assert "<" not in done.stdout.replace("<=", "")


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
