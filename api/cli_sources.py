"""`tutor sources`: what the tutor knows, one by one."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_groups import ListByDefault
from api.cli_help import both
from api.cli_options import DataOption, JsonOption, group
from api.cli_source_audit import audit_sources
from api.cli_source_files import check_sources, new_source
from api.interface_language import interface_language
from api.pages import print_page
from api.terminal import note, write_json
from corpus.errors import XianhouError
from corpus.types import Bilingual, Goal, Kind, Perspective, Source, Stance, Topic

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue
    from corpus.index import Index

app = typer.Typer(cls=ListByDefault)
app.callback()(group)

_Ids = Annotated[list[str], typer.Argument(metavar="ID", help=both("编号或链接", "id or url"))]


@app.command("list", help=both("列出来源", "list the sources"))
def list_sources(
    kind: Annotated[Kind | None, typer.Option(help=both("类别", "kind"))] = None,
    topic: Annotated[
        Topic | None, typer.Option(help=both("谈到的话题", "speaks to a topic"))
    ] = None,
    stance: Annotated[Stance | None, typer.Option(help=both("持有的立场", "takes a side"))] = None,
    goal: Annotated[Goal | None, typer.Option(help=both("针对的目标", "speaks to a goal"))] = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """List the sources that pass every filter."""
    from api.opening import opened_catalogue

    with opened_catalogue(data) as catalogue:
        sources = [
            source for source in catalogue.sources(kind=kind) if _takes(source, topic, stance, goal)
        ]
    if as_json:
        write_json([_object(source, texts=False) for source in sources])
        return
    from api.source_view import source_list

    print_page(source_list(sources, interface_language()))


@app.command("show", help=both("显示来源的全部内容", "show all that a source holds"))
def show_source(ids: _Ids, as_json: JsonOption = False, data: DataOption = None) -> None:
    """Show metadata, positions and texts."""
    from api.opening import opened_catalogue

    with opened_catalogue(data) as catalogue:
        sources = [_found(catalogue, name) for name in ids]
        documents = {source.id: catalogue.documents(source.id) for source in sources}
    if as_json:
        objects = [
            _object(source, texts=True) | {"documents": [asdict(d) for d in documents[source.id]]}
            for source in sources
        ]
        write_json(objects[0] if len(objects) == 1 else objects)
        return
    from api.source_view import source_page

    for source in sources:
        print_page(source_page(source, documents[source.id], interface_language()))


@app.command("remove", help=both("忘掉来源", "forget sources"))
def remove_sources(ids: _Ids, data: DataOption = None) -> None:
    """Forget sources, all of them or none."""
    from api.opening import opened_index

    with opened_index(data) as index:
        sources = [_found(index, name) for name in ids]
        with index.writer() as writer:
            for source in sources:
                writer.remove_source(source.id)
    removed = ", ".join(dict.fromkeys(source.id for source in sources))
    said = Bilingual(zh=f"已移除：{removed}", en=f"Removed: {removed}")
    note(said.text(interface_language()))


app.command("new", help=both("为一个回答起草观点文件", "begin a perspective file for an answer"))(
    new_source
)
app.command("check", help=both("检查观点和课程文件", "check perspective and course files"))(
    check_sources
)
app.command("audit", help=both("看资料覆盖了什么、缺什么", "see what is covered and what is not"))(
    audit_sources
)


def _takes(source: Source, topic: Topic | None, stance: Stance | None, goal: Goal | None) -> bool:
    """Whether one of the source's positions is of this topic, stance and goal at once."""
    if topic is None and stance is None and goal is None:
        return True
    return isinstance(source, Perspective) and any(
        topic in (None, position.topic)
        and stance in (None, position.stance)
        and (goal is None or goal in position.goals)
        for position in source.positions
    )


def _found(known: Catalogue | Index, name: str) -> Source:
    from corpus.urls import canonical_url

    source = known.source(name)
    if source is None and "://" in name:
        source = known.source_of_url(canonical_url(name))
    if source is None:
        raise unknown_id(name, [each.id for each in known.sources()], "sources")
    return source


def unknown_id(name: str, ids: list[str], command: str) -> XianhouError:
    """Nothing has the id `name`; says which one may have been meant and how to see all."""
    from difflib import get_close_matches

    near = ", ".join(get_close_matches(name, ids))
    return XianhouError(
        Bilingual(
            zh=f"没有编号为 {name} 的条目{f'，是不是 {near}？' if near else '。'}"
            f"用 `tutor {command} list` 查看全部。",
            en=f"Nothing has the id {name}{f'; did you mean {near}?' if near else '.'} "
            f"See `tutor {command} list`.",
        )
    )


def _object(source: Source, *, texts: bool) -> dict[str, Any]:
    from corpus.codec import kind_of

    made = {"kind": kind_of(source).value, **asdict(source)}
    if not texts:
        del made["texts"]
    return made
