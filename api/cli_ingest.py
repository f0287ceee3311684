"""`tutor ingest`: reading in documents."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from api.cli_help import both
from api.cli_options import DataOption, JsonOption
from api.failures import FAILED, INTERRUPTED, OK
from api.interface_language import interface_language
from api.pages import print_page
from api.terminal import write_json


def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL",
            help=both("文件、目录或网址", "files, directories or web addresses"),
        ),
    ],
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=both("只说明会读入什么", "only tell what would be read in")),
    ] = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Read in documents; what cannot be read is listed and stops nothing."""
    from api.opening import ingested

    summary = ingested(data, paths, dry_run=dry_run)
    if as_json:
        write_json({"dry_run": dry_run, **asdict(summary)})
    else:
        from api.summary_view import summary_page

        print_page(summary_page(summary, interface_language(), dry_run=dry_run))
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(FAILED if summary.failures else OK)
