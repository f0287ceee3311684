"""The names of everything that has an id, for pages that show them."""

from __future__ import annotations

from typing import Any

from corpus.types import Bilingual, Direction, Goal, Stance, Topic
from tutor.learner import Level
from tutor.learner_words import direction_name, level_name
from tutor.phrases import goal_name, platform_name, platforms, stance_label, topic_name


def vocabulary_object() -> dict[str, Any]:
    """Goals, directions, levels, topics with their stances, and platforms."""
    return {
        "goals": [_named(goal, goal_name(goal)) for goal in Goal],
        "directions": [_named(each, direction_name(each)) for each in Direction],
        "levels": [_named(level, level_name(level)) for level in Level],
        "topics": [
            {
                **_named(topic, topic_name(topic)),
                "stances": [_named(stance, stance_label(topic, stance)) for stance in Stance],
            }
            for topic in Topic
        ],
        "platforms": [_named(platform, platform_name(platform)) for platform in platforms()],
    }


def _named(id: str, name: Bilingual) -> dict[str, str]:
    return {"id": str(id), "zh": name.zh, "en": name.en}
