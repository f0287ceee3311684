"""The command line `llm` against the endpoint."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from completion_material import QUESTION, chinese_answer

from tests.api.scripted_tutor import ScriptedTutor
from tests.http.live_server import LiveServer

LLM = Path(sys.executable).with_name("llm")


@pytest.fixture
def user_path(tmp_path: Path, server: LiveServer, key: str) -> Path:
    """The settings of `llm` as docs/openai-compatible.md has them."""
    path = tmp_path / "llm"
    path.mkdir()
    (path / "extra-openai-models.yaml").write_text(
        "- model_id: xianhou\n"
        "  model_name: xianhou\n"
        f"  api_base: {server.url}/v1\n"
        "  api_key_name: xianhou\n"
    )
    (path / "keys.json").write_text(json.dumps({"xianhou": key}))
    return path


def llm(user_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"LLM_USER_PATH": str(user_path), "PYTHONUTF8": "1"}
    return subprocess.run(
        [LLM, *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=100,
        check=False,
    )


@pytest.mark.parametrize("options", [(), ("--no-stream",)])
def test_a_question_is_answered_with_its_sources(user_path: Path, options: tuple[str, ...]) -> None:
    done = llm(user_path, "-m", "xianhou", *options, QUESTION)
    assert done.stderr == ""
    assert done.stdout.startswith(chinese_answer().text)
    assert "[1] 王一 · 知乎" in done.stdout


def test_a_conversation_goes_on(user_path: Path, tutor: ScriptedTutor) -> None:
    llm(user_path, "-m", "xianhou", QUESTION)
    done = llm(user_path, "-c", "那数学呢？")
    assert done.returncode == 0
    question, _, conversation = tutor.asked[-1]
    assert question == "那数学呢？"
    assert [turn.answer for turn in conversation.turns] == [chinese_answer().text]


def test_a_bad_key_is_said(user_path: Path) -> None:
    (user_path / "keys.json").write_text(json.dumps({"xianhou": "xh_wrong"}))
    done = llm(user_path, "-m", "xianhou", QUESTION)
    assert done.returncode != 0
    assert "unknown or was revoked" in done.stderr
