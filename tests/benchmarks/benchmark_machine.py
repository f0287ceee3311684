"""On what machine a benchmark ran."""

from __future__ import annotations

import os
import platform
import sqlite3
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("chromadb", "onnxruntime", "tokenizers", "numpy", "langchain-core")


def describe_machine() -> dict[str, str]:
    """Processor, cores, memory, system and versions, as short texts; "unknown" where not told."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in _PACKAGES},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    found = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return found[0] if found else platform.processor() or "unknown"


def _memory() -> str:
    try:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return "unknown"
    return f"{size / 2**30:.0f} GiB"


@dataclass(frozen=True, slots=True)
class ProcessorSeconds:
    """Processor time since the start: that of everybody, and our own with ended children."""

    everybody: float
    own: float


def processor_seconds() -> ProcessorSeconds | None:
    """What the processors have done so far; None where the system does not tell."""
    try:
        ticks = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:4]
    except OSError:
        return None
    everybody = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
    return ProcessorSeconds(everybody, sum(os.times()[:4]))


def share_of_others(
    before: ProcessorSeconds | None, after: ProcessorSeconds | None, seconds: float
) -> float | None:
    """The share, in [0, 1], of the processors that went to other processes for `seconds`."""
    if before is None or after is None:
        return None
    theirs = (after.everybody - before.everybody) - (after.own - before.own)
    return round(max(theirs, 0.0) / (seconds * (os.cpu_count() or 1)), 2)


def resident_megabytes() -> float:
    """The memory that this process holds now; the most it ever held where that is not told."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
