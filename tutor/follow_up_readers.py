"""The ways in which a turn goes on with a conversation, tried one after the other."""

from __future__ import annotations

from collections.abc import Callable

from corpus.language import han_count
from corpus.types import Topic
from tutor import self_contained as written
from tutor.conversation_thread import Thread, base, in_context, with_direction, with_goal
from tutor.elliptical import (
    Fragment,
    bare_words,
    fragment,
    goes_on,
    says_only_topics,
    subject_in,
)
from tutor.lexicon import lexicon
from tutor.mentioned import is_person, named_course, named_person, pointed_at
from tutor.said import Act, Reading, Said
from tutor.statements import profile_change
from tutor.turn_words import turn_words
from tutor.understanding import understand

_SAYS_ENOUGH = 12  # Han characters, or twice as many Latin letters, that stand by themselves
_SHORT = 40  # characters
_GENERAL = {Topic.STUDY_ORDER, Topic.TIME_PLAN}


def read_follow_up(said: Said, question: str) -> Reading:
    """Read a turn that follows others; `question` is what is asked when it stands by itself."""
    readers: tuple[Callable[[Said], Reading | None], ...] = (
        profile_change,
        _answer_again,
        _bare_words,
        _person,
        _pointing,
        _something_to_learn_from,
        _predicate,
        _on_topics,
        _vague,
    )
    for read in readers:
        if reading := read(said):
            return reading
    return Reading(question, Act.NEW_TOPIC, certain=_stands_by_itself(said))


def _answer_again(said: Said) -> Reading | None:
    """Turns about the last answer itself."""
    kinds = turn_words().kinds
    for act in (Act.SOURCES, Act.WHY, Act.REPEAT):
        if any(kinds[act.value].covers(text) for text in (said.rest, said.text)):
            again = base(said.from_last)
            return Reading(written.why(again, said.language) if act is Act.WHY else again, act)
    return None


def _bare_words(said: Said) -> Reading | None:
    """Turns such as "那数学呢？", "and for a job?", "如果是 NLP 方向呢"."""
    found = fragment(said.rest)
    if found is None:
        return None
    thread = said.from_answer
    if found.goal and not found.topics:
        asked = written.for_goal(thread, found.goal, found)
    elif found.direction:
        asked = written.for_direction(thread, found.direction, found.words)
    elif found.time:
        asked = written.for_time(thread, found)
    else:
        asked = _other_topic(thread, found)
    return Reading(asked, Act.QUESTION, certain=said.answered is not None)


def _other_topic(thread: Thread, found: Fragment) -> str:
    """Something else to learn before the subject, or the same about another subject."""
    beside = found.topics and not (found.subject and thread.topic in _GENERAL)
    if found.subject and not beside:
        return written.for_subject(thread, found.subject)
    return written.asking(thread, found.topics)


def _person(said: Said) -> Reading | None:
    """Somebody whom an earlier answer named: "辛俊波呢", "what does Lyon think?"."""
    person = named_person(said.rest, said.conversation)
    if person is None or subject_in(said.rest):
        return None
    name, part = person
    others = f"{said.rest.replace(part, ' ', 1)}?"
    kinds = turn_words().kinds
    if kinds["speaking"].covers(others):
        return Reading(written.of_person(said.from_answer, name), Act.QUESTION)
    if kinds["vague"].covers(others):
        rest = said.rest.replace(part, name, 1)
        return Reading(written.about(said.from_answer, rest), Act.QUESTION)
    return None


def _pointing(said: Said) -> Reading | None:
    """A course or a person in the last answer: "第一门课难吗", "is this book free?"."""
    bare = bare_words(said.rest)
    if _ends_or_begins_openly(said) and (course := named_course(bare, said.conversation)):
        return Reading(written.of_course(bare, bare, course, said.language), Act.QUESTION)
    meant = pointed_at(said.rest, said.last.asked, said.last.answer)
    if meant is None or subject_in(said.rest):
        return None
    name, words = meant
    if is_person(name, said.last.answer):
        rest = said.rest.replace(words, name, 1)
        return Reading(written.about(said.from_last, rest), Act.QUESTION)
    return Reading(written.of_course(said.rest, words, name, said.language), Act.QUESTION)


def _ends_or_begins_openly(said: Said) -> bool:
    return goes_on(said.text) or bool(turn_words().asks.search(said.rest[-1:]))


def _something_to_learn_from(said: Said) -> Reading | None:
    """Courses and books are asked for: "有书推荐吗", "which of these is free?"."""
    kinds = turn_words().kinds
    for kind in ("free", "courses"):
        if kinds[kind].covers(said.rest):
            return Reading(written.courses(said.from_last, said.rest, kind), Act.QUESTION)
    return None


def _predicate(said: Said) -> Reading | None:
    """A topic asked about without its name: "要多久？", "where do I start?"."""
    for topic, kind in turn_words().predicates.items():
        if kind.covers(said.rest):
            if said.last.abstained:
                return Reading(written.about(said.from_last, said.rest), Act.QUESTION)
            return Reading(written.predicated(said.from_last, topic, said.rest), Act.QUESTION)
    return None


def _on_topics(said: Said) -> Reading | None:
    """Questions that name a topic and nothing to learn: "找工作要多久", "那编程要学到什么程度"."""
    if subject_in(said.rest) or not says_only_topics(said.rest):
        return None
    read = understand(said.rest)
    general = read.wants_courses or (bool(read.topics) and set(read.topics) <= _GENERAL)
    if said.last.abstained if general else not (read.topics and goes_on(said.text)):
        return None
    thread = said.from_answer
    if read.learner.goal:
        thread = with_goal(thread, None)
    return Reading(in_context(thread, said.rest), Act.QUESTION)


def _vague(said: Said) -> Reading | None:
    """Questions without anything of their own: "一定要吗", "他说的对吗", "is that enough?"."""
    words = turn_words()
    told = understand(said.rest).learner
    known, rest, thread = lexicon(), said.rest, said.from_last
    if told.goal:
        rest = known.goals[told.goal].sub(" ", rest)
        thread = with_goal(thread, None)
    if told.direction in known.directions:
        rest = known.directions[told.direction].sub(" ", rest)
        thread = with_direction(thread, told.direction)
    if len(said.rest) > _SHORT or not words.kinds["vague"].covers(rest):
        return None
    unclear = words.person.search(said.rest) or words.course.search(said.rest)
    return Reading(written.about(thread, said.rest), Act.QUESTION, certain=not unclear)


def _stands_by_itself(said: Said) -> bool:
    if turn_words().pointing.search(said.text):
        return False
    if goes_on(said.text):
        return subject_in(said.text) is not None
    enough = han_count(said.text) + len(said.text) >= 2 * _SAYS_ENOUGH
    return enough or bool(subject_in(said.text) or understand(said.text).topics)
