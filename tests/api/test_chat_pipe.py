"""`tutor chat` and `tutor ask` without a terminal: pipes, files, signals, a language model."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from chat_process import COMMAND, ROOT, environment
from model_server import INVENTED, OWN, SUPPORTED, configured, model_server
from typer.testing import Result

from tests.tutor.openai_stub import StubReply

Tutor = Callable[..., Result]
QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_file_of_messages_is_answered_line_by_line(tutor: Tutor, own_copy: Path) -> None:
    lines = ["/profile weeks 8", QUESTION, "", "/sources 1", "/nonsense", "那数学呢？", "/profile"]
    result = tutor("chat", data=own_copy, input="\n".join(lines).encode())
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    order = [
        "Time: 8 weeks\n",
        "**不用先学完",
        "转述",
        "你之前说的",
        "目标：毕业设计\n时间：8 周\n",
    ]
    places = [result.stdout.index(words) for words in order]
    assert places == sorted(places)
    assert result.stderr.count("\n") == 1
    assert "/nonsense" in result.stderr

    result = tutor("chat", "--resume", data=own_copy, input="/why\n/forget\nyes\n/profile\n")
    assert result.exit_code == 0
    assert "理解成的问题：" in result.stdout
    assert "都删除了" in result.stdout
    assert not (own_copy / "learner").exists()


def test_a_conversation_goes_on_by_its_id_only(tutor: Tutor, own_copy: Path) -> None:
    nothing = tutor("chat", "--resume", data=own_copy, input=b"")
    assert nothing.exit_code == 0
    assert "no earlier conversation" in nothing.stdout
    for arguments in (["--resume", "0123abcd"], ["0123abcd"]):
        result = tutor("chat", *arguments, data=own_copy, input=b"")
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1


def test_a_line_that_is_no_text_does_not_end_the_chat(tutor: Tutor, own_copy: Path) -> None:
    lines = [b"\xff\xfe", "学".encode() * 3000, b"/help"]
    result = tutor("chat", data=own_copy, input=b"\n".join(lines))
    assert result.exit_code == 0
    assert len(result.stderr.splitlines()) == 2
    assert "/forget" in result.stdout


def test_an_error_nobody_foresaw_does_not_end_the_chat(
    tutor: Tutor, own_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("tutor.tutor.Tutor.ask", broken)
    result = tutor("chat", data=own_copy, input="要先学数学吗？\n/help\n".encode())
    assert result.exit_code == 0
    assert "boom" not in result.stderr
    assert "TUTOR_DEBUG" in result.stderr
    assert "/forget" in result.stdout


def test_a_model_writes_checked_sentences_with_sources(tutor: Tutor) -> None:
    with model_server(SUPPORTED, INVENTED, OWN) as server:
        result = tutor("ask", QUESTION, env=configured(server))
    assert (result.exit_code, result.stderr) == (0, "")
    text, below = result.stdout.split("\n\n## 来源\n")
    assert SUPPORTED.split("[")[0] in text
    assert OWN in text
    assert "37 周" not in text
    assert "正文由语言模型 stub-model 执笔" in below
    assert "没有编号的句子是本助手自己的推断" in below


@pytest.mark.parametrize("as_json", [True, False])
def test_without_its_model_the_tutor_answers_and_says_so_once(tutor: Tutor, as_json: bool) -> None:
    with model_server() as server:
        down = configured(server)
    result = tutor("ask", QUESTION, *(["--json"] if as_json else []), env=down)
    assert result.exit_code == 0
    if as_json:
        made = json.loads(result.stdout)
        assert (made["writer"], made["model"]) == ("composer", None)
        assert [notice["zh"] in result.stderr for notice in made["notices"]] == [True]
    else:
        assert result.stdout.count("语言模型没有答上来") == 1
        assert result.stderr == ""
        assert "[1]" in result.stdout.split("## 来源")[0]


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("command", [["ask", QUESTION], ["chat"]])
def test_ctrl_c_ends_the_request_and_the_line(own_copy: Path, command: list[str]) -> None:
    with (
        model_server(SUPPORTED, reply=StubReply(interval=5.0)) as server,
        subprocess.Popen(
            [*COMMAND, *command],
            cwd=ROOT,
            env=environment(own_copy, **configured(server)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process,
    ):
        assert process.stdin
        process.stdin.write(f"{QUESTION}\n".encode())
        process.stdin.flush()
        wait_until(lambda: bool(server.requests) or process.poll() is not None)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=100)
        assert server.requests[0].abandoned.wait(10)
    assert (process.returncode, err) == (130, b"")
    assert "不用先学完" in out.decode()
    assert out.endswith(b"\n")
