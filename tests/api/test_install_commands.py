"""Texts that name a command to install something name one that works in a clone."""

from __future__ import annotations

from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_optional_libraries_are_installed_from_the_clone() -> None:
    distribution = metadata("xianhou-tutor")["Name"]
    rooms = [ROOT / name for name in ("api", "corpus", "ingest", "tutor")]
    sources = {path: path.read_text("utf-8") for room in rooms for path in room.rglob("*.py")}
    assert any("pip install '.[pdf]'" in text for text in sources.values())
    assert [path for path, text in sources.items() if f"{distribution}[" in text] == []
