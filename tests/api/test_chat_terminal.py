"""The whole chat at a terminal, as a process of its own."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from chat_process import CTRL_C, CTRL_D, ENTER, PROMPT, ChatProcess
from model_server import SUPPORTED, configured, model_server

from tests.data_directories import copied_data
from tests.tutor.openai_stub import StubReply

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a terminal as POSIX has it")
QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"


@pytest.fixture
def own_copy(indexed: Path, tmp_path: Path) -> Path:
    return copied_data(indexed, tmp_path / "copy")


def test_a_student_asks_on_comes_back_and_leaves_no_trace(own_copy: Path) -> None:
    with ChatProcess(data=own_copy) as chat:
        assert "没有配置语言模型" in chat.screen.squeezed

        answer = chat.say(QUESTION)
        assert "不用先学完" in answer
        assert "正在读" not in answer
        assert "[1]" in answer
        assert "https://www.zhihu.com/" in answer

        answer = chat.say("那数学呢？")
        assert "你之前说的" in "".join(answer.split())
        assert "转述" in chat.say("/sources 1")
        assert "理解成的问题：" in chat.say("/why")

        assert chat.press("这一行不要了" + CTRL_C).strip() == "这一行不要了"
        assert "是不是 /goal" in chat.say("/gaol")
        answer = "".join(chat.say("／目标 找工作").split())
        assert "重答：那数学呢？" in answer
        assert "按你设定的目标「找工作」回答" in answer

        assert "已存到 kept.md" in chat.say("/export kept.md")
        assert chat.leave() == 0
    exported = (own_copy.parent / "kept.md").read_text("utf-8")
    assert f"> {QUESTION}" in exported
    assert "https://www.zhihu.com/" in exported
    history = own_copy / "chat-history"
    for private in (history, own_copy / "learner"):
        assert stat.S_IMODE(private.stat().st_mode) == 0o600

    with ChatProcess("--resume", data=own_copy, columns=40) as chat:
        assert "记得你的情况：目标：找工作" in chat.screen.squeezed
        assert QUESTION in chat.screen.squeezed
        chat.type("/forget" + ENTER)
        chat.wait_until(lambda: "输入yes：" in chat.screen.squeezed)
        assert "都删除了" in chat.say("yes")
        assert "还没有记下" in chat.say("/profile")
        assert "还没有以前的对话" in chat.say("/resume")
        assert "/forget" not in history.read_text("utf-8")
        assert chat.leave("/quit" + ENTER) == 0
        assert "Warning" not in chat.screen.text
    assert not (own_copy / "learner").exists()


def test_ctrl_c_stops_an_answer_and_the_chat_goes_on(own_copy: Path) -> None:
    slowly = StubReply(interval=5.0)
    with model_server(SUPPORTED, reply=slowly) as server:
        with ChatProcess(data=own_copy, **configured(server)) as chat:
            assert "语言模型stub-model" in chat.screen.squeezed
            chat.type(QUESTION + ENTER)
            # What needs no model is there at once, with a sign that more is to come.
            chat.wait_until(lambda: bool(server.requests))
            chat.wait_until(lambda: chat.screen.squeezed.endswith("…"))
            chat.press(CTRL_C)
            opening, stopped = chat.screen.squeezed.rsplit("停下了", 1)
            assert "[1]" in opening
            assert not opening.endswith("…")
            assert stopped == f"，这个问题没有保存。{PROMPT}"
            assert "还没有以前的对话" in chat.say("/resume")
            assert "还没有回答" in chat.say("/why")
            assert chat.leave(CTRL_D) == 0
            assert "Warning" not in chat.screen.text
        assert server.requests[0].abandoned.wait(10)


@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_pasted_lines_are_one_message_and_english_gets_english(own_copy: Path, term: str) -> None:
    with ChatProcess("--goal", "job", data=own_copy, columns=40, TERM=term, LANG="en") as chat:
        assert "Goal: getting a job" in chat.screen.text
        if term == "dumb":
            answer = chat.say("Do I need calculus?")
        else:
            paste = "\x1b[200~Do I need machine learning\nbefore deep learning?\x1b[201~"
            answer = chat.say(paste)
            assert "Answered for getting a job" in " ".join(answer.split())
        assert "Another goal: /goal" in " ".join(answer.split())
        assert "\x1b" not in answer
        assert chat.leave() == 0
