"""What ingestion adds to the embedding of the same texts in the same batches."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Any

from benchmark_collections import Collections
from benchmark_filler import FillerWriter
from benchmark_statistics import ratio, seconds_of
from recording_embedder import RecordingEmbedder

from api.settings import Settings
from api.wiring import ingest_paths
from corpus.bundled_embedder import BundledEmbedder
from corpus.types import Language

AIM = 1.15
PARTS = 3
DOCUMENTS_A_PART = 45
_ANSWERS = 5
_PARAGRAPHS = 5


def run(collections: Collections, scratch: Path) -> dict[str, Any]:
    """Seconds of ingesting generated reposts, and of embedding alone what that embedded.

    The documents come in several parts, so that both are measured in turns.
    """
    data = scratch / "data"
    shutil.copytree(collections.bundled(), data)
    embedder = BundledEmbedder()
    embedder.embed_query("")
    writer = FillerWriter(seed=4)
    whole, bare, batches = [], [], []
    for part in range(PARTS):
        folder = write_documents(scratch / f"part-{part}", writer, part * DOCUMENTS_A_PART)
        recorder = RecordingEmbedder(embedder)
        settings = Settings(data=data)
        whole.append(seconds_of(partial(ingest_paths, settings, [str(folder)], embedder=recorder)))
        calls = recorder.calls
        bare.append(seconds_of(partial(calls.replay, embedder)))
        batches += calls.passages
    passages = sum(batches)
    return {
        "documents": PARTS * DOCUMENTS_A_PART,
        "passages": passages,
        "batches": len(batches),
        "seconds": round(sum(whole), 2),
        "embedding_seconds": round(sum(bare), 2),
        "ratio": ratio(whole, bare),
        "aim": AIM,
        "passages_per_second": round(passages / sum(whole), 1),
    }


def write_documents(folder: Path, writer: FillerWriter, first: int) -> Path:
    """Writes reposts of made-up answers, each with its author and address, into `folder`."""
    folder.mkdir()
    for number in range(first, first + DOCUMENTS_A_PART):
        answers = [_answer(writer, number * _ANSWERS + place) for place in range(_ANSWERS)]
        text = "\n\n".join([f"# {writer.text(Language.CHINESE)[:18]}", *answers])
        (folder / f"{number:03}.md").write_text(text + "\n", encoding="utf-8")
    return folder


def _answer(writer: FillerWriter, number: int) -> str:
    language = Language.ENGLISH if number % 3 == 2 else Language.CHINESE
    paragraphs = [writer.text(language) for _ in range(_PARAGRAPHS)]
    address = f"https://www.zhihu.com/question/900000001/answer/{910000000 + number}"
    return "\n\n".join([f"作者：答者{number}\n{address}", *paragraphs])
