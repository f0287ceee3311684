"""The file in the package that holds the fitted numbers of the labeller."""

from __future__ import annotations

import hashlib
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from ingest.labelling_model import LabelModel

FITTED = Path(__file__).with_name("labelling.npz")
_ARRAYS = ("mean", "places", "near", "rarity", "words", "topics", "centre", "scale")
_LEARNED_FROM = ("", "_cues", "_examples", "_mentions")


def learned_from() -> str:
    """A hash of the files, bundled perspectives apart, that decide about the fitted numbers."""
    names = (f"labelling{part}.yaml" for part in _LEARNED_FROM)
    content = b"".join(FITTED.with_name(name).read_bytes() for name in names)
    return hashlib.sha256(content).hexdigest()


def read(path: Path = FITTED) -> LabelModel | None:
    """The fitted numbers in the file `path`, None where it is missing or damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            words = str(kept["vocabulary"]).split("\n")
            return LabelModel(
                str(kept["fingerprint"]),
                vocabulary={word: place for place, word in enumerate(words)},
                **{name: kept[name].astype(np.float32) for name in _ARRAYS},
            )
    except (OSError, ValueError, EOFError, KeyError, BadZipFile):
        return None


def write(model: LabelModel, path: Path = FITTED) -> None:
    """Keep `model` in the file `path`. Raises OSError."""
    words = sorted(model.vocabulary, key=lambda word: model.vocabulary[word])
    np.savez_compressed(
        path,
        allow_pickle=False,
        fingerprint=np.array(model.fingerprint),
        learned_from=np.array(learned_from()),
        vocabulary=np.array("\n".join(words)),
        **{name: getattr(model, name).astype(np.float16) for name in _ARRAYS},
    )
