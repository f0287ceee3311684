"""How long `tutor ask` takes from the shell, and what importing has to do with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from benchmark_collections import Collections
from benchmark_import_time import read_import_times
from benchmark_statistics import ratio, spread, take_turns

QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"
AIM_SECONDS = 2.5
READY_ROUNDS = 9
FIRST_ROUNDS = 3
_LARGEST = 14
_MODEL = "from corpus.bundled_embedder import BundledEmbedder as E; E().embed_query('')"


def run(collections: Collections, scratch: Path) -> dict[str, Any]:
    """Seconds of the command on a ready and on an empty data directory, beside their bounds."""
    ready = scratch / "ready"
    shutil.copytree(collections.bundled(), ready)
    _ask(ready)
    bounds = {
        "python -c pass": partial(_python, "pass"),
        'python -c "import chromadb"': partial(_python, "import chromadb"),
        "load the model, embed one query": partial(_python, _MODEL),
    }
    taken = take_turns({**bounds, "tutor ask": partial(_ask, ready)}, READY_ROUNDS)
    empty = (scratch / f"empty-{number}" for number in count())
    first = take_turns({"tutor ask, first use": lambda: _ask(next(empty))}, FIRST_ROUNDS)
    chroma = taken['python -c "import chromadb"']
    return {
        "aim_seconds": AIM_SECONDS,
        "lanes_seconds": {name: asdict(spread(each)) for name, each in {**taken, **first}.items()},
        "ratio_to_import_chromadb": ratio(taken["tutor ask"], chroma),
        "imports": _imports(ready),
    }


def _imports(data: Path) -> dict[str, Any]:
    done = _run([sys.executable, "-X", "importtime", *_tutor_ask(data)])
    times = read_import_times(done.stderr.splitlines())
    return {
        "total_ms": round(times.total),
        "modules": times.modules,
        "largest_ms": times.largest(_LARGEST),
    }


def _python(code: str) -> None:
    _run([sys.executable, "-c", code])


def _ask(data: Path) -> None:
    _run([sys.executable, *_tutor_ask(data)])


def _tutor_ask(data: Path) -> list[str]:
    command = Path(sys.executable).with_name("tutor")
    return [str(command), "ask", QUESTION, "--data", str(data)]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TUTOR_")}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
