"""What a model's body left out and an answer must not lack: every side, the steps, the courses."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Perspective, Stance, Topic
from tutor.answer import Section
from tutor.drafts import Draft
from tutor.selection import speaks_to
from tutor.topic_material import TopicMaterial
from tutor.writing import Writing


def left_out(writing: Writing, body: Sequence[Draft]) -> list[Draft]:
    """The composed drafts, not yet checked, that make up for what `body` does not say.

    Without a single cited sentence in `body`, that is everything but the opening.
    """
    composed = [draft for draft in writing.composed() if not writing.opens(draft)]
    heard = _sources_cited(writing, body)
    if not heard:
        return composed
    wanted = [*_voices(writing, composed, heard)]
    path = writing.material.path
    wanted += [draft for draft in composed if draft.section is Section.PLAN]
    if path and path[0].id not in heard:
        wanted += [draft for draft in composed if draft.section is Section.STEPS]
    courses = {course.id for course in writing.material.courses}
    if courses and not courses & heard:
        wanted += [draft for draft in composed if draft.section is Section.COURSES]
    return wanted


def _voices(writing: Writing, composed: Sequence[Draft], heard: set[str]) -> list[Draft]:
    """One voice for each side that nobody in the body takes, the learner's goal first."""
    voices = []
    for material in writing.material.topics:
        missing = _sides(material) - _sides_heard(writing, material.topic, heard)
        if _goal_unheard(material, heard):
            missing |= set(material.leads)
        for stance in sorted(missing):
            voice = next((d for d in composed if _is_voice(d, material.topic, stance)), None)
            if voice is not None:
                voices.append(voice)
    return voices


def _sides(material: TopicMaterial) -> set[Stance]:
    return {view.position.stance for view in material.chosen}


def _goal_unheard(material: TopicMaterial, heard: set[str]) -> bool:
    """Whether people speak to the learner's goal and none of them is cited."""
    speakers = {
        view.perspective.id for view in material.chosen if speaks_to(view.position, material.goal)
    }
    return bool(speakers) and not speakers & heard


def _sides_heard(writing: Writing, topic: Topic, heard: set[str]) -> set[Stance]:
    return {
        position.stance
        for source_id in heard
        if isinstance(person := writing.sources.get(source_id), Perspective)
        for position in person.positions
        if position.topic is topic
    }


def _is_voice(draft: Draft, topic: Topic, stance: Stance) -> bool:
    spoken = draft.section in (Section.VOICES, Section.DISSENT)
    return spoken and draft.topic is topic and draft.stance is stance


def _sources_cited(writing: Writing, body: Sequence[Draft]) -> set[str]:
    citations = writing.book.citations
    return {citations[number - 1].source_id for draft in body for number in draft.citations}
