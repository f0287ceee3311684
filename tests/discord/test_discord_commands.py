"""The commands as they are registered with Discord."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli_discord import app
from api.discord.commands import definitions
from corpus.errors import UsageError, XianhouError
from corpus.types import Goal, Language

NAME = re.compile(r"[-_'\w]{1,32}")
ID = "4711"


def described() -> Iterator[dict[str, Any]]:
    for each in definitions():
        yield each
        yield from each["options"]


def total(field: str, holder: dict[str, Any]) -> int:
    """The length of the longest localisation, as Discord counts it."""
    return max(map(len, [holder[field], *holder[f"{field}_localizations"].values()]))


def test_names_and_descriptions_keep_to_the_limits_of_discord() -> None:
    for each in described():
        names = [each["name"], *each["name_localizations"].values()]
        assert all(NAME.fullmatch(name) and name == name.lower() for name in names)
        assert total("description", each) <= 100
        assert all(total("name", choice) <= 100 for choice in each.get("choices", []))
    for command in definitions():
        assert len(json.dumps(command, ensure_ascii=False)) <= 8000


def test_every_name_is_in_simplified_and_in_traditional_chinese() -> None:
    for each in described():
        for field in ("name_localizations", "description_localizations"):
            assert set(each[field]) == {"zh-CN", "zh-TW"}
    ask = definitions()[0]
    assert ask["name_localizations"] == {"zh-CN": "提问", "zh-TW": "提問"}
    (_, goal) = ask["options"]
    assert goal["choices"][0]["name_localizations"] == {"zh-CN": "毕业设计", "zh-TW": "畢業設計"}


def test_required_options_come_first_and_goals_are_all_there() -> None:
    ask, goal, forget = definitions()
    assert [option.get("required", False) for option in ask["options"]] == [True, False]
    assert ask["options"][0]["max_length"] == 2000
    for options in (ask["options"][1], goal["options"][0]):
        assert [choice["value"] for choice in options["choices"]] == [g.value for g in Goal]
    assert forget["options"] == []


class Registry:
    """Takes definitions, and answers with `status`."""

    def __init__(self) -> None:
        self.status = 200
        self.requests: list[tuple[str, str, str | None, Any]] = []
        self.url = ""


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    made = Registry()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            sent = (self.command, self.path, self.headers["Authorization"], body)
            made.requests.append(sent)
            self.send_response(made.status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"[]")

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        made.url = f"http://127.0.0.1:{server.server_port}/api/v10"
        monkeypatch.setenv("TUTOR_DISCORD_API_URL", made.url)
        monkeypatch.setenv("TUTOR_DISCORD_APPLICATION_ID", ID)
        monkeypatch.setenv("TUTOR_DISCORD_BOT_TOKEN", "the-token")
        monkeypatch.setenv("TUTOR_LANGUAGE", "en")
        yield made
        server.shutdown()
        thread.join()


@pytest.fixture
def register() -> Callable[..., Any]:
    return lambda *arguments: CliRunner().invoke(app, ["register", *arguments])


def test_registering_replaces_all_commands(
    registry: Registry, register: Callable[..., Any]
) -> None:
    result = register()
    assert result.exit_code == 0
    assert result.stderr == "Registered: /ask, /goal, /forget. Type / in a server to see them.\n"
    (request,) = registry.requests
    assert request == (
        "PUT",
        f"/api/v10/applications/{ID}/commands",
        "Bot the-token",
        definitions(),
    )


def test_a_dry_run_prints_what_would_be_sent_and_needs_no_settings(
    registry: Registry, register: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TUTOR_DISCORD_BOT_TOKEN")
    result = register("--dry-run")
    assert json.loads(result.stdout) == definitions()
    assert registry.requests == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TUTOR_DISCORD_APPLICATION_ID", None),
        ("TUTOR_DISCORD_APPLICATION_ID", "../users"),
        ("TUTOR_DISCORD_BOT_TOKEN", None),
    ],
)
def test_a_setting_that_is_missing_is_named(
    registry: Registry,
    register: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str | None,
) -> None:
    monkeypatch.setenv(variable, value or "")
    result = register()
    assert isinstance(result.exception, UsageError)
    assert variable in result.exception.text(Language.CHINESE)
    assert registry.requests == []


@pytest.mark.parametrize(
    ("status", "named"),
    [
        (401, "TUTOR_DISCORD_BOT_TOKEN"),
        (403, f"application {ID}"),
        (404, "TUTOR_DISCORD_APPLICATION_ID"),
        (429, "too many requests"),
        (500, "HTTP status 500"),
    ],
)
def test_a_refusal_says_what_to_do(
    registry: Registry, register: Callable[..., Any], status: int, named: str
) -> None:
    registry.status = status
    error = register().exception
    assert isinstance(error, XianhouError)
    assert named in error.text(Language.ENGLISH)
    assert "the-token" not in error.text(Language.ENGLISH)


@pytest.mark.parametrize("token", ["令牌", "a\nb"])
def test_a_token_with_stray_characters_is_no_stack_trace(
    registry: Registry,
    register: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    token: str,
) -> None:
    registry.status = 401
    monkeypatch.setenv("TUTOR_DISCORD_BOT_TOKEN", token)
    assert isinstance(register().exception, XianhouError)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "nonsense", "http://["])
def test_a_discord_that_cannot_be_reached_is_no_stack_trace(
    registry: Registry,
    register: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    url: str,
) -> None:
    monkeypatch.setenv("TUTOR_DISCORD_API_URL", url)
    error = register().exception
    assert isinstance(error, XianhouError)
    said = error.text(Language.ENGLISH)
    assert "Discord cannot be reached" in said or "TUTOR_DISCORD_API_URL" in said


def test_the_command_line_loads_nothing_heavy_for_it() -> None:
    heavy = "{'fastapi', 'cryptography', 'httpx', 'sqlalchemy', 'opencc'}"
    code = f"import api.cli_discord, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
