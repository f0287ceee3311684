"""What learners tell of their own knowledge, subject by subject."""

from __future__ import annotations

import re
from functools import cache

from tutor.learner import Background, Level
from tutor.lexicon import Lexicon, lexicon

CLAUSE = re.compile(r"[^，。；！？,.;!?\n]+[，。；！？,.;!?\n]*")
ASKS = re.compile(
    r"[吗么呢？?]|能(?!力)|要|需|(?<!还)可以|怎|如何|多|还是|哪|什么"
    r"|(?<![a-z])(?:how|what|which|need|enough)(?![a-z])"
    r"|^\W*(?:(?:and|but|so|or|then|also) )?(?:can|could|do|does|should|is|are)(?!['’]t|[a-z])"
)
_AND = r"\s*(?:以及|还有|加上?|[和与跟及、+/&])\s*|,?\s+(?:and|or|nor|plus|as well as)\s+(?:my\s+)?"
_MOST_JOINED = 6  # subjects in one list; a longer one is no sentence of a learner


def told_background(question: str, words: Lexicon) -> Background:
    """What the case-folded `question` tells of the learner's own knowledge.

    To ask whether one must be able to program does not tell that one is, while "I can't program,
    can I …" tells that one is not. Who knows nothing at all knows nothing of any subject, unless
    they say otherwise of one.
    """
    told = "".join(clause for clause in CLAUSE.findall(question) if not ASKS.search(clause))
    asked_too, told_only = _each_alone(question), _each_alone(told)
    levels: dict[str, Level] = {}
    for (subject, level), pattern in words.backgrounds.items():
        where = asked_too if level is Level.NONE else told_only
        if subject not in levels and any(pattern.search(text) for text in where):
            levels[subject] = level
    if _knows_nothing(question, words):
        nothing = dict.fromkeys(("mathematics", "programming", "machine_learning"), Level.NONE)
        levels = {**nothing, **levels}
    # Deep learning is machine learning, but who has not come to it yet may know the rest.
    deep = levels.pop("deep_learning", None)
    if deep is not None:
        levels.setdefault("machine_learning", deep)
    return Background(**levels)


def _knows_nothing(question: str, words: Lexicon) -> bool:
    """Whether nothing is known at all; "机器学习零基础" is said of one subject only."""
    rest = question
    for (_, level), pattern in words.backgrounds.items():
        if level is Level.NONE:
            rest = pattern.sub(" @ ", rest)
    return words.beginner.search(rest) is not None


def _each_alone(text: str) -> list[str]:
    """`text`, and `text` once for each subject of a list, as if it were told of that one alone.

    "数学和 Python 都会" gives 数学会 and Python会 besides, for a pattern to find each. A list of
    names of one subject ("高数、线代都学过") stays as it is.
    """
    one, listed = _names()
    lists = [
        (match, names[:_MOST_JOINED])
        for match in listed.finditer(text)
        if (names := [(name.group(), name.lastgroup) for name in one.finditer(match["names"])])
        and len({subject for _, subject in names}) > 1
    ]
    longest = max((len(names) for _, names in lists), default=0)
    return [text, *(_with_one(text, lists, place) for place in range(longest))]


@cache
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of one subject, in a group of that name, and of a list of them."""
    subjects = lexicon().subjects
    named = "|".join(f"(?P<{subject}>{names})" for subject, names in subjects.items())
    name = f"(?:{'|'.join(subjects.values())})"
    commas = rf"(?:,\s*{name}){{0,{_MOST_JOINED}}}"
    listed = rf"(?:both )?(?P<names>{name}(?:{commas}(?:{_AND}){name})+)(?:\s*[全也]?都)?"
    return re.compile(named), re.compile(listed)


def _with_one(
    text: str, lists: list[tuple[re.Match[str], list[tuple[str, str | None]]]], place: int
) -> str:
    """`text` with the name at `place` instead of each list, counted round where one is shorter."""
    parts, end = [], 0
    for match, names in lists:
        parts += [text[end : match.start()], names[place % len(names)][0]]
        end = match.end()
    return "".join([*parts, text[end:]])
