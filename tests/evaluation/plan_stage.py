"""A planner over everything that is bundled, for measuring its plans."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.bundled_embedder import BundledEmbedder
from corpus.index import Index
from corpus.types import Course, Perspective
from ingest.bundled import bundled_documents
from ingest.pipeline import ingest
from tutor.plan import make_plan
from tutor.planning.types import Plan, PlanRequest

_TODAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes plans from one index; `courses` by id, and everybody in `people`."""

    index: Index
    embedder: BundledEmbedder
    courses: Mapping[str, Course]
    people: tuple[Perspective, ...]

    def plan(self, request: PlanRequest) -> Plan:
        """The plan for `request`."""
        return make_plan(request, self.index, self.embedder, today=_TODAY)


@contextmanager
def bundled_planner() -> Iterator[Planner]:
    """A planner over the bundled sources, indexed anew in a directory that is thrown away."""
    embedder = BundledEmbedder()
    with (
        tempfile.TemporaryDirectory() as directory,
        Index.open(Path(directory), embedder) as index,
    ):
        ingest(index, embedder, bundled_documents())
        sources = index.sources()
        yield Planner(
            index,
            embedder,
            {one.id: one for one in sources if isinstance(one, Course)},
            tuple(one for one in sources if isinstance(one, Perspective)),
        )
