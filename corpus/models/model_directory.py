"""Writes what sentence-transformers and transformers read beside the weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus.models.vocabulary import BEGIN, END, MAXIMUM_TOKENS, PAD, UNKNOWN
from corpus.models.weights import ARCHITECTURE, sha256

SPECIAL_TOKENS = {
    "bos_token": BEGIN,
    "cls_token": BEGIN,
    "eos_token": END,
    "sep_token": END,
    "pad_token": PAD,
    "unk_token": UNKNOWN,
}
MODULES = (("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize"))


def write_settings(directory: Path, vocabulary_size: int, input_names: tuple[str, ...]) -> None:
    """Write the settings of a model with `vocabulary_size` pieces and these ONNX inputs."""
    files: dict[str, Any] = {
        "modules.json": [
            {
                "idx": number,
                "name": str(number),
                "path": path,
                "type": f"sentence_transformers.models.{name}",
            }
            for number, (name, path) in enumerate(MODULES)
        ],
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": vocabulary_size,
            **ARCHITECTURE,
        },
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "document": "passage: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "sentence_bert_config.json": {"max_seq_length": MAXIMUM_TOKENS, "do_lower_case": False},
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAXIMUM_TOKENS,
            "model_input_names": list(input_names),
            "clean_up_tokenization_spaces": False,
            **SPECIAL_TOKENS,
        },
        "special_tokens_map.json": SPECIAL_TOKENS,
        "1_Pooling/config.json": {
            "word_embedding_dimension": ARCHITECTURE["hidden_size"],
            "pooling_mode_mean_tokens": True,
        },
    }
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")


def write_checksums(directory: Path) -> None:
    """Write SHA256SUMS over every file that the build makes (`sha256sum -c` reads it)."""
    paths = [*directory.rglob("*.json"), *directory.rglob("*.onnx")]
    names = sorted(path.relative_to(directory).as_posix() for path in paths)
    lines = [f"{sha256(directory / name)}  {name}\n" for name in names]
    (directory / "SHA256SUMS").write_text("".join(lines), "utf-8")
