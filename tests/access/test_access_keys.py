"""Keys: shown once, found by their token, revoked for good."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from access_rows import rows
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.access.errors import KeyNotFoundError
from api.access.records import ApiKey, Scope
from api.access.store import AccessStore
from api.access.tables import API_KEYS, SCHEMA
from corpus.errors import UsageError
from tutor.memory.opening import open_database

ASK = frozenset({Scope.ASK})


async def test_a_key_is_found_by_its_token(access: AccessStore) -> None:
    key, token = await access.create_key("课程网站", frozenset({Scope.ASK, Scope.INGEST}))
    assert re.fullmatch(r"xh_[0-9a-f]{16}_[0-9a-f]{64}", token)
    assert token.split("_")[1] == key.id
    assert (key.name, key.scopes, key.revoked) == ("课程网站", {Scope.ASK, Scope.INGEST}, None)
    assert timedelta() <= datetime.now(UTC) - key.created < timedelta(minutes=1)
    assert await access.find_key(token) == key


async def test_no_two_keys_are_alike(access: AccessStore) -> None:
    made = [await access.create_key("同名", ASK) for _ in range(20)]
    assert len({token.split("_")[2] for _, token in made}) == len({key.id for key, _ in made}) == 20
    assert await access.keys() == [key for key, _ in made]


async def test_the_secret_is_stored_nowhere(tmp_path: Path) -> None:
    async with open_database(tmp_path / "conversations.sqlite", SCHEMA) as database:
        key, token = await AccessStore(database).create_key("课程网站", ASK)
        written = everything_in(tmp_path)
    assert key.id.encode() in written
    assert token.split("_")[2].encode() not in written


def everything_in(directory: Path) -> bytes:
    return b"".join(file.read_bytes() for file in directory.iterdir())


@pytest.mark.parametrize(
    "altered",
    [
        lambda token: token[:-1] + ("0" if token[-1] != "0" else "1"),
        lambda token: token.upper(),
        lambda token: token + "\n",
        lambda token: f" {token}",
        lambda token: token[:-64],
        lambda token: token[3:],
        lambda token: token + "0" * 1_000_000,
        lambda token: token.replace("_", "_" + "0" * 16 + "_", 1),
        lambda token: token[:-1] + "０",  # a digit elsewhere
        lambda token: token[:-1] + "\ud800",
        lambda token: token[:-1] + "\x00",
        lambda _: "",
        lambda _: "xh_0123456789abcdef_" + "0" * 64,
        lambda _: "sk-' OR 1=1 --",
    ],
)
async def test_any_other_text_is_no_key(access: AccessStore, altered: object) -> None:
    _, token = await access.create_key("课程网站", ASK)
    assert await access.find_key(altered(token)) is None


async def test_the_secret_of_one_key_does_not_open_another(access: AccessStore) -> None:
    (_, token), (other, _) = [await access.create_key(name, ASK) for name in ("一", "二")]
    assert await access.find_key(f"xh_{other.id}_{token.split('_')[2]}") is None


async def test_a_revoked_key_is_refused_and_stays_in_the_list(access: AccessStore) -> None:
    (key, token), (other, still) = [await access.create_key(name, ASK) for name in ("一", "二")]
    await access.revoke_key(key.id)
    assert await access.find_key(token) is None
    assert await access.find_key(still) == other
    revoked, kept = await access.keys()
    assert (revoked.id, kept) == (key.id, other)
    assert revoked.revoked is not None
    await access.revoke_key(key.id)
    assert await access.keys() == [revoked, kept]  # the first time counts


@pytest.mark.parametrize("id", ["", "0123456789abcdef", "\ud800", "\x00", "x" * 100_000])
async def test_an_unknown_key_cannot_be_revoked(access: AccessStore, id: str) -> None:
    with pytest.raises(KeyNotFoundError, match="tutor keys list") as raised:
        await access.revoke_key(id)
    assert "没有这个编号" in raised.value.message.zh


@pytest.mark.parametrize("name", ["", " \n", "x" * 101, "a\x00b", "a\u202eb", "\ud800"])
async def test_a_key_needs_a_name_that_can_be_read(access: AccessStore, name: str) -> None:
    with pytest.raises(UsageError):
        await access.create_key(name, ASK)


async def test_a_name_is_one_line(access: AccessStore) -> None:
    key, _ = await access.create_key("  课程\n网站\u3000二 ", ASK)
    assert key.name == "课程 网站 二"


async def test_a_key_that_opens_nothing_is_not_made(access: AccessStore) -> None:
    with pytest.raises(UsageError):
        await access.create_key("无用", frozenset())
    assert await access.keys() == []


async def test_a_scope_of_a_later_version_opens_nothing_here(access: AccessStore) -> None:
    key, token = await access.create_key("课程网站", ASK)
    later = update(API_KEYS).values(scopes=["ask", "teleport"])
    await access._database.write(AsyncConnection.execute, later)
    assert await access.find_key(token) == key
    assert len(await rows(access, API_KEYS)) == 1


def test_an_admin_may_do_everything_and_others_what_they_were_given() -> None:
    allowed = {
        scope: {asked for asked in Scope if key_with(scope).allows(asked)} for scope in Scope
    }
    assert allowed == {
        Scope.ASK: {Scope.ASK},
        Scope.INGEST: {Scope.INGEST},
        Scope.ADMIN: set(Scope),
    }


def key_with(scope: Scope) -> ApiKey:
    return ApiKey("id", "name", frozenset({scope}), datetime.now(UTC), None)
