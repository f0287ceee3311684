"""The sources that an answer is going to be written from."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Course, Kind, Source
from tutor.events import Reading
from tutor.material import Material


def sources_of(material: Material) -> tuple[Source, ...]:
    """The people and courses of `material`, each once, in the order in which they matter."""
    sources: list[Source] = [*material.people]
    sources += [material.course_asked] if material.course_asked else []
    sources += [view.perspective for topic in material.topics for view in topic.chosen]
    sources += [material.path[0]] if material.path else []
    sources += [*material.courses, *material.mentions]
    if not material.topics:
        sources += [candidate.source for candidate in material.extracts]
    return tuple({source.id: source for source in sources}.values())


def readings(sources: Sequence[Source]) -> tuple[Reading, ...]:
    """What a door shows of `sources` before the first sentence."""
    return tuple(map(_reading, sources))


def _reading(source: Source) -> Reading:
    if isinstance(source, Course):
        author, platform, published = ", ".join(source.instructors), source.provider, None
    else:
        author, platform, published = source.author, source.platform, source.published
    kind = Kind.COURSE if isinstance(source, Course) else Kind.PERSPECTIVE
    return Reading(source.id, kind, author, platform, source.title, source.url, published)
