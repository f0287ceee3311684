"""`tutor sources audit`: what the sources cover, and what to look at again."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_help import both
from api.cli_options import DataOption, JsonOption
from api.interface_language import interface_language
from api.pages import print_page
from api.terminal import printable, write, write_json
from corpus.errors import UsageError
from corpus.types import Bilingual, Topic


def audit_sources(
    as_json: JsonOption = False,
    as_markdown: Annotated[
        bool,
        typer.Option(
            "--markdown",
            help=both("只输出两张表，Markdown 格式", "print the two tables in Markdown"),
        ),
    ] = False,
    data: DataOption = None,
) -> None:
    """Tell what is covered: topics by side, goal and language, and what is doubtful."""
    from api.opening import opened_catalogue
    from api.source_audit_view import audit_object, audit_page, audit_tables
    from corpus.source_audit import audit
    from ingest.deduplication import near_duplicate

    if as_json and as_markdown:
        raise UsageError(
            Bilingual(
                zh="--json 和 --markdown 只能选一个。", en="Choose either --json or --markdown."
            )
        )
    with opened_catalogue(data) as catalogue:
        sources = catalogue.sources()
    found = audit(sources, alike=near_duplicate, mentions=_mentions)
    language = interface_language()
    if as_json:
        write_json(audit_object(found))
    elif as_markdown:
        write(printable("\n\n".join(audit_tables(found, language))))
    else:
        print_page(audit_page(found, language))


def _mentions(topic: Topic, text: str) -> bool:
    """Whether the words by which questions or answers are told to be on `topic` stand in `text`."""
    from ingest.durations import durations
    from ingest.stance_patterns import stance_patterns
    from tutor.lexicon import lexicon

    anchors = (words.anchor for words in stance_patterns().topics if words.topic is topic)
    return (
        lexicon().topics[topic].search(text.casefold()) is not None
        or any(anchor.search(text) for anchor in anchors)
        or (topic is Topic.TIME_PLAN and any(True for _ in durations(text)))
    )
