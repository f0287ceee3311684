"""`tutor keys`: keys for those who come in over the network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from api import cli_keys
from api.access.records import ApiKey, Scope
from api.cli_groups import WholeCommandLine
from api.memory import open_stores
from api.settings import Settings

Keys = Callable[..., Result]


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    """Runs `tutor keys` with these arguments in this process."""
    app = typer.Typer(cls=WholeCommandLine)
    app.add_typer(cli_keys.app, name="keys")

    def run(*arguments: str, **options: object) -> Result:
        given = ["keys", "--data", str(tmp_path), *arguments]
        return CliRunner().invoke(app, given, **options)

    return run


def listed(keys: Keys) -> list[dict[str, object]]:
    return json.loads(keys("list", "--json").stdout)


def found(directory: Path, token: str) -> ApiKey | None:
    """The key that a server finds."""

    async def asked() -> ApiKey | None:
        async with open_stores(Settings(data=directory)) as stores:
            return await stores.access.find_key(token)

    return asyncio.run(asked())


def test_a_new_key_may_ask_and_alone_goes_to_standard_output(keys: Keys, tmp_path: Path) -> None:
    made = keys("create", "课程网站")
    assert made.exit_code == 0, made.stderr
    token = made.stdout.removesuffix("\n")
    key = found(tmp_path, token)
    assert (key.name, key.scopes) == ("课程网站", {Scope.ASK})
    assert key.id in made.stderr
    assert "cannot be shown again" in made.stderr
    assert token not in made.stderr


def test_a_key_opens_what_is_asked_for(keys: Keys, tmp_path: Path) -> None:
    token = keys("create", "编辑", "--scope", "ingest", "--scope", "ask").stdout.strip()
    assert found(tmp_path, token).scopes == {Scope.ASK, Scope.INGEST}
    wrong = keys("create", "编辑", "--scope", "everything")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "'ask', 'ingest', 'admin'" in wrong.stderr


def test_keys_are_listed_one_a_line_without_their_secrets(keys: Keys) -> None:
    tokens = [keys("create", name).stdout.strip() for name in ("一", "二")]
    page = keys().stdout
    header, *lines = [line.split("\t") for line in page.splitlines()]
    assert header[:3] == ["id", "name", "scopes"]
    assert [line[:3] for line in lines] == [
        [token.split("_")[1], name, "ask"] for token, name in zip(tokens, "一二", strict=True)
    ]
    assert not any(token.split("_")[2] in page for token in tokens)
    assert page == keys("list").stdout


def test_keys_are_listed_as_json(keys: Keys) -> None:
    token = keys("create", "课程网站", "--scope", "admin").stdout.strip()
    (key,) = listed(keys)
    assert (key["id"], key["name"], key["scopes"]) == (token.split("_")[1], "课程网站", ["admin"])
    assert key["revoked"] is None
    assert set(key) == {"id", "name", "scopes", "created", "revoked"}


def test_without_keys_it_says_how_to_make_one(keys: Keys) -> None:
    empty = keys()
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "tutor keys create" in empty.stderr
    assert listed(keys) == []


def test_a_revoked_key_is_out_of_force(keys: Keys, tmp_path: Path) -> None:
    token = keys("create", "课程网站").stdout.strip()
    revoked = keys("revoke", token.split("_")[1])
    assert revoked.exit_code == 0, revoked.stderr
    assert "revoked" in revoked.stderr
    assert found(tmp_path, token) is None
    assert listed(keys)[0]["revoked"] is not None


def test_an_unknown_id_is_refused_without_repeating_it(keys: Keys) -> None:
    token = keys("create", "课程网站").stdout.strip()
    failed = keys("revoke", token)  # the whole key where its id was meant
    assert failed.exit_code == 1
    assert "tutor keys list" in failed.stderr
    assert token not in failed.stderr


def test_a_blank_name_is_misuse(keys: Keys) -> None:
    assert keys("create", " ").exit_code == 2
    assert listed(keys) == []


def test_a_database_that_cannot_be_used_is_explained(keys: Keys) -> None:
    failed = keys("create", "一", env={"TUTOR_DATABASE": "mysql://me:secret@host/db"})
    assert failed.exit_code == 2
    assert "sqlite:////" in failed.stderr
    assert "secret" not in failed.stderr
    assert "Traceback" not in failed.stderr


def test_everything_is_said_in_chinese_too(keys: Keys) -> None:
    chinese = {"LANG": "zh_CN.UTF-8"}
    assert "还没有密钥" in keys(env=chinese).stderr
    assert "只显示这一次" in keys("create", "一", env=chinese).stderr
    assert keys(env=chinese).stdout.startswith("编号\t名字\t权限")
    assert "建立密钥" in keys("--help", env=chinese).stdout
