"""Writing out what a turn leaves unsaid, from the thread of the conversation."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.language import detect_language, han_count
from corpus.types import Direction, Goal, Language, Topic
from tutor.turns.conversation_thread import (
    Thread,
    after,
    base,
    core,
    in_context,
    topical,
    with_context,
    with_direction,
    with_goal,
)
from tutor.turns.elliptical import EDGE, Fragment, Named
from tutor.turns.turn_words import Subject, is_bare, turn_words
from tutor.understanding import understand

_HAVING = re.compile(r"^(?:我|只|还|有|i |have |only |just )+", re.IGNORECASE)
_IF = ("如果", "要是", "假如", "假设", "倘若", "if ")
_SHORTEST = 4  # characters of a question that are more than its topic
_ABBREVIATION = 5  # letters at most
_FOUNDATIONS = (None, Topic.ML_BEFORE_DL, Topic.FOUNDATIONS_FOR_LLM)


def for_goal(thread: Thread, goal: Goal, found: Fragment) -> str:
    """The question of the thread asked for another goal, in the learner's own words if they fit."""
    other = with_goal(thread, goal)
    question = core(other)
    bare = turn_words().aims[goal].fullmatch(found.words)
    for own in (found.opening, f"为了{found.words}" if bare else ""):
        if _is_in(own, thread.language) and understand(own).learner.goal is goal:
            break
    else:
        own = other.purpose
    if own.casefold().startswith(_IF):
        return after(own, with_context(with_goal(thread, None), question), thread.language)
    asked = with_context(other, question, own)
    return f"如果是{asked}" if thread.language is Language.CHINESE else asked


def for_direction(thread: Thread, direction: Direction, words: str) -> str:
    """The question of the thread asked for another field."""
    thread = with_direction(thread, direction)
    short = words.isascii() and len(words) <= _ABBREVIATION
    name = turn_words().fields_named[direction].text(thread.language)
    name = words if short or _is_in(words, thread.language) else name
    if thread.language is Language.ENGLISH:
        return after(f"for {name}", base(thread), thread.language)
    spaced = f" {name} " if name.isascii() else name
    return after(f"如果是{spaced}方向", base(thread), thread.language)


def for_time(thread: Thread, found: Fragment) -> str:
    """The question of the thread asked for a certain time."""
    opening = found.opening if _is_in(found.opening, thread.language) else ""
    amount = _HAVING.sub("", found.words)
    having = f"如果有{amount}" if thread.language is Language.CHINESE else f"with {amount}"
    return after(opening or having, base(thread), thread.language)


def for_subject(thread: Thread, subject: Subject) -> str:
    """What the thread asks, asked about another subject."""
    llm = subject.words.fullmatch("LLMs")
    foundations = Topic.FOUNDATIONS_FOR_LLM if llm else Topic.ML_BEFORE_DL
    topic = thread.topic if thread.topic not in _FOUNDATIONS else foundations
    return topical(replace(thread, subject=subject), topic or Topic.STUDY_ORDER)


def asking(thread: Thread, topics: tuple[Named, ...]) -> str:
    """The question that bare words such as 数学 or "linear algebra" ask in this thread."""
    words = [named.word for named in topics]
    own = len(topics) > 1 or not topics[0].plain
    if not own or not all(_fits(word, thread.language) for word in words):
        return topical(thread, topics[0].topic)
    known = turn_words().questions[topics[0].topic]
    noun = ("和" if thread.language is Language.CHINESE else " and ").join(words)
    asked = in_context(thread, known.particular.text(thread.language).format(noun=noun))
    understood = topics[0].topic in understand(asked).topics
    return asked if understood else topical(thread, topics[0].topic)


def predicated(thread: Thread, topic: Topic, words: str) -> str:
    """A question such as 要多久 with what it is about."""
    own = in_context(thread, words)
    enough = len(words.strip(EDGE)) >= _SHORTEST and _is_in(words, thread.language)
    return own if enough and topic in understand(own).topics else topical(thread, topic)


def courses(thread: Thread, words: str, kind: str) -> str:
    """The question for courses, `kind` "free" for free ones, with what they should teach."""
    own = in_context(thread, words)
    read = understand(own)
    if kind == "courses" and read.wants_courses and _is_in(words, thread.language):
        return own
    phrase = "free_courses" if kind == "free" or read.wants_free else "courses"
    return in_context(thread, turn_words().phrases[phrase].text(thread.language))


def of_course(text: str, pointing: str, name: str, language: Language) -> str:
    """`text` with the `name` of a course in the place of the words that point at it."""
    if is_bare(turn_words().frame_end.sub("", text.replace(pointing, "")).strip(EDGE)):
        return turn_words().phrases["course"].text(language).format(name=name)
    return text.replace(pointing, name, 1)


def why(question: str, language: Language) -> str:
    """`question` with the reasons asked for."""
    return followed_by(question, turn_words().phrases["why"].text(language))


def followed_by(question: str, more: str) -> str:
    """`question` and after it what else is said."""
    if question[-1:] not in "?？。.!！…":
        question += "？" if detect_language(question) is Language.CHINESE else "?"
    space = "" if question[-1] in "？。！…" else " "
    return f"{question}{space}{more.strip()}"


def about(thread: Thread, rest: str) -> str:
    """`rest` said to be about the question of the thread."""
    phrase = turn_words().phrases["about"].text(thread.language)
    return phrase.format(base=base(thread).rstrip(EDGE), rest=rest)


def of_person(thread: Thread, name: str) -> str:
    """What `name` says on the question of the thread."""
    phrase = turn_words().phrases["person"].text(thread.language)
    return phrase.format(base=base(thread).rstrip(EDGE), name=name)


def _is_in(words: str, language: Language) -> bool:
    return bool(han_count(words)) is (language is Language.CHINESE)


def _fits(words: str, language: Language) -> bool:
    """Whether `words` can stand in a sentence of `language`; Latin names can in either."""
    return language is Language.CHINESE or not han_count(words)
