"""`tutor index`: how the index is, and building it anew."""

from __future__ import annotations

from dataclasses import asdict

import typer

from api.cli_groups import ListByDefault
from api.cli_help import both
from api.cli_options import DataOption, JsonOption, group
from api.interface_language import interface_language
from api.pages import print_page
from api.terminal import write_json

app = typer.Typer(cls=ListByDefault)
app.callback()(group)


@app.command("status", help=both("索引里有什么", "what the index holds"))
def status(as_json: JsonOption = False, data: DataOption = None) -> None:
    """Show how much is known, and by which embedder."""
    from api.opening import opened_catalogue
    from api.settings import load_settings

    directory = load_settings(data=data).data
    with opened_catalogue(data) as catalogue:
        statistics = catalogue.statistics()
    if as_json:
        write_json({"data": str(directory), **asdict(statistics)})
        return
    from api.index_view import status_page

    print_page(status_page(directory, statistics, interface_language()))


@app.command(
    "rebuild",
    help=both("用当前的向量模型重建索引", "build the index anew with the configured embedder"),
)
def rebuild(data: DataOption = None) -> None:
    """Build the vector and the lexical index anew from the catalogue."""
    from api.index_view import rebuilt_line
    from api.opening import rebuilt_statistics

    statistics = rebuilt_statistics(data)
    print_page([rebuilt_line(statistics, interface_language())])
