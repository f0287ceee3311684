"""Characters that a reader does not see, and the one form in which text is stored."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_JOINER = re.compile("[\u200c\u200d]")
# Scripts that are written with joiners: Arabic to Sinhala, Tibetan to Khmer, Mongolian.
_JOINED_SCRIPTS = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufefc]")


def normalised(text: str) -> str:
    """`text` as it is stored: NFC, line ends as "\\n", plain blanks, no invisible characters.

    NFC and not NFKC, so that what is stored can be quoted as the author wrote it. Joiners stay
    between letters of scripts that need them and within emoji; tag characters, zero-width and
    direction marks, control and private-use characters go.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    text = _JOINER.sub(lambda match: match[0] if _joins(match) else "", text)
    return unicodedata.normalize("NFC", text)


def _joins(match: re.Match[str]) -> bool:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return bool(before and after) and (
        all(_JOINED_SCRIPTS.match(sign) for sign in (before, after))
        or (_emoji(before) and _emoji(after))
    )


def _emoji(sign: str) -> bool:
    return unicodedata.category(sign) in ("So", "Sk") or sign == "\ufe0f"
