"""Measure how fast the tutor is, and write the figures into `docs`.

Run from the root of the project: `python tests/benchmarks/run.py [--only NAME]`. With `--only`
the other figures stay as they are, unless they come from another machine.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import benchmark_answering
import benchmark_cold_start
import benchmark_comparison
import benchmark_doors
import benchmark_ingestion
import benchmark_planning
import benchmark_writing
from benchmark_collections import Collections
from benchmark_machine import describe_machine, processor_seconds, share_of_others
from benchmark_report import with_tables

from corpus.bundled_embedder import BundledEmbedder

DOCS = Path(__file__).parents[2] / "docs"
FIGURES = DOCS / "benchmarks.json"
DOCUMENT = DOCS / "benchmarks.md"

Benchmark = Callable[[Collections, Path], Any]
# Those that need an idle machine most come before those that leave much to be written to disk.
BENCHMARKS: dict[str, Benchmark] = {
    "cold_start": benchmark_cold_start.run,
    "ingestion": benchmark_ingestion.run,
    "answering": lambda collections, _scratch: benchmark_answering.run(collections),
    "planning": lambda _collections, _scratch: benchmark_planning.run(),
    "writing": lambda collections, _scratch: benchmark_writing.run(collections),
    "doors": benchmark_doors.run,
    "comparison": benchmark_comparison.run,
}


def measure(name: str, collections: Collections, folder: Path) -> dict[str, Any]:
    """The result of one benchmark, which may write into `folder`."""
    start, before = perf_counter(), processor_seconds()
    figures = BENCHMARKS[name](collections, folder)
    seconds = perf_counter() - start
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "seconds": round(seconds),
        "taken by others": share_of_others(before, processor_seconds(), seconds),
        "figures": figures,
    }


def merged(before: dict[str, Any], machine: dict[str, str], results: dict[str, Any]) -> Any:
    """The new results beside those `before` that the same machine gave."""
    kept = before.get("results", {}) if before.get("machine") == machine else {}
    known = {**kept, **results}
    return {
        "machine": machine,
        "results": {name: known[name] for name in BENCHMARKS if name in known},
    }


def publish(results: dict[str, Any]) -> None:
    """Writes new results, and the tables made of them, into the documents."""
    before = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    published = merged(before, describe_machine(), results)
    text = json.dumps(published, ensure_ascii=False, indent=2)
    document = with_tables(DOCUMENT.read_text(encoding="utf-8"), published)
    FIGURES.write_text(text + "\n", encoding="utf-8")
    DOCUMENT.write_text(document, encoding="utf-8")


def main() -> None:
    """Measure what was asked for and write it down; all that is made on the way is removed."""
    parser = argparse.ArgumentParser(description="How fast the tutor is.")
    parser.add_argument("--only", choices=list(BENCHMARKS), help="run one benchmark")
    only = parser.parse_args().only
    with tempfile.TemporaryDirectory() as scratch:
        collections = Collections(Path(scratch) / "collections", BundledEmbedder())
        for name in [only] if only else BENCHMARKS:
            folder = Path(scratch) / name
            folder.mkdir()
            result = measure(name, collections, folder)
            publish({name: result})
            print(f"{name}: {result['seconds']} s", flush=True)
    print(DOCUMENT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
