"""Telling whether a sentence keeps the wording of its source, so that nothing can have been turned.

Nearness in meaning cannot tell a claim from its negation, and a rule for each way of turning one
never ends. What can be decided is whether a sentence repeats clauses of the source as they stand,
with nothing added to them and no condition left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from corpus.sentences import split_sentences
from tutor.checking.synonyms import stem

_TOKEN = re.compile(r"[\u3400-\u9fff]|[A-Za-z][A-Za-z+#]*|\d+(?:\.\d+)?")
_CLAUSE_END = re.compile(r"[，,；;：:。.!！?？\n（(）)]")
# What may be added or left out without a change of content: particles, and who says so.
_LIGHT = re.compile(
    r"[的了地得着呢吧啊嘛也还就是在把将其这那个里上他她它自己说称讲道看来里]|认为|主张|建议|觉得|指出|表示|提到"
    r"|强调|推荐|提醒|因此|所以|另外|同时|而且|并且|其中|具体|知乎|回答"
)
_LIGHT_WORDS = frozenset(
    map(
        stem,
        (
            *("a", "an", "the", "of", "to", "in", "on", "at", "and", "is", "are", "was", "were"),
            *("be", "been", "it", "its", "that", "this", "these", "those", "as", "by", "with"),
            *("he", "she", "his", "her", "they", "their", "also", "so", "then", "here", "there"),
            *("which", "who", "say", "says", "said", "hold", "holds", "think", "thinks", "argue"),
            *("argues", "suggest", "suggests", "advise", "advises", "recommend", "recommends"),
            *("write", "writes", "note", "notes", "according", "view", "course", "book", "zhihu"),
        ),
    )
)
# A clause that limits what is said in the clauses around it.
_CONDITION = re.compile(
    r"如果|若|要是|假如|只要|只有|除非|只求|只想|只是|只为|为了|为|想|要做|对于|对|当|时|的话|者|的人|若是|除了"
    r"|(?<![a-z])(?:if|unless|when|once|while|for|those|who|only|except|provided|suppose|given"
    r"|without|unless|until|in case|as long as)(?![a-z])",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"除非|但|不过|然而|却|前提|(?<![a-z])(?:but|unless|except|however|provided)(?![a-z])",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"不|没|无|非|别|未|(?<![a-z])(?:not|no|never|cannot|without|nobody|none|nor|neither)(?![a-z])"
    r"|n['’]t(?![a-z])"
)
_NEARLY_ALL = 0.7
_LEAST_TOKENS = 6
_SHORT = 240  # characters of a restated view


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    clause: int


def keeps_wording(claim: str, sources: Iterable[str], speakers: Iterable[str] = ()) -> bool:
    """Whether `claim` repeats whole clauses of one sentence in one of the texts `sources`.

    Particles and the names of `speakers` may come and go, in the same order of clauses; no other
    word may be added, no word of a repeated clause left out, and no condition before it.
    """
    said = _tokens(_without_names(claim, speakers))
    if len(said) < _LEAST_TOKENS:
        return False
    return any(_repeats(said, sentence) for text in sources for sentence in _sentences(text))


def turns_wording(claim: str, sources: Iterable[str], speakers: Iterable[str] = ()) -> bool:
    """Whether `claim` and a sentence or clause of `sources` have nearly all words in common and
    one of them a negation more: then it says the contrary, however near it is."""
    plain = _without_names(claim, speakers)
    return any(
        _is_turned(plain, part)
        for text in sources
        for sentence in _sentences(text)
        for part in (sentence, *_clauses(sentence))
    )


def _is_turned(claim: str, given: str) -> bool:
    said, words = ({token.text for token in _tokens(text)} for text in (claim, given))
    if not said or len(said & words) < _NEARLY_ALL * max(len(said), len(words)):
        return False
    negations = [len(_NEGATION.findall(text.casefold())) for text in (claim, given)]
    return negations[0] % 2 != negations[1] % 2


def _sentences(text: str) -> Iterator[str]:
    """The sentences of `text`, every two neighbours, and a short text as a whole: a claim may
    run on where the source begins a new sentence."""
    spans = list(split_sentences(text))
    yield from (text[start:end] for start, end in spans)
    yield from (text[a:b] for (a, _), (_, b) in pairwise(spans))
    if len(text) <= _SHORT:
        yield text


def _repeats(said: Sequence[_Token], sentence: str) -> bool:
    given = _tokens(sentence)
    words, source = [t.text for t in said], [t.text for t in given]
    if not set(words) & set(source):
        return False
    blocks = SequenceMatcher(None, words, source, autojunk=False).get_matching_blocks()
    kept = {block.a + i for block in blocks for i in range(block.size)}
    found = {block.b + i for block in blocks for i in range(block.size)}
    if not _is_light(words[i] for i in range(len(words)) if i not in kept):
        return False
    touched = {given[i].clause for i in found if not _is_light([source[i]])}
    if not touched:
        return False
    left_out = [source[i] for i, t in enumerate(given) if i not in found and t.clause in touched]
    return _is_light(left_out) and not _is_limited(_clauses(sentence), touched)


def _is_limited(clauses: Sequence[str], touched: set[int]) -> bool:
    """Whether a clause that was left out limits those that were kept."""
    before = [clause for i, clause in enumerate(clauses) if i < max(touched) and i not in touched]
    after = [clause for i, clause in enumerate(clauses) if i > max(touched)][:1]
    return any(map(_CONDITION.search, before)) or any(map(_CONTRAST.search, after))


def _is_light(tokens: Iterable[str]) -> bool:
    """Whether `tokens` are particles and words of saying only."""
    rest = [token for token in tokens if token not in _LIGHT_WORDS]
    return not _LIGHT.sub("", "".join(rest))


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(stem(match.group()), number)
        for number, clause in enumerate(_clauses(text))
        for match in _TOKEN.finditer(clause)
    ]


def _clauses(text: str) -> list[str]:
    return _CLAUSE_END.split(unicodedata.normalize("NFKC", text).casefold())


def _without_names(claim: str, speakers: Iterable[str]) -> str:
    folded = unicodedata.normalize("NFKC", claim).casefold()
    for name in sorted(speakers, key=len, reverse=True):
        folded = folded.replace(unicodedata.normalize("NFKC", name).casefold(), " ")
    return folded
