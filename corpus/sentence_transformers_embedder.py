"""Any sentence-transformers model, from a directory or a model hub."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import encodable, unit_rows
from corpus.errors import EmbedderError
from corpus.types import Bilingual

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_ONNX = Path("onnx", "model.onnx")
_SAMPLE_BYTES = 65_536
_HUB_TIMEOUT_SECONDS = 10.0


class Prompts(NamedTuple):
    """What stands before a question and before a passage."""

    query: str
    passage: str


# What the model cards prescribe where the models' own settings do not say it.
_FAMILIES = (
    (re.compile(r"e5-(small|base|large)(-v2)?$"), Prompts("query: ", "passage: ")),
    (
        re.compile(r"bge-(small|base|large)-zh(-v1\.5)?$"),
        Prompts("为这个句子生成表示以用于检索相关文章：", ""),
    ),
    (
        re.compile(r"bge-(small|base|large)-en(-v1\.5)?$"),
        Prompts("Represent this sentence for searching relevant passages: ", ""),
    ),
)


class SentenceTransformersEmbedder:
    """The model `model`, a directory or the name of a model on the hub, on `device`.

    `device` is a torch device such as "cpu", "cuda" or "mps"; None takes the best one there is.
    What stands before questions and passages comes from the model's own settings, else, for the
    E5 and BGE families, from their model cards; `query_prompt` and `passage_prompt` override
    both. The model is loaded at the first text. The fingerprint takes a hub name to mean the
    same weights for good, and of a directory looks at sizes and samples of its files.
    """

    def __init__(
        self,
        model: str,
        device: str | None = None,
        query_prompt: str | None = None,
        passage_prompt: str | None = None,
    ) -> None:
        self.name = model
        self._device = device
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        # The tokenizers of this library must not be used by two threads at once.
        self._one_at_a_time = threading.Lock()
        self._model: SentenceTransformer | None = None

    @cached_property
    def fingerprint(self) -> str:
        """See `Embedder.fingerprint`; does not load the model."""
        directory = Path(self.name)
        weights = _sampled(directory) if directory.is_dir() else self.name
        settings = (weights, self._query_prompt, self._passage_prompt)
        return hashlib.sha256(repr(settings).encode()).hexdigest()

    @cached_property
    def dimension(self) -> int:
        """See `Embedder.dimension`; loads the model."""
        return len(self.embed_query(""))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See `Embedder.embed_query`."""
        vector: NDArray[np.float32] = self.embed_queries([text])[0]
        return vector

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder.embed_queries`."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        model = self._loaded()
        return self._embed(model.encode_query, texts, self._prompts(model).query)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder.embed_passages`."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        model = self._loaded()
        return self._embed(model.encode_document, texts, self._prompts(model).passage)

    def _loaded(self) -> SentenceTransformer:
        with self._one_at_a_time:
            if self._model is None:
                self._model = _load(self.name, self._device)
            return self._model

    def _prompts(self, model: SentenceTransformer) -> Prompts:
        own = prompts_of(self.name, model.prompts)
        return Prompts(
            own.query if self._query_prompt is None else self._query_prompt,
            own.passage if self._passage_prompt is None else self._passage_prompt,
        )

    def _embed(
        self, encode: Callable[..., object], texts: Sequence[str], prompt: str
    ) -> NDArray[np.float32]:
        try:
            with self._one_at_a_time:
                rows = encode(
                    [encodable(text) for text in texts], prompt=prompt, show_progress_bar=False
                )
            return unit_rows(np.asarray(rows, np.float32))
        except (RuntimeError, ValueError) as error:
            raise EmbedderError(
                Bilingual(
                    zh=f"向量模型 {self.name} 计算失败（{_brief(error)}）。"
                    "显存或内存不足时可换用较小的模型，或把 device 设为 cpu。",
                    en=f"The embedding model {self.name} failed ({_brief(error)}). If memory ran "
                    "out, choose a smaller model or set the device to cpu.",
                )
            ) from error


def prompts_of(name: str, settings: Mapping[str, str]) -> Prompts:
    """The prompts in a model's own `settings`, else those on the model card of its family."""
    passage = next(filter(None, map(settings.get, ("document", "passage", "corpus"))), "")
    own = Prompts(settings.get("query", ""), passage)
    if any(own):
        return own
    base = Path(name).name.lower()
    return next((prompts for family, prompts in _FAMILIES if family.search(base)), own)


def _load(model: str, device: str | None) -> SentenceTransformer:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EmbedderError(
            Bilingual(
                zh="还没有安装 sentence-transformers。"
                "请运行：pip install '.[sentence-transformers]'。",
                en="sentence-transformers is not installed. "
                "Run: pip install '.[sentence-transformers]'.",
            )
        ) from error
    try:
        directory = Path(model)
        return SentenceTransformer(
            model,
            device=device,
            backend="onnx" if _has_only_onnx(directory) else "torch",
            local_files_only=directory.is_dir() or not _hub_answers(),
        )
    except Exception as error:
        # A model may bring code of its own, which raises anything.
        raise EmbedderError(
            Bilingual(
                zh=f"无法载入向量模型 {model}（{_brief(error)}）。请检查名称或路径；"
                "如果连不上模型站，可把环境变量 HF_ENDPOINT 设为可用的镜像，"
                "或先下载好再填写它的目录。",
                en=f"The embedding model {model} cannot be loaded ({_brief(error)}). Check the "
                "name or path. If the model hub cannot be reached, set HF_ENDPOINT to a mirror, "
                "or download the model elsewhere and give its directory.",
            )
        ) from error


def _has_only_onnx(directory: Path) -> bool:
    weights = (*directory.glob("*.safetensors"), *directory.glob("pytorch_model*.bin"))
    return (directory / _ONNX).is_file() and not weights


def _hub_answers() -> bool:
    """Asked once, since the library itself waits for minutes before it uses what it has stored."""
    import httpx
    from huggingface_hub import constants

    try:
        httpx.head(constants.ENDPOINT, timeout=_HUB_TIMEOUT_SECONDS)
    except httpx.HTTPError:
        return False
    return True


def _sampled(directory: Path) -> str:
    """A hash over the files of a model: name, size, and 64 KiB from the start, middle and end.

    Leaves out notes for people and hidden files, such as those of a download.
    """
    result = hashlib.sha256()
    for path in sorted(path for path in directory.rglob("*") if path.is_file()):
        name = path.relative_to(directory)
        if path.suffix == ".md" or any(part.startswith(".") for part in name.parts):
            continue
        size = path.stat().st_size
        result.update(f"{name.as_posix()}\n{size}\n".encode())
        with path.open("rb") as file:
            for position in (0, size // 2, max(0, size - _SAMPLE_BYTES)):
                file.seek(position)
                result.update(file.read(_SAMPLE_BYTES))
    return result.hexdigest()


def _brief(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:200]}" if lines else type(error).__name__
