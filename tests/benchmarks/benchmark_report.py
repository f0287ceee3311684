"""The tables of `docs/benchmarks.md`, written between marks that the prose around them keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

Result = Any


def with_tables(document: str, published: Mapping[str, Any]) -> str:
    """`document` with new tables of the machine and of each result in `published`.

    A table stands between two marks that bear its name. Raises ValueError when one is missing.
    """
    results = published["results"]
    tables = {"machine": _machine(published["machine"], results)}
    tables |= {name: _TABLES[name](result["figures"]) for name, result in results.items()}
    for name, content in tables.items():
        mark = re.compile(f"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
        document, count = mark.subn(partial(_filled, content), document)
        if count != 1:
            raise ValueError(f"one pair of marks for {name} is needed, not {count}")
    return document


def _filled(content: str, mark: re.Match[str]) -> str:
    return f"{mark[1]}\n{content}\n\n{mark[2]}"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _machine(machine: Mapping[str, str], results: Mapping[str, Result]) -> str:
    runs = [
        [name, result["date"], f"{result['seconds']} s", _share(result["taken by others"])]
        for name, result in results.items()
    ]
    ran = table(["benchmark", "date", "took", "processors taken by other work"], runs)
    return f"{table(['', ''], machine.items())}\n\n{ran}"


def _share(part: float | None) -> str:
    return "unknown" if part is None else f"{part:.0%}"


def _answering(sizes: Sequence[Result]) -> str:
    lanes = {
        "network": "the network alone, one query",
        "query": "query embedding",
        "dense": "dense search, both kinds",
        "lexical": "lexical search, both kinds",
        "retrieve": "retrieval, embedding included",
        "embedding": "bound of the answer: embedding its texts",
        "ask": "whole answer",
    }
    rows = [
        [title, *(_pair(size["lanes_ms"][lane]) for size in sizes)] for lane, title in lanes.items()
    ]
    ratios = {
        "query/network": "query embedding / network",
        "retrieve/query": "retrieval / query embedding",
        "ask/embedding": "answer / its bound",
    }
    rows += [
        [f"**{title}**", *(f"**{size['ratios'][name]:.2f}**" for size in sizes)]
        for name, title in ratios.items()
    ]
    rows.append(["opening, ms", *(size["open_ms"] for size in sizes)])
    rows.append(
        [
            "memory, MB: model loaded → opened → at work",
            *(" → ".join(str(held) for held in size["memory_mb"].values()) for size in sizes),
        ]
    )
    return table(["ms, p50 / p95", *(f"{size['passages']:,} passages" for size in sizes)], rows)


def _cold_start(result: Result) -> str:
    rows = [
        [
            f"`{name}`" if "python" in name or "tutor" in name else name,
            f"{each['p50']:.2f}",
            f"{each['p95']:.2f}",
            each["runs"],
        ]
        for name, each in result["lanes_seconds"].items()
    ]
    largest = table(
        ["imports, own time", "ms"],
        [
            *result["imports"]["largest_ms"].items(),
            [f"all {result['imports']['modules']} modules", result["imports"]["total_ms"]],
        ],
    )
    aim = (
        f"Aim: {result['aim_seconds']} s or less on a ready directory. `tutor ask` takes "
        f"{result['ratio_to_import_chromadb']:.2f} times as long as importing chromadb alone."
    )
    return "\n\n".join([table(["s", "p50", "p95", "runs"], rows), aim, largest])


def _ingestion(result: Result) -> str:
    return table(
        ["", ""],
        [
            ["documents, passages", f"{result['documents']}, {result['passages']:,}"],
            ["whole ingestion, s", result["seconds"]],
            ["bound: embedding the same batches, s", result["embedding_seconds"]],
            [f"**ratio** (aim: at most {result['aim']})", f"**{result['ratio']:.2f}**"],
            ["passages a second", result["passages_per_second"]],
        ],
    )


def _comparison(result: Result) -> str:
    sizes = result["times"]
    lanes = [
        [name, *(_pair(size["lanes_ms"][name]) for size in sizes)] for name in sizes[0]["lanes_ms"]
    ]
    ratios = [
        [f"**ours / plain, {name}**", *(f"**{size['ratios'][name]:.2f}**" for size in sizes)]
        for name in sizes[0]["ratios"]
    ]
    times = table(
        ["ms, p50 / p95", *(f"{size['passages']:,} passages" for size in sizes)],
        [*lanes, *ratios],
    )
    found = table(
        [
            "questions",
            "searched",
            "",
            f"nDCG@{result['limit']}",
            "first is right",
            "any is right",
            "distinct sources",
        ],
        [
            [
                f"{row['questions']} {row['language']}",
                "the right kind" if row["kind told"] else "all kinds",
                row["rival"],
                *(f"{row[name]:.3f}" for name in ("ndcg", "first", "hit")),
                row["sources"],
            ]
            for row in result["quality"]
        ],
    )
    return f"{times}\n\n{found}"


def _planning(sizes: Sequence[Result]) -> str:
    lanes = {
        "defaults": "HiGHS alone, as it comes",
        "solver": "HiGHS alone, as we set it",
        "choice": "choice of the modules",
        "plan": "whole plan, with sources",
    }
    rows = [
        [title, *(_pair(size["lanes_ms"][lane]) for size in sizes)] for lane, title in lanes.items()
    ]
    ratios = {
        "plan/solver": "whole plan / HiGHS alone",
        "solver/defaults": "as we set it / as it comes",
    }
    rows += [
        [f"**{title}**", *(f"**{size['ratios'][name]:.2f}**" for size in sizes)]
        for name, title in ratios.items()
    ]
    rows.append(["modules, and most in question", *map(_modules, sizes)])
    rows.append(["gathering what is known, once, ms", *(size["gather_ms"] for size in sizes)])
    header = ["ms, p50 / p95", *(f"{size['courses']:,} courses" for size in sizes)]
    return table(header, rows)


def _modules(size: Result) -> str:
    return f"{size['modules']:,}, {size['in question']}"


def _pair(spread: Mapping[str, float]) -> str:
    return f"{_short(spread['p50'])} / {_short(spread['p95'])}"


def _short(value: float) -> str:
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _writing(runs: Sequence[Result]) -> str:
    header = ["model", "at once", "before the model is asked", "a sentence after it is complete",
              "whole answer, beside the model", "MB each"]  # fmt: skip
    rows = [
        [
            f"{run['rate']:g} tokens/s" if run["rate"] else "at once",
            run["simultaneous"],
            _milliseconds(run["before_ms"]),
            _milliseconds(run["sentence_ms"]),
            _milliseconds(run["beside_model_ms"]),
            run["mb_a_conversation"],
        ]
        for run in runs
    ]
    return table(header, rows)


def _milliseconds(spread: Mapping[str, float]) -> str:
    return f"{spread['p50']:.0f} / {spread['p95']:.0f}"


def _doors(lanes: Sequence[Result]) -> str:
    header = ["answers written by", "workers", "at once", "answers a second", "first event, ms",
              "done, s", "failed", "processor, ms an answer", "most memory, MB",
              "**done / bare**"]  # fmt: skip
    ours, bare = (
        max(result[side]["client_share"] for result in lanes) for side in ("ours", "bare")
    )
    client = (
        f"Whoever asks took up to {ours:.0%} of the processors beside our server, and up to "
        f"{bare:.0%} beside the bare route."
    )
    return f"{table(header, map(_door, lanes))}\n\n{client}"


def _door(result: Result) -> list[object]:
    lane, ours = result["lane"], result["ours"]
    return [
        f"a model, {lane['rate']:g} tokens/s" if lane["rate"] else "rules alone",
        lane["workers"],
        lane["simultaneous"],
        f"{ours['answers_a_second']:.1f} ({result['bare']['answers_a_second']:.1f})",
        f"{_milliseconds(ours['first_ms'])} ({_milliseconds(result['bare']['first_ms'])})",
        f"{ours['done_ms']['p50'] / 1000:.2f} / {ours['done_ms']['p95'] / 1000:.2f}",
        f"{ours['failed']} of {ours['answers'] + ours['failed']}",
        f"{ours['processor_ms_an_answer']:.0f}",
        " + ".join(str(most) for most in ours["most_memory_mb"]),
        f"**{result['ratio']:.2f}**",
    ]


_TABLES: dict[str, Callable[[Result], str]] = {
    "answering": _answering,
    "cold_start": _cold_start,
    "ingestion": _ingestion,
    "planning": _planning,
    "writing": _writing,
    "doors": _doors,
    "comparison": _comparison,
}
