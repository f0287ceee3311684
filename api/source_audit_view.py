"""What the sources cover, as a page, as Markdown tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from operator import itemgetter
from typing import Any

from api.blocks import Block, Heading, Line, Lines, Table, Tone
from corpus.source_audit import ENOUGH_FOR_A_GOAL, Audit, Cell
from corpus.source_doubts import Doubt, DoubtKind, NamedResource
from corpus.types import Bilingual, Goal, Language, Stance, Topic
from tutor.phrases import author_name, goal_name, topic_name

_TOPIC = Bilingual(zh="话题", en="topic")
_PEOPLE = Bilingual(zh="人数", en="people")
_CHINESE = Bilingual(zh="中文原文", en="Chinese originals")
_ENGLISH = Bilingual(zh="英文原文", en="English originals")
_ANY_GOAL = Bilingual(zh="不限目标", en="any goal")
_COLON = Bilingual(zh="：", en=": ")
_STANCES = {
    Stance.NEEDED: Bilingual(zh="先系统地学", en="needed"),
    Stance.CORE_SUBSET: Bilingual(zh="学核心一部分", en="a core part"),
    Stance.NOT_NEEDED: Bilingual(zh="不必先学", en="not needed first"),
    Stance.DEPENDS_ON_GOAL: Bilingual(zh="看目标", en="depends on the goal"),
}
_DOUBTS = {
    DoubtKind.CLAIM_NOT_IN_TEXT: Bilingual(
        zh="转述的看法在正文里找不到", en="the restated view does not stand in the text"
    ),
    DoubtKind.TOPIC_NOT_IN_TEXT: Bilingual(
        zh="正文里没有这个话题的说法", en="the text has no words of this topic"
    ),
    DoubtKind.GUESSED: Bilingual(zh="程序猜的，没有人确认过", en="guessed by the program"),
}


def audit_page(found: Audit, language: Language) -> Iterator[Block]:
    """The two tables, then everything that is missing or doubtful."""
    yield Lines((Line(_summary(found).text(language), Tone.STRONG),))
    yield Heading(Bilingual(zh="话题和立场", en="Topics and sides").text(language))
    yield _stance_table(found, language)
    yield Heading(Bilingual(zh="话题和目标", en="Topics and goals").text(language))
    yield _goal_table(found, language)
    for title, lines in _lists(found, language):
        yield Heading(title.text(language))
        nothing = Line(Bilingual(zh="没有", en="none").text(language), Tone.DIM)
        yield Lines(tuple(Line(f"- {line}") for line in lines) or (nothing,))


def audit_tables(found: Audit, language: Language) -> tuple[str, str]:
    """The two tables of the page in Markdown."""
    return (
        _markdown(_stance_table(found, language)),
        _markdown(_goal_table(found, language)),
    )


def audit_object(found: Audit) -> dict[str, Any]:
    """Everything, with the cells that are not empty; "any" stands for no particular goal."""
    return {
        "perspectives": found.perspectives,
        "courses": found.courses,
        "languages": found.languages,
        "topics": {topic: asdict(cell) for topic, cell in found.topics.items()},
        "cells": [
            {"topic": topic, "stance": stance, "goal": goal or "any", **asdict(cell)}
            for (topic, stance, goal), cell in found.cells.items()
        ],
        "stances": [
            {"topic": topic, "stance": stance, **asdict(cell)}
            for (topic, stance), cell in found.stances.items()
        ],
        "goals": [
            {"topic": topic, "goal": goal or "any", **asdict(cell)}
            for (topic, goal), cell in found.goals.items()
        ],
        "perspectives_of_goal": found.of_goal,
        "empty": {"stances": found.empty_stances, "goals": found.empty_goals},
        "single_voice": {"stances": found.lone_stances, "goals": found.lone_goals},
        "thin_goals": found.thin_goals,
        "oldest": [
            {"id": person.id, "author": person.author, "published": person.published}
            for person in found.oldest
        ],
        "undated": found.undated,
        "near_duplicates": found.near_duplicates,
        "doubts": [
            {
                "id": doubt.source_id,
                "topic": doubt.position.topic,
                "stance": doubt.position.stance,
                "goals": doubt.position.goals,
                "kind": doubt.kind,
            }
            for doubt in found.doubts
        ],
        "uncovered_resources": [asdict(resource) for resource in found.uncovered],
    }


def _summary(found: Audit) -> Bilingual:
    chinese, english = (found.languages[language] for language in Language)
    return Bilingual(
        zh=f"{found.perspectives} 篇看法（中文原文 {chinese} 篇，英文原文 {english} 篇），"
        f"{found.courses} 门课程。表里数的是人，括号里是程序猜的；"
        "对不同目标持不同立场的人，每一边都算。",
        en=f"{found.perspectives} perspectives ({chinese} of Chinese and {english} of English "
        f"originals), {found.courses} courses. The tables count people, with guesses in brackets; "
        "who takes different sides for different goals counts on each.",
    )


def _stance_table(found: Audit, language: Language) -> Table:
    columns = (_TOPIC, *_STANCES.values(), _PEOPLE, _CHINESE, _ENGLISH)
    rows = []
    for topic in Topic:
        whole = found.topics.get(topic)
        totals = (whole.voices, whole.chinese, whole.english) if whole else (0, 0, 0)
        sides = (_count(found.stances.get((topic, stance)), language) for stance in _STANCES)
        rows.append((topic_name(topic).text(language), *sides, *map(str, totals)))
    return Table(tuple(column.text(language) for column in columns), tuple(rows))


def _goal_table(found: Audit, language: Language) -> Table:
    goals = (*Goal, None)
    header = (_TOPIC, *(goal_name(goal) if goal else _ANY_GOAL for goal in goals))
    rows = [
        (
            topic_name(topic).text(language),
            *(_count(found.goals.get((topic, goal)), language) for goal in goals),
        )
        for topic in Topic
    ]
    whole = Bilingual(zh="看法篇数", en="perspectives").text(language)
    counts = (str(found.of_goal[goal]) for goal in Goal)
    rows.append((whole, *counts, ""))
    return Table(tuple(column.text(language) for column in header), tuple(rows))


def _count(cell: Cell | None, language: Language) -> str:
    if cell is None:
        return "0"
    guessed = Bilingual(zh=f"（{cell.guessed}）", en=f" ({cell.guessed})").text(language)
    return f"{cell.voices}{guessed if cell.guessed else ''}"


def _lists(found: Audit, language: Language) -> Iterator[tuple[Bilingual, Sequence[str]]]:
    yield (
        Bilingual(zh="没有人持有的立场", en="Sides that nobody takes"),
        _sides(found.empty_stances, language),
    )
    yield (
        Bilingual(zh="没有人谈到的目标", en="Goals that nobody speaks to"),
        _goals(found.empty_goals, language),
    )
    yield (
        Bilingual(zh="只有一个人持有的立场", en="Sides that one person takes"),
        _sides(found.lone_stances, language),
    )
    yield (
        Bilingual(zh="只有一个人谈到的目标", en="Goals that one person speaks to"),
        _goals(found.lone_goals, language),
    )
    yield (
        Bilingual(
            zh=f"不足 {ENOUGH_FOR_A_GOAL} 篇看法的目标",
            en=f"Goals with fewer than {ENOUGH_FOR_A_GOAL} perspectives",
        ),
        [
            f"{goal_name(goal).text(language)}{_COLON.text(language)}{count}"
            for goal, count in found.thin_goals.items()
        ],
    )
    yield (
        Bilingual(
            zh=f"最早的看法（另有 {found.undated} 篇没有日期）",
            en=f"The oldest perspectives ({found.undated} have no date)",
        ),
        [
            f"{person.published}  {person.id}  {author_name(person.author, language)}"
            for person in found.oldest
        ],
    )
    yield (
        Bilingual(zh="几乎相同的文字", en="Nearly the same texts"),
        [f"{one} = {other}" for one, other in found.near_duplicates],
    )
    yield (
        Bilingual(zh="可疑的标注", en="Doubtful labels"),
        [_doubt(doubt, language) for doubt in found.doubts],
    )
    yield (
        Bilingual(
            zh="多人提到、还没有课程文件的资料",
            en="Named by several people, without a course file",
        ),
        [_resource(resource) for resource in found.uncovered],
    )


def _sides(pairs: Iterable[tuple[Topic, Stance]], language: Language) -> list[str]:
    named = [(topic, _STANCES[stance].text(language)) for topic, stance in pairs]
    return _by_topic(named, language)


def _goals(pairs: Iterable[tuple[Topic, Goal]], language: Language) -> list[str]:
    named = [(topic, goal_name(goal).text(language)) for topic, goal in pairs]
    return _by_topic(named, language)


def _by_topic(named: Sequence[tuple[Topic, str]], language: Language) -> list[str]:
    """One line a topic, with all that is named for it."""
    between = Bilingual(zh="、", en=", ").text(language)
    return [
        topic_name(topic).text(language)
        + _COLON.text(language)
        + between.join(name for _, name in group)
        for topic, group in groupby(named, key=itemgetter(0))
    ]


def _doubt(doubt: Doubt, language: Language) -> str:
    label = f"{doubt.position.topic}:{doubt.position.stance}"
    return f"{doubt.source_id} {label}{_COLON.text(language)}{_DOUBTS[doubt.kind].text(language)}"


def _resource(resource: NamedResource) -> str:
    url = f"  {resource.url}" if resource.url else ""
    return f"{len(resource.sources)}  {resource.name}{url}  {', '.join(resource.sources)}"


def _markdown(table: Table) -> str:
    rule = ("---", *("---:" for _ in table.header[1:]))
    rows = (table.header, rule, *table.rows)
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows
    )
