"""The tutor's own words in both languages, read from `phrases.yaml`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus.types import Bilingual, Goal, Language, Stance, Topic

PATH = Path(__file__).with_name("phrases.yaml")


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(PATH.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return data


def _bilingual(entry: dict[str, str]) -> Bilingual:
    return Bilingual(zh=entry["zh"], en=entry["en"])


def goal_name(goal: Goal) -> Bilingual:
    """What a goal is called in a sentence: 毕业设计, a graduation project."""
    return _bilingual(_data()["goals"][goal.value])


def platform_name(platform: str) -> Bilingual:
    """What a platform is called; an unknown one is called by its own name."""
    entry = _data()["platforms"].get(platform)
    return _bilingual(entry) if entry else Bilingual(zh=platform, en=platform)


def platforms() -> list[str]:
    """The platforms that have a name of their own."""
    return list(_data()["platforms"])


def topic_name(topic: Topic) -> Bilingual:
    """What a topic is about, as part of a sentence."""
    return _bilingual(_data()["topics"][topic.value]["name"])


def topic_question(topic: Topic) -> Bilingual:
    """The topic as a learner would ask it."""
    return _bilingual(_data()["topics"][topic.value]["ask"])


def verdict(topic: Topic, stance: Stance) -> Bilingual:
    """What follows when a stance on a topic prevails; a clause without a full stop."""
    return _bilingual(_data()["topics"][topic.value][stance.value]["verdict"])


def stance_label(topic: Topic, stance: Stance) -> Bilingual:
    """What people of a stance do, as a predicate: 主张直接开始, advise starting right away."""
    return _bilingual(_data()["topics"][topic.value][stance.value]["label"])


def author_name(author: str, language: Language) -> str:
    """The author as printed; an unknown author is said to be unknown."""
    return author or ("未具名作者" if language is Language.CHINESE else "an unnamed author")


def section_title(section: str, language: Language) -> str:
    """The heading above a section, or "" where it has none."""
    entry = _data()["sections"].get(section)
    return _bilingual(entry).text(language) if entry else ""


def next_topic_title(topic: Topic, language: Language) -> str:
    """The heading above a further topic of an answer."""
    title = _bilingual(_data()["sections"]["next_topic"]).text(language)
    return title.format(topic=topic_name(topic).text(language))


def sentence(name: str, language: Language, **parts: object) -> str:
    """The sentence `name` of `phrases.yaml` with `parts` filled in.

    A name that ends in Latin script is set off from the Chinese that follows it.
    """
    template = _data()["sentences"][name]
    if language is Language.CHINESE:
        for part in ("author", "people"):
            before_han = re.search(rf"\{{{part}\}}[\u4e00-\u9fff]", template["zh"])
            if before_han and str(parts.get(part, ""))[-1:].isascii():
                parts[part] = f"{parts[part]} "
    return _bilingual(template).text(language).format(**parts)
