"""The only place where the rooms are put together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.settings import CheckChoice, EmbedderChoice, Settings
from corpus.catalogue_types import Notify, Progress, ignore_notice, ignore_progress
from corpus.errors import EmbedderError, UsageError
from corpus.types import Bilingual
from ingest.summary import IngestProgress, Summary, ignore_advance

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue
    from corpus.embedding import Embedder
    from corpus.index import Index
    from tutor.model.language_model import LanguageModel
    from tutor.tutor import Tutor


_OPENAI = "https://api.openai.com/v1"


def open_embedder(settings: Settings) -> Embedder:
    """The embedder that `settings` choose; its model is loaded when it is first used.

    Raises UsageError where a model has to be named and none is.
    """
    if settings.embedder is EmbedderChoice.BUNDLED:
        from corpus.bundled_embedder import BundledEmbedder

        return BundledEmbedder()
    if settings.embedder_model is None:
        raise _unnamed_model(settings.embedder)
    if settings.embedder is EmbedderChoice.SENTENCE_TRANSFORMERS:
        from corpus.sentence_transformers_embedder import SentenceTransformersEmbedder

        return SentenceTransformersEmbedder(settings.embedder_model, settings.embedder_device)
    from corpus.openai_embedder import OpenAIEmbedder

    key = settings.embedder_api_key
    return OpenAIEmbedder(
        settings.embedder_model,
        settings.embedder_base_url or _OPENAI,
        key.get_secret_value() if key else None,
    )


@contextmanager
def open_index(
    settings: Settings,
    *,
    notify: Notify = ignore_notice,
    progress: IngestProgress = ignore_advance,
    embedder: Embedder | None = None,
) -> Iterator[Index]:
    """The index of the data directory, with the bundled sources of this version in it.

    Where they are missing or of an older version they are indexed first; when another process
    is doing that, it is waited for. Raises StoreError, EmbedderMismatchError, EmbedderError, and
    KeyboardInterrupt when the user stops the indexing.
    """
    from api.first_use import hold_bundled_sources
    from corpus.index import Index

    embedder = embedder or open_embedder(settings)
    with Index.open(
        settings.data, embedder, chroma_url=settings.chroma_url, notify=notify
    ) as index:
        hold_bundled_sources(index, embedder, notify, progress)
        yield index


@contextmanager
def rebuild_index(
    settings: Settings,
    *,
    notify: Notify = ignore_notice,
    progress: Progress = ignore_progress,
    embedder: Embedder | None = None,
) -> Iterator[Index]:
    """The index, built anew for the embedder that is configured now.

    Raises StoreBusyError when another process is writing, StoreError, EmbedderError.
    """
    from corpus.index import Index

    with Index.rebuild(
        settings.data,
        embedder or open_embedder(settings),
        chroma_url=settings.chroma_url,
        notify=notify,
        progress=progress,
    ) as index:
        yield index


@contextmanager
def open_catalogue(
    settings: Settings,
    *,
    notify: Notify = ignore_notice,
    progress: IngestProgress = ignore_advance,
    embedder: Embedder | None = None,
) -> Iterator[Catalogue]:
    """The catalogue alone, for reading, with the bundled sources of this version in it.

    Needs an embedder only where they are not there yet. Raises what `open_index` raises.
    """
    from corpus.catalogue import Catalogue
    from ingest.bundled import bundled_documents, is_up_to_date

    catalogue = Catalogue(settings.data)
    try:
        if not is_up_to_date(catalogue, bundled_documents()):
            with open_index(settings, notify=notify, progress=progress, embedder=embedder):
                pass
        yield catalogue
    finally:
        catalogue.close()


@dataclass(frozen=True, slots=True)
class Opened:
    """A tutor with what it answers from."""

    tutor: Tutor
    index: Index
    embedder: Embedder


@contextmanager
def open_rooms(
    settings: Settings,
    *,
    notify: Notify = ignore_notice,
    progress: IngestProgress = ignore_advance,
    embedder: Embedder | None = None,
    model: LanguageModel | None = None,
    today: Callable[[], date] = date.today,
) -> Iterator[Opened]:
    """A tutor over the index of the data directory; raises what `open_index` raises.

    `model` writes its answers, or rules alone where it is None. It belongs to the event loop that
    the tutor is used in, so whoever opened it (`api.chat_model`) also closes it, in that loop.
    """
    from tutor.examples import load_examples
    from tutor.tutor import Authors, Tutor

    embedder = embedder or open_embedder(settings)
    authors = Authors(model, judge=settings.check is CheckChoice.LLM)
    with (
        _warmed(embedder, settings),
        open_index(settings, notify=notify, progress=progress, embedder=embedder) as index,
    ):
        examples = load_examples(embedder, settings.data)
        tutor = Tutor(index, embedder, examples, authors=authors, today=today)
        try:
            yield Opened(tutor, index, embedder)
        finally:
            tutor.close()


@contextmanager
def open_tutor(
    settings: Settings,
    *,
    notify: Notify = ignore_notice,
    progress: IngestProgress = ignore_advance,
    embedder: Embedder | None = None,
    model: LanguageModel | None = None,
    today: Callable[[], date] = date.today,
) -> Iterator[Tutor]:
    """The tutor of `open_rooms` alone; raises the same."""
    with open_rooms(
        settings, notify=notify, progress=progress, embedder=embedder, model=model, today=today
    ) as opened:
        yield opened.tutor


def ingest_paths(
    settings: Settings,
    paths: Sequence[str],
    *,
    notify: Notify = ignore_notice,
    progress: IngestProgress = ignore_advance,
    dry_run: bool = False,
    embedder: Embedder | None = None,
) -> Summary:
    """Takes in the documents at `paths`: files, directories and web addresses.

    The language model, where one is configured, is asked for labels. Raises what `open_index` and
    `ingest.pipeline.ingest` raise, and UsageError for settings that cannot work.
    """
    from api.label_asker import open_labels
    from ingest.finding import find
    from ingest.pipeline import ingest

    embedder = embedder or open_embedder(settings)
    with (
        open_index(settings, notify=notify, progress=progress, embedder=embedder) as index,
        open_labels(settings) as labeller,
    ):
        return ingest(
            *(index, embedder, find(paths)),
            progress=progress,
            dry_run=dry_run,
            labeller=labeller,
        )


@contextmanager
def _warmed(embedder: Embedder, settings: Settings) -> Iterator[None]:
    """Loads the model of `embedder` on another thread while the index opens on this one."""
    if settings.embedder is EmbedderChoice.OPENAI:
        yield  # There is nothing to load, and each text costs money.
        return

    def load() -> None:
        # Whoever asks next gets the same error, and can tell the user.
        with suppress(EmbedderError):
            embedder.embed_query("")

    thread = threading.Thread(target=load)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _unnamed_model(choice: EmbedderChoice) -> UsageError:
    return UsageError(
        Bilingual(
            zh=f"TUTOR_EMBEDDER={choice} 还需要用 TUTOR_EMBEDDER_MODEL 指定模型。",
            en=f"TUTOR_EMBEDDER={choice} also needs the name of a model in TUTOR_EMBEDDER_MODEL.",
        )
    )
