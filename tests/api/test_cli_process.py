"""`tutor` as a process of its own: pipes, encodings, signals, full disks, two at a time."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]
QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and signals as POSIX has them")


def started(*arguments: str, data: Path, **options: Any) -> subprocess.Popen[bytes]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(data.parent),
        "PYTHONPATH": str(ROOT),
        "TUTOR_DATA": str(data),
        **options.pop("env", {}),
    }
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen(
        [*COMMAND, *arguments], cwd=ROOT, env=environment, **{**streams, **options}
    )


def run(*arguments: str, data: Path, **options: Any) -> tuple[int, bytes, bytes]:
    process = started(*arguments, data=data, **options)
    out, err = process.communicate(timeout=100)
    return process.returncode, out, err


def test_a_reader_that_leaves_early_is_no_failure(indexed: Path) -> None:
    process = started("ask", "--batch", "-", data=indexed)
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(f"{QUESTION}\n".encode())
    process.stdin.flush()
    assert json.loads(process.stdout.readline())
    process.stdout.close()
    process.stdin.write(f"{QUESTION}\n".encode() * 3)
    process.stdin.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=100) == 0
    process.stderr.close()


def test_output_that_cannot_be_written_is_a_failure(indexed: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with full.open("wb") as out:
        code, _, err = run("sources", data=indexed, stdout=out)
    assert code == 1
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"LANG": "zh_CN.UTF-8"},
    ],
)
def test_chinese_goes_through_an_ascii_locale(indexed: Path, environment: dict[str, str]) -> None:
    code, out, err = run("sources", "show", "xin-junbo-overfitting", data=indexed, env=environment)
    assert (code, err) == (0, b"")
    assert "辛俊波" in out.decode("utf-8")


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"LANG": "zh_CN.UTF-8"}],
)
def test_a_calendar_goes_down_a_pipe_byte_for_byte(
    indexed: Path, environment: dict[str, str]
) -> None:
    wanted = ("plan", "我有两个月，每周 10 小时，想做 NLP 的毕设", "--ics")
    code, out, err = run(*wanted, "--start", "2027-03-01", data=indexed, env=environment)
    assert (code, err) == (0, b"")
    assert out.endswith(b"END:VCALENDAR\r\n")
    assert out.count(b"\n") == out.count(b"\r\n")
    first = Calendar.from_ical(out).events[0]
    assert first.start == date(2027, 3, 1)
    assert first["SUMMARY"].startswith("第 1 周：")


def test_what_an_encoding_lacks_is_escaped(indexed: Path) -> None:
    latin = {"PYTHONIOENCODING": "latin-1"}
    code, out, _ = run("sources", "show", "xin-junbo-overfitting", data=indexed, env=latin)
    assert code == 0
    assert b"\\u8f9b" in out
    code, out, _ = run("courses", "show", "d2l", "--json", data=indexed, env=latin)
    assert json.loads(out)["title"]["zh"] == "动手学深度学习"


def test_an_interrupted_question_is_quiet(indexed: Path) -> None:
    process = started("ask", "--batch", "-", data=indexed)
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{QUESTION}\n".encode())
    process.stdin.flush()
    process.stdout.readline()  # it is now waiting for the next line
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=100)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_a_full_disk_is_said_and_two_that_start_at_once_recover_from_it(tmp_path: Path) -> None:
    data = tmp_path / "data"

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    code, out, err = run("ask", QUESTION, data=data, preexec_fn=small_files_only)
    assert (code, out) == (1, b"")
    assert "Traceback" not in err.decode()
    assert "磁盘" in err.decode()

    both = [started("ask", QUESTION, "--json", data=data) for _ in range(2)]
    outcomes = [process.communicate(timeout=100) for process in both]
    for process, (out, err) in zip(both, outcomes, strict=True):
        assert process.returncode == 0, err.decode()
        assert json.loads(out)["citations"]
    # A log gets plain lines instead of a moving bar.
    assert "正在为自带的资料建立索引 …" in outcomes[0][1].decode() + outcomes[1][1].decode()
    assert b"\x1b" not in outcomes[0][1] + outcomes[1][1]
