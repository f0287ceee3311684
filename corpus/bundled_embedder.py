"""The embedder that comes with the package: no download, no key, no torch."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import encodable, unit_rows
from corpus.errors import EmbedderError
from corpus.types import Bilingual

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL_DIRECTORY = Path(__file__).parent / "models" / "multilingual-e5-small-zh-en"

_ONNX = "onnx/model.onnx"
_TOKENIZER = "tokenizer.json"
_PROMPTS = "config_sentence_transformers.json"
_CHECKSUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class _Model:
    session: InferenceSession
    tokenizer: Tokenizer
    query_prompt: str
    passage_prompt: str


class BundledEmbedder:
    """multilingual-e5-small (Wang et al. 2024) for Chinese and English, run by onnxruntime.

    The model is loaded at the first text (about a quarter of a second). Texts are cut at 512
    tokens. Each one runs by itself on one thread, and `threads` of them (default: as many as
    there are processors) at the same time. That is as fast as padded batches, and since int8
    quantisation looks at all texts of a batch together, only so does a text have the same
    vector whatever comes beside it.
    """

    name = "multilingual-e5-small-zh-en"
    dimension = 384

    def __init__(self, threads: int | None = None, directory: Path = MODEL_DIRECTORY) -> None:
        self._threads = threads or os.cpu_count() or 1
        self._directory = directory
        self._loading = threading.Lock()
        self._model: _Model | None = None

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the checksums of the files that decide about the vectors; loads none of them.

        Raises EmbedderError where the list of checksums is missing.
        """
        try:
            checksums = _read_checksums(self._directory)
        except OSError as error:
            raise _damaged([_CHECKSUMS]) from error
        decisive = [checksums.get(name, "") for name in (_ONNX, _TOKENIZER, _PROMPTS)]
        return hashlib.sha256("\n".join(decisive).encode()).hexdigest()

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See `Embedder.embed_query`; shape (384,)."""
        vector: NDArray[np.float32] = self.embed_queries([text])[0]
        return vector

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder.embed_queries`; shape (n, 384)."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        model = self._loaded()
        return self._embed(model, [model.query_prompt + text for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder.embed_passages`; shape (n, 384)."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        model = self._loaded()
        return self._embed(model, [model.passage_prompt + text for text in texts])

    def _embed(self, model: _Model, texts: list[str]) -> NDArray[np.float32]:
        tokenised = model.tokenizer.encode_batch_fast([encodable(text) for text in texts])
        # The longest first, so that no thread is left with a long one at the end.
        order = sorted(range(len(texts)), key=lambda i: len(tokenised[i].ids), reverse=True)
        pending = (tokenised[i].ids for i in order)
        rows = np.empty((len(texts), self.dimension), np.float32)
        rows[order] = list(self._run_all(model.session, pending, len(texts)))
        return unit_rows(rows)

    def _run_all(
        self, session: InferenceSession, pending: Iterable[list[int]], count: int
    ) -> Iterable[NDArray[np.float32]]:
        workers = min(self._threads, count)
        if workers == 1:
            yield from (_mean_state(session, ids) for ids in pending)
            return
        with ThreadPoolExecutor(workers, "embed") as pool:
            yield from pool.map(lambda ids: _mean_state(session, ids), pending)

    def _loaded(self) -> _Model:
        with self._loading:
            if self._model is None:
                self._model = _load(self._directory)
            return self._model


def _mean_state(session: InferenceSession, ids: list[int]) -> NDArray[np.float32]:
    """The mean of the last hidden states of one text: shape (384,)."""
    tokens = np.array([ids], np.int64)
    inputs = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
    states: NDArray[np.float32] = session.run(["last_hidden_state"], inputs)[0]
    mean: NDArray[np.float32] = states[0].mean(axis=0)
    return mean


def _load(directory: Path) -> _Model:
    # Newer releases report their use to their maker; nobody who asks here has agreed to that.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime
    from tokenizers import Tokenizer

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        prompts = json.loads((directory / _PROMPTS).read_text("utf-8"))["prompts"]
        return _Model(
            session=onnxruntime.InferenceSession(
                directory / _ONNX, options, providers=["CPUExecutionProvider"]
            ),
            tokenizer=Tokenizer.from_file(str(directory / _TOKENIZER)),
            query_prompt=prompts["query"],
            passage_prompt=prompts["passage"],
        )
    except Exception as error:
        # The tokenizers library raises nothing narrower.
        # Hashing 44 MB takes longer than loading them, so it waits until something is wrong.
        raise _damaged(_damaged_files(directory)) from error


def _read_checksums(directory: Path) -> dict[str, str]:
    lines = (directory / _CHECKSUMS).read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}


def _damaged_files(directory: Path) -> list[str]:
    """The files that are missing or differ from their checksum."""
    try:
        checksums = _read_checksums(directory)
    except OSError:
        return [_CHECKSUMS]
    return [name for name, digest in checksums.items() if _digest(directory / name) != digest]


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _damaged(files: list[str]) -> EmbedderError:
    if not files:
        return EmbedderError(
            Bilingual(
                zh="自带的向量模型文件完好，但 onnxruntime 或 tokenizers 无法载入。"
                "请升级：pip install -U onnxruntime tokenizers。",
                en="The bundled embedding model is intact, but onnxruntime or tokenizers cannot "
                "load it. Upgrade them: pip install -U onnxruntime tokenizers.",
            )
        )
    names = ", ".join(files)
    return EmbedderError(
        Bilingual(
            zh=f"自带的向量模型缺少文件或文件已损坏：{names}。请重新安装："
            "pip install --force-reinstall --no-deps xianhou-tutor；"
            "如果是 git 仓库：git checkout -- corpus/models。",
            en=f"Files of the bundled embedding model are missing or damaged: {names}. Install "
            "again with pip install --force-reinstall --no-deps xianhou-tutor, or in a git "
            "checkout restore them with git checkout -- corpus/models.",
        )
    )
