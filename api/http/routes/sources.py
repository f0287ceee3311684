"""What the tutor answers from: browse, read, search, and take in more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from api.access.records import Scope
from api.errors import SourceNotFoundError
from api.http.bodies import Documents
from api.http.callers import IngestingCaller, requires
from api.http.filters import CourseFilter, PerspectiveFilter
from api.http.replies import (
    CoursesReply,
    IngestReply,
    PerspectivesReply,
    SearchReply,
    VocabularyReply,
    WholeCourseReply,
    WholePerspectiveReply,
)
from api.http.routes.router import new_router
from api.http.services import ServicesOf
from api.http.source_objects import (
    course_object,
    passage_object,
    perspective_object,
    summary_object,
    text_objects,
)
from api.http.vocabulary import vocabulary_object
from api.wiring import ingest_paths
from corpus.types import Bilingual, Course, Kind, Perspective, Source
from tutor.retriever import XianhouRetriever

SourceId = Annotated[str, Path(max_length=200)]
Words = Annotated[str, Query(min_length=1, max_length=2000, description="what to look for")]
Found = Annotated[int, Query(ge=1, le=50)]


def router() -> APIRouter:
    """The routes. Those that read the index run in threads, as it is not asynchronous."""
    made = new_router("sources")
    asking = [Depends(requires(Scope.ASK))]
    made.get("/perspectives", response_model=PerspectivesReply, dependencies=asking)(_perspectives)
    made.get("/perspectives/{id}", response_model=WholePerspectiveReply, dependencies=asking)(
        _perspective
    )
    made.get("/courses", response_model=CoursesReply, dependencies=asking)(_courses)
    made.get("/courses/{id}", response_model=WholeCourseReply, dependencies=asking)(_course)
    made.get("/search", response_model=SearchReply, dependencies=asking)(_search)
    made.get("/vocabulary", response_model=VocabularyReply, dependencies=asking)(vocabulary_object)
    made.post("/ingest", response_model=IngestReply)(_ingest)
    return made


def _perspectives(services: ServicesOf, wanted: Annotated[PerspectiveFilter, Query()]) -> Any:
    """People's answers; `topic`, `stance` and `goal` have to hold for one and the same position."""
    found = [each for each in _people(services.index.sources()) if wanted.takes(each)]
    shown = found[wanted.offset : wanted.offset + wanted.limit]
    return {"perspectives": [perspective_object(each) for each in shown], "total": len(found)}


def _perspective(id: SourceId, services: ServicesOf) -> Any:
    """One person's answer with its stored texts and the link to the original."""
    source = services.index.source(id)
    if not isinstance(source, Perspective):
        raise _unknown(id)
    texts = text_objects(services.index, source.id)
    return {**perspective_object(source), "texts": texts}


def _courses(services: ServicesOf, wanted: Annotated[CourseFilter, Query()]) -> Any:
    """Courses and books; `topic`, `stance` and `goal` ask for those that such people name."""
    found = []
    for course in services.index.sources(kind=Kind.COURSE):
        if isinstance(course, Course) and wanted.suits(course):
            named_by = services.index.who_names(course.id)
            people = _people(services.index.sources(named_by))
            if wanted.any_position or any(map(wanted.is_taken_by, people)):
                found.append(course_object(course, named_by))
    shown = found[wanted.offset : wanted.offset + wanted.limit]
    return {"courses": shown, "total": len(found)}


def _course(id: SourceId, services: ServicesOf) -> Any:
    """A course or book with its stored texts and the link to its syllabus."""
    source = services.index.source(id)
    if not isinstance(source, Course):
        raise _unknown(id)
    texts = text_objects(services.index, source.id)
    return {**course_object(source, services.index.who_names(id)), "texts": texts}


def _search(services: ServicesOf, q: Words, kind: Kind | None = None, limit: Found = 8) -> Any:
    """Passages of people's answers and of course descriptions, the best first."""
    retriever = XianhouRetriever(
        index=services.index,
        embedder=services.embedder,
        limit=limit,
        kinds=frozenset({kind} if kind else Kind),
    )
    # What no person typed cannot be searched for either.
    words = q.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")
    return {"passages": [passage_object(document) for document in retriever.invoke(words)]}


async def _ingest(documents: Documents, services: ServicesOf, _caller: IngestingCaller) -> Any:
    """Takes in web pages as sources; all workers answer from them as soon as this returns."""
    # Not in the threads that the other routes need: fetching takes as long as the pages take.
    summary = await asyncio.to_thread(
        ingest_paths, services.settings, documents.urls, embedder=services.embedder
    )
    return summary_object(summary)


def _people(sources: Iterable[Source]) -> list[Perspective]:
    return [source for source in sources if isinstance(source, Perspective)]


def _unknown(id: str) -> SourceNotFoundError:
    return SourceNotFoundError(
        Bilingual(
            zh=f"没有编号为 {id} 的资料。/v1/perspectives 和 /v1/courses 列出了有哪些。",
            en=f"There is no source with the id {id}. /v1/perspectives and /v1/courses list them.",
        )
    )
