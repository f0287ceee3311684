"""An embedder, documents and a look at the catalogue for the tests of the pipeline."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.index import Index
from ingest.finding import find
from ingest.pipeline import ingest
from ingest.summary import Summary


class HashEmbedder:
    """A direction drawn from the hash of each text; `embedded` are the texts asked for."""

    name = "hash"
    dimension = 16
    fingerprint = "first"

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed_passages([text])[0]

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded.extend(texts)
        rows = np.empty((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
            row[:] = np.random.default_rng(seed).normal(size=self.dimension)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def post(number: int, body: str | None = None, *, author: str = "", url: str = "") -> str:
    """A blog post of several paragraphs that has little in common with any other number."""
    body = body or "\n\n".join(paragraph(number, part) for part in range(4))
    return (
        f"---\ntitle: 第{number}篇修船笔记\nauthor: {author or f'船工{number}'}\n"
        f"url: {url or f'https://boats.example.org/{number}'}\n---\n{body}\n"
    )


def paragraph(number: int, part: int) -> str:
    """A paragraph of a bit more than a hundred characters, different for each pair of numbers."""
    woods = "松杉柏楠榆槐樟桐柚橡枫桦"
    wood = woods[(number * 5 + part * 3) % len(woods)]
    again = woods[(number + part * 7 + 2) % len(woods)]
    return (
        f"第{number * 10 + part}天用{wood}木换下了左舷的第{number + part}块板，"
        f"量出缝宽{number * 3 + part}毫米。{again}木太软，第{part + 1}次敲打就裂成{number + 2}片，"
        f"所以改成先蒸{part + 20}分钟再弯到{number + 30}度。晚上把第{number}号桐油加热到"
        f"{40 + number + part}度，刷{part + 2}遍，每遍隔{number + part + 1}小时，"
        "第二天再看有没有气泡。"
    )


def write(directory: Path, texts: dict[str, str]) -> Path:
    """`directory` with the files `texts` in it."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def posts(directory: Path, *numbers: int) -> Path:
    """`directory` with the posts of these numbers in it."""
    return write(directory, {f"{number:02}.md": post(number) for number in numbers})


def take_in(data: Path, *paths: Path, embedder: HashEmbedder | None = None) -> Summary:
    """Ingests `paths` into the index in `data`."""
    embedder = embedder or HashEmbedder()
    with Index.open(data, embedder) as index:
        return ingest(index, embedder, find([str(path) for path in paths]))


def state(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that the catalogue says, but for times and the numbers of rows and changes."""
    queries = {
        "documents": "SELECT uri, fingerprint, origin FROM documents",
        "editions": "SELECT identity, document_uri, kind, data FROM editions",
        "texts": "SELECT identity, document_uri, language, verbatim, body, current FROM texts",
        "passages": "SELECT id, identity, document_uri, language, verbatim, start, end, text, "
        "headings, about, text_hash, searchable FROM passages",
        "sources": "SELECT id, identity, kind, url, data FROM sources",
        "positions": "SELECT topic, source_id, ordinal, data FROM stated_positions",
        "vectors": "SELECT text_hash, embedder, vector FROM vectors",
        "pending": "SELECT passage_id, kind FROM pending",
    }
    connection = sqlite3.connect(data / "catalogue.sqlite3")
    try:
        return {name: sorted(connection.execute(query)) for name, query in queries.items()}
    finally:
        connection.close()


def perspective_file(id: str, url: str, *, body: str = "先把船底刮干净，再谈上漆。") -> str:
    """A perspective in the project's own format, with one position on the order of study."""
    return f"""---
id: {id}
author: 老船长
platform: blog
url: {url}
question: {{zh: 修船先学什么？, en: What to learn first about boats?}}
title: {{zh: 先刮船底, en: Scrape the hull first}}
published: 2019
votes: 7
language: zh
read: whole
positions:
  - topic: study-order
    stance: not-needed
    goals: [curiosity]
    says: {{zh: 先动手刮船底，道理以后再补, en: Scrape the hull first and read about it later}}
paths: []
resources: []
---
# 中文
{body}老船长认为动手比读书要紧。
# English
The old captain holds that scraping the hull comes before any reading about paint.
"""
