"""What a source states: the amounts, names, terms and courses that a sentence may repeat."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.course_names import find_courses
from corpus.language import detect_language
from corpus.types import Course, Goal, Language, Perspective, Source, Text
from tutor.checking.quantities import Quantity, quantities
from tutor.checking.quotations import quoted_words
from tutor.checking.synonyms import stem, things_named, words_for
from tutor.phrases import platform_name

_LATIN_TERM = re.compile(r"[A-Za-z][A-Za-z0-9+#.\-]*[A-Za-z0-9+#]|[A-Za-z](?![A-Za-z])")
_ENGLISH_NAME = re.compile(
    r"[A-Za-z]*[A-Z][A-Za-z0-9+#.\-]*[A-Z0-9+#][A-Za-z0-9+#\-]*|(?<=[a-z,;] )[A-Z][a-z]{2,}"
)
_COMMON = frozenset(["i", "i'm", "i'd", "a"])

_REMEMBERED = 2048  # sources; some 20 kB each
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source, or several, state in whatever language they are stored.

    `text` is everything they say, `verbatim` what their authors said in these very words, `names`
    the people who speak, `things` what `things_named` finds.
    """

    text: str
    verbatim: str
    quantities: frozenset[Quantity]
    words: frozenset[str]
    courses: frozenset[str]
    names: frozenset[str]
    things: frozenset[int]

    def __or__(self, other: Stated) -> Stated:
        return Stated(
            f"{self.text}\n{other.text}",
            f"{self.verbatim}\n{other.verbatim}",
            self.quantities | other.quantities,
            self.words | other.words,
            self.courses | other.courses,
            self.names | other.names,
            self.things | other.things,
        )


_READ: dict[tuple[str, int, tuple[str, ...]], Stated] = {}


def stated_by(source: Source, courses: Sequence[Course]) -> Stated:
    """Everything that `source` states; `courses` are those whose names are known.

    What the last sources stated is remembered: reading one takes as long as checking a sentence
    against it.
    """
    key = (source.id, hash(source.texts), tuple(course.id for course in courses))
    with _LOCK:
        known = _READ.get(key)
    if known is None:
        known = _read(source, courses)
        with _LOCK:
            _READ[key] = known
            while len(_READ) > _REMEMBERED:
                del _READ[next(iter(_READ))]
    return known


def _read(source: Source, courses: Sequence[Course]) -> Stated:
    bodies = [text.body for text in source.texts]
    named = [*speakers(source), *_labels(source)]
    text = "\n".join([*bodies, *named])
    found = frozenset(find_courses(text, courses)) | {source.id}
    if isinstance(source, Perspective):
        found |= {resource.course for resource in source.resources if resource.course}
    return Stated(
        text,
        "\n".join(part for one in source.texts for part in _quotable(one)),
        quantities(text, articles=True),
        words_of(text),
        found,
        frozenset(speakers(source)),
        things_named(text),
    )


def _quotable(text: Text) -> list[str]:
    """The author's own words; of a restatement, what it quotes itself."""
    return [text.body] if text.verbatim else quoted_words(text.body)


def stated_in(text: str, courses: Sequence[Course]) -> Stated:
    """What a plain text states, such as a question and the sources read for it."""
    found = frozenset(find_courses(text, courses))
    amounts = quantities(text, articles=True)
    return Stated(text, text, amounts, words_of(text), found, frozenset(), things_named(text))


def speakers(source: Source) -> list[str]:
    """The names of those whose word `source` is, in every spelling we know."""
    return [*people_of(source), *([source.provider] if isinstance(source, Course) else [])]


def people_of(source: Source) -> list[str]:
    """The names of the author, or of those who teach, in every spelling we know."""
    if isinstance(source, Perspective):
        return [name for name in (source.author, *source.author_aliases) if name]
    parts = (part for person in source.instructors for part in re.split(r"[()（）]", person))
    return [name for part in parts if (name := part.strip())]


def said_for(source: Source, goal: Goal | None) -> list[str]:
    """The texts whose clauses stand for themselves: restated views that hold for a learner with
    `goal`, and all that is stored on a course.

    In a longer text of a person, the next sentence may take back what one says.
    """
    if isinstance(source, Course):
        return [text.body for text in source.texts]
    fitting = [
        position.says
        for position in source.positions
        if position.says and (goal is None or not position.goals or goal in position.goals)
    ]
    return [side for view in fitting for side in (view.zh, view.en)]


def worded(source: Source) -> list[str]:
    """Every text in which what `source` says is worded: stored texts and restated views."""
    bodies = [text.body for text in source.texts]
    if isinstance(source, Perspective):
        views = [position.says for position in source.positions if position.says]
        bodies += [side for view in views for side in (view.zh, view.en)]
    return bodies


def _labels(source: Source) -> Iterable[str]:
    if isinstance(source, Perspective):
        platform = platform_name(source.platform)
        views = [p.says for p in source.positions if p.says]
        resources = [resource.name for resource in source.resources]
        said = [side for view in views for side in (view.zh, view.en)]
        date = [source.published] if source.published else []
        return [source.platform, platform.zh, platform.en, *resources, *said, *date]
    return [*source.aliases, source.title.zh, source.title.en]


def words_of(text: str) -> frozenset[str]:
    """Stems of all Latin words of `text`, and of what says the same as any of its terms."""
    plain = unicodedata.normalize("NFKC", text)
    words = _LATIN_TERM.findall(plain)
    parts = (part for word in words for part in (word, *re.split(r"[-.]", word)))
    return frozenset(map(stem, parts)) | words_for(text)


@lru_cache(maxsize=512)
def latin_terms(claim: str) -> frozenset[str]:
    """Names and terms in Latin script: every one in Chinese text, the capitalised in English."""
    chinese = detect_language(claim) is Language.CHINESE
    plain = unicodedata.normalize("NFKC", claim)
    found = (_LATIN_TERM if chinese else _ENGLISH_NAME).findall(plain)
    return frozenset(stem(term) for term in found if term.casefold() not in _COMMON)
