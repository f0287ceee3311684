"""`tutor keys`: who may come in over the network."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from api.access.records import ApiKey, Scope
from api.cli_groups import ListByDefault
from api.cli_help import both
from api.cli_options import DataOption, JsonOption, group
from api.interface_language import interface_language
from api.pages import print_page
from api.terminal import note, write, write_json
from corpus.types import Bilingual

if TYPE_CHECKING:
    from api.access.store import AccessStore

T = TypeVar("T")

_NO_KEYS = Bilingual(
    zh="还没有密钥。用 `tutor keys create 名字` 建立一个。",
    en="There are no keys yet. Make one with `tutor keys create NAME`.",
)
_ONLY_NOW = Bilingual(
    zh="这是密钥 {id}（{scopes}）。请现在保存：它只显示这一次，以后无法再查看。",
    en="This is key {id} ({scopes}). Save it now: it is shown only once and cannot be shown again.",
)
_REVOKED = Bilingual(zh="密钥 {id} 已作废。", en="Key {id} is revoked.")

app = typer.Typer(cls=ListByDefault)
app.callback()(group)


@app.command("list", help=both("列出密钥", "list the keys"))
def list_keys(as_json: JsonOption = False, data: DataOption = None) -> None:
    """List all keys without their secrets."""
    keys = _with_access(data, lambda access: access.keys())
    language = interface_language()
    if as_json:
        write_json([_object(key) for key in keys])
    elif keys:
        from api.key_view import key_list

        print_page(key_list(keys, language))
    else:
        note(_NO_KEYS.text(language))


@app.command("create", help=both("建立密钥，只显示一次", "make a key, shown only once"))
def create_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help=both("谁在用它", "who is to use it"))],
    scope: Annotated[
        list[Scope] | None,
        typer.Option(
            help=both(
                "权限，可以多次给出（默认：ask）；admin 包含全部",
                "what it opens, may be given several times (default: ask); admin opens everything",
            )
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Make a key; the key alone goes to standard output."""
    scopes = frozenset(scope or [Scope.ASK])
    key, token = _with_access(data, lambda access: access.create_key(name, scopes))
    write(token)
    said = _ONLY_NOW.text(interface_language())
    note(said.format(id=key.id, scopes=", ".join(sorted(key.scopes))))


@app.command("revoke", help=both("让密钥作废", "put a key out of force"))
def revoke_key(
    id: Annotated[str, typer.Argument(metavar="ID", help=both("编号", "its id"))],
    data: DataOption = None,
) -> None:
    """Revoke a key; running servers refuse it from the next request on."""
    _with_access(data, lambda access: access.revoke_key(id))
    note(_REVOKED.text(interface_language()).format(id=id))


def _with_access(data: Path | None, work: Callable[[AccessStore], Awaitable[T]]) -> T:
    """The result of `work` in the configured database."""
    from api.memory import open_stores
    from api.settings import load_settings

    settings = load_settings(data=data)

    async def opened() -> T:
        async with open_stores(settings) as stores:
            return await work(stores.access)

    return asyncio.run(opened())


def _object(key: ApiKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "created": key.created.isoformat(),
        "revoked": key.revoked.isoformat() if key.revoked else None,
    }
