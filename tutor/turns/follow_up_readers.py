"""The ways in which a turn goes on with a conversation, tried one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from corpus.language import han_count
from corpus.types import Topic
from tutor.lexicon import lexicon
from tutor.turns import self_contained as written
from tutor.turns.clauses import clauses
from tutor.turns.conversation_thread import Thread, base, in_context, with_direction, with_goal
from tutor.turns.elliptical import (
    EDGE,
    Fragment,
    after_lead,
    bare_words,
    fragment,
    goes_on,
    says_only_topics,
    subject_in,
)
from tutor.turns.mentioned import is_person, named_course, named_person, pointed_at
from tutor.turns.said import Act, Reading, Said
from tutor.turns.self_contained import followed_by
from tutor.turns.statements import profile_change, statement
from tutor.turns.turn_words import is_bare, turn_words
from tutor.understanding import understand

_SAYS_ENOUGH = 12  # Han characters, or twice as many Latin letters, that stand by themselves
_SHORT = 40  # characters
_GENERAL = {Topic.STUDY_ORDER, Topic.TIME_PLAN}


def read_follow_up(said: Said, question: str) -> Reading:
    """Read a turn that follows others; `question` is what is asked when it stands by itself."""
    if reading := profile_change(said) or _goes_on(said) or _tells_and_asks(said):
        return reading
    continues = said.answered.topics if said.answered and _may_go_on(said) else ()
    return Reading(question, Act.NEW_TOPIC, _stands_by_itself(said), continues=continues)


def _goes_on(said: Said) -> Reading | None:
    """Questions that go on with the conversation."""
    readers: tuple[Callable[[Said], Reading | None], ...] = (
        _answer_again,
        _own_case,
        _bare_words,
        _person,
        _pointing,
        _something_to_learn_from,
        _predicate,
        _who_claims,
        _on_topics,
        _vague,
    )
    return next((reading for read in readers if (reading := read(said))), None)


def _may_go_on(said: Said) -> bool:
    """Whether a turn that is no clear follow-up may still be one: it is short and names no field.

    Whether it does is for the search to tell, see `tutor.grounds`.
    """
    short = len(said.text) + han_count(said.text) <= 2 * _SHORT
    return short and not said.last.abstained and subject_in(said.text) is None


def _tells_and_asks(said: Said) -> Reading | None:
    """Turns that tell something of the learner and ask: "and me? I only have a thesis to do"."""
    parts = clauses(said.rest)
    asking = "".join(part for part in parts if turn_words().asks.search(part.strip()))
    telling = "".join(part for part in parts if not turn_words().asks.search(part.strip()))
    if is_bare(asking) or is_bare(telling) or subject_in(said.rest):
        return None
    told = statement(telling, said.conversation.learner)
    *_, rest = after_lead(asking.strip())
    names_topic = (found := fragment(rest)) and found.topics
    if not (told.tells or names_topic):
        return None
    talk = replace(said.conversation, learner=told.left_of(said.conversation.learner))
    reading = _goes_on(replace(said, text=asking.strip(), rest=rest, conversation=talk))
    if reading is None:
        return None
    holds = told.holds.strip(EDGE)
    asked = followed_by(reading.asked, holds) if holds else reading.asked
    return replace(reading, asked=asked, withdrawn=told.withdrawn)


def _answer_again(said: Said) -> Reading | None:
    """Turns about the last answer itself."""
    kinds = turn_words().kinds
    texts = [said.rest, said.text]
    for act in (Act.SOURCES, Act.WHY, Act.REPEAT):
        if act is Act.SOURCES:
            texts.append(turn_words().ordinal.sub(" ", said.rest))
        if any(kinds[act.value].covers(text) for text in texts):
            again = base(said.from_last)
            return Reading(written.why(again, said.language) if act is Act.WHY else again, act)
    return None


def _own_case(said: Said) -> Reading | None:
    """The question asked again for the learner: "and me?", "那我呢"."""
    if not turn_words().kinds["own-case"].covers(said.rest):
        return None
    return Reading(base(said.from_answer), Act.QUESTION)


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
    if subject_in(said.rest):
        return None
    meant = pointed_at(said.rest, said.last.asked, said.last.answer)
    if meant is None:
        return _source_asked_about(said)
    name, words = meant
    if is_person(name, said.last.answer):
        rest = said.rest.replace(words, name, 1)
        return Reading(written.about(said.from_last, rest), Act.QUESTION)
    return Reading(written.of_course(said.rest, words, name, said.language), Act.QUESTION)


def _source_asked_about(said: Said) -> Reading | None:
    """What "it" or "this course" is after an answer on a source that the learner named.

    Such an answer has no topics.
    """
    words = turn_words()
    on_source = not said.last.abstained and not said.last.topics
    pointing = words.course if not on_source else words.pointing
    if not pointing.search(said.rest) or said.last.abstained or len(said.rest) > _SHORT:
        return None
    return Reading(written.about(said.from_last, said.rest), Act.QUESTION)


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


def _who_claims(said: Said) -> Reading | None:
    """Who holds a view: "谁主张直接做项目", "who thinks I can skip the maths?"."""
    match = turn_words().claims.match(said.rest)
    if match is None or subject_in(said.rest) or not says_only_topics(said.rest[match.end() :]):
        return None
    return Reading(written.about(said.from_answer, said.rest), Act.QUESTION)


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
