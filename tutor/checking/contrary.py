"""Whether a sentence turns round or sharpens what its source says, as far as words can tell.

Rules for meaning are wrong as often as right on free paraphrases, so each sign counts only
where it is telling: in a sentence that otherwise repeats the source, or together with others.
"""

from __future__ import annotations

import re

from corpus.language import detect_language
from corpus.terms import terms
from tutor.checking.opposites import fold, opposites

# A sentence that shares this share of its terms with its source repeats it; where it differs, it
# differs on purpose. Chosen on the tune half of the labelled pairs, like the rule itself.
REPEATS = 0.5
_TWO_SIGNS = 2


def is_contrary(claim: str, evidence: str) -> bool:
    """Whether `claim` takes the other side, adds "all" or "never", or speaks of other people.

    `evidence` is the passage that bears on the claim, in either language.
    """
    said, given = fold(claim), fold(evidence)
    absolute = _surplus(opposites().universal, said, given)
    signs = bool(absolute) + _takes_other_side(said, given) + _other_audience(said, given)
    if absolute >= _TWO_SIGNS or signs >= _TWO_SIGNS:
        return True
    return signs > 0 and _repeats(claim, evidence)


def _repeats(claim: str, evidence: str) -> bool:
    if detect_language(claim) is not detect_language(evidence):
        return False
    wanted = set(terms(claim))
    return len(wanted & set(terms(evidence))) >= REPEATS * len(wanted)


def _surplus(pattern: re.Pattern[str], said: str, given: str) -> int:
    return max(0, len(pattern.findall(said)) - len(pattern.findall(given)))


def _takes_other_side(said: str, given: str) -> bool:
    """Whether the claim is on one side of an opposition and the evidence only on the other."""
    counts = ((_counts(said, pair), _counts(given, pair)) for pair in opposites().sides)
    return any(
        (mine[0] > 0 == mine[1] and theirs[0] == 0 < theirs[1])
        or (mine[1] > 0 == mine[0] and theirs[1] == 0 < theirs[0])
        for mine, theirs in counts
    )


def _counts(text: str, pair: tuple[re.Pattern[str], re.Pattern[str]]) -> tuple[int, int]:
    """Words of each side in `text`; "no need" holds "need", so the second side is taken out."""
    return len(pair[0].findall(pair[1].sub(" ", text))), len(pair[1].findall(text))


def _other_audience(said: str, given: str) -> bool:
    patterns = opposites().audiences.values()
    return any(pattern.search(said) and not pattern.search(given) for pattern in patterns)
