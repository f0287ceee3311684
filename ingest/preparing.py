"""Reading the documents that are new or changed, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from corpus.catalogue_types import ChunkedSource, Document, Origin
from corpus.errors import StoreError, XianhouError
from corpus.index import Index
from corpus.types import Bilingual, Perspective, Source
from ingest.inputs import Found, Input, Opened
from ingest.known import KnownPerspectives
from ingest.labelling import Labeller
from ingest.passages import passages_of
from ingest.perspectives import sources_of
from ingest.raw import Skipped
from ingest.summary import Tally

_WITHOUT = " without "
_UNREADABLE = Bilingual(
    "读的时候出了意外错误，请另存为纯文本或 Markdown 再试",
    "fails in an unexpected way; save it as plain text or Markdown and try again",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that was read and is ready to be embedded and stored."""

    uri: str
    name: str
    origin: Origin
    fingerprint: str
    sources: tuple[ChunkedSource, ...]


def prepared(
    found: Found,
    index: Index,
    known: KnownPerspectives,
    tally: Tally,
    interrupted: Callable[[], bool],
    labeller: Labeller,
) -> Iterator[Prepared]:
    """The new and changed documents of `found`, read, until `interrupted`.

    Failures, unchanged documents and whatever is left out go to `tally`; no document stops the
    others. Raises StoreError.
    """
    stored = {document.uri: document for document in index.documents()}
    for document in found.documents:
        if interrupted():
            return
        try:
            ready = _prepared(document, stored, index, known, tally, labeller)
        except StoreError:
            raise
        except XianhouError as error:
            tally.failures.append(Skipped(document.name, error.message))
        except Exception:  # noqa: BLE001 - a document that breaks a parser must not stop the rest
            tally.failures.append(Skipped(document.name, _UNREADABLE))
        else:
            if ready is not None:
                yield ready


def _prepared(
    document: Input,
    stored: Mapping[str, Document],
    index: Index,
    known: KnownPerspectives,
    tally: Tally,
    labeller: Labeller,
) -> Prepared | None:
    opened = document.open()
    before = stored.get(document.uri)
    if before is not None and _unchanged(before.fingerprint, opened, index):
        tally.unchanged += 1
        return None
    reading = opened.read()
    tally.skipped += reading.skipped
    kept: list[ChunkedSource] = []
    twins: list[str] = []
    for source in sources_of(reading, known, labeller):
        twin = _twin(source, document, known)
        if twin is not None:
            twins.append(twin.id)
            tally.skipped.append(Skipped(_name(source), _same_as(twin)))
            continue
        if isinstance(source, Perspective):
            known.add(source)
        kept.append(passages_of(source))
    fingerprint = _WITHOUT.join((opened.fingerprint, *sorted(set(twins))))
    return Prepared(document.uri, document.name, document.origin, fingerprint, tuple(kept))


def _unchanged(stored: str, opened: Opened, index: Index) -> bool:
    """Whether content and surroundings are as they were: what was left out because it is known
    from elsewhere must still be known."""
    fingerprint, *twins = stored.split(_WITHOUT)
    return fingerprint == opened.fingerprint and len(index.sources(twins)) == len(twins)


def _twin(source: Source, document: Input, known: KnownPerspectives) -> Perspective | None:
    if document.origin is Origin.BUNDLED or not isinstance(source, Perspective):
        return None
    if known.id_of(source.url) is not None:
        return None
    return known.twin_of(source, document.uri)


def _name(source: Source) -> str:
    author = source.author if isinstance(source, Perspective) else ""
    return f"{author} {source.url}".strip()


def _same_as(twin: Perspective) -> Bilingual:
    return Bilingual(
        f"与已有的一篇几乎相同，保留的是 {_name(twin)}",
        f"is nearly the same as one that is known already; {_name(twin)} is kept",
    )
