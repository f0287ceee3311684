"""What a command needs from the wiring, with progress and notes shown to the person."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from api.chat_model import open_language_model
from api.interface_language import interface_language
from api.progress import Report, shown_progress
from api.settings import Settings, load_settings
from api.terminal import note
from api.wiring import (
    ingest_paths,
    open_catalogue,
    open_embedder,
    open_index,
    open_tutor,
    rebuild_index,
)
from corpus.catalogue_types import Notify, Statistics
from corpus.types import Bilingual, Language
from ingest.summary import IngestProgress, Summary

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue
    from corpus.embedding import Embedder
    from corpus.index import Index
    from tutor.tutor import Tutor

T = TypeVar("T")

_FIRST_USE = Bilingual(zh="正在为自带的资料建立索引", en="Indexing the bundled sources")
_INGESTING = Bilingual(zh="正在读入", en="Reading")
_REBUILDING = Bilingual(zh="正在重建索引", en="Rebuilding the index")
_PASSAGES = Bilingual(zh="{} 个段落", en="{} passages")


@dataclass(frozen=True, slots=True)
class OpenedTutor:
    """A tutor with the one event loop that it and its language model are used in.

    `model_name` is None where rules alone write the answers.
    """

    tutor: Tutor
    settings: Settings
    model_name: str | None
    _runner: asyncio.Runner

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`; Ctrl-C cancels it and raises KeyboardInterrupt."""
        return self._runner.run(work)


@dataclass(frozen=True, slots=True)
class OpenedPlanner:
    """What a plan is made from; the embedder's model is loaded when it is first needed."""

    index: Index
    embedder: Embedder
    settings: Settings


@contextmanager
def opened_tutor(data: Path | None, language: Language) -> Iterator[OpenedTutor]:
    """A tutor over the directory `data`, or the configured one, with the configured model."""
    settings = load_settings(data=data)
    model = open_language_model(settings)
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        if model is not None:
            stack.callback(lambda: runner.run(model.close()))
        opening = partial(open_tutor, model=model)
        tutor = stack.enter_context(_shown(opening, settings, language))
        yield OpenedTutor(tutor, settings, model.name if model else None, runner)


@contextmanager
def opened_planner(data: Path | None, language: Language) -> Iterator[OpenedPlanner]:
    """The index of the directory `data`, or the configured one, with its embedder."""
    settings = load_settings(data=data)
    embedder = open_embedder(settings)
    with _shown(partial(open_index, embedder=embedder), settings, language) as index:
        yield OpenedPlanner(index, embedder, settings)


def opened_index(data: Path | None) -> AbstractContextManager[Index]:
    """The index, with the bundled sources in it."""
    return _shown(open_index, load_settings(data=data), interface_language())


def opened_catalogue(data: Path | None) -> AbstractContextManager[Catalogue]:
    """What is known, for reading only: needs no embedder once the bundled sources are in."""
    return _shown(open_catalogue, load_settings(data=data), interface_language())


def ingested(data: Path | None, paths: Sequence[str], *, dry_run: bool) -> Summary:
    """Takes in the documents at `paths`."""
    language = interface_language()
    with shown_progress(_INGESTING.text(language)) as report:
        return ingest_paths(
            load_settings(data=data),
            paths,
            notify=_noted(language),
            progress=_advanced(report, language),
            dry_run=dry_run,
        )


def rebuilt_statistics(data: Path | None) -> Statistics:
    """Builds the index anew with the configured embedder."""
    language = interface_language()
    settings = load_settings(data=data)
    with (
        shown_progress(_REBUILDING.text(language)) as report,
        rebuild_index(settings, notify=_noted(language), progress=report) as index,
    ):
        return index.statistics()


@contextmanager
def _shown(
    opening: Callable[..., AbstractContextManager[T]], settings: Settings, language: Language
) -> Iterator[T]:
    with ExitStack() as stack:
        # The bar is gone again before anything is printed.
        with shown_progress(_FIRST_USE.text(language)) as report:
            opened = stack.enter_context(
                opening(settings, notify=_noted(language), progress=_advanced(report, language))
            )
        yield opened


def _noted(language: Language) -> Notify:
    return lambda message: note(message.text(language))


def _advanced(report: Report, language: Language) -> IngestProgress:
    passages = _PASSAGES.text(language)
    return lambda advance: report(
        advance.documents, advance.of_documents, passages.format(advance.passages)
    )
