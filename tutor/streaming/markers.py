"""Citation markers, in every bracket style that language models write them in.

A marker cites numbered sources: [1], [1, 2], [1-3], 【1】, ［１］, 〔1〕, ⟦1⟧, [^1], [[1]],
[来源 1], [source 1; source 3], (Source 2), （见[1]）, [1](https://…), <sup>1</sup>, word¹. Where
numbers in brackets mean something else, they are no marker:

- a number that is 0 or above 99 ([2018], [0, 1]) makes the whole bracket text;
- nothing in code, formulas and web addresses is a marker, nor is an index after a lower-case
  letter that stands alone (`x[1]`);
- a bare number in parentheses is one only directly after a word and before the end of a clause
  ("很重要（1）。", "is standard (1)."), or after the full stop at the end of the text. Before more
  words it is an enumerator ("分两步：（1）先学"), after an unspaced Latin word an argument
  ("range(5)"), after 图, 式, Fig., Step and the like a reference;
- superscripts are markers after Han characters, punctuation and words of four letters or more;
  after anything shorter they are powers (m², x³). ¹² is 12.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.atoms import atoms

HIGHEST = 99
"""The highest number that is read as a marker."""

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans("０１２３４５６７８９" + _SUPERSCRIPTS, "0123456789" * 2)
_NUMBER = r"[0-9０-９]{1,2}(?![0-9０-９])"
LABELS = (
    *("参考文献", "参考资料", "来源", "资料", "文献", "参考", "引用", "出处"),
    *("sources", "source", "references", "reference", "refs", "ref", "citations", "citation"),
)
"""Words that may stand before a number in a bracket."""
POINTERS = ("参见", "详见", "见", "据", "see", "cf.", "cf")
"""Words that may stand before a bracketed number in parentheses."""
OPENING = r"(?:\\?\[\[?|[【［〔⟦〖])"
CLOSING = r"(?:\]\]|\\?\]|[】］〕⟧〗])"
_ONE = rf"(?:(?:{'|'.join(LABELS)})\s?[:：#.]?\s?)?[#^]?{_NUMBER}\^?"
_RANGE = r"\s?[-–—~～]\s?"
_LIST = rf"{_ONE}(?:(?:{_RANGE}|\s?(?:[,，、;；/&]|和|and)\s?|\s){_ONE})*+"
_NOTE = r"(?:†[^】\]\n]{0,40})?"
_LINK = r"(?:\((?:https?:|www\.|[#/])[^()\s]{0,500}\)|\(\))?"
BRACKETED = rf"(?:<sup>\s?)?{OPENING}\s?{_LIST}\s?{_NOTE}{CLOSING}{_LINK}(?:\s?</sup>)?"
LABELLED = (
    rf"[（(]\s?(?:(?:(?:{'|'.join(LABELS + POINTERS)})\s?[:：]?\s?)?"
    rf"(?:{BRACKETED}[\s,，、;；]*)+"
    rf"|(?={'|'.join(LABELS)}){_LIST}\s?)[)）]"
)
RAISED = rf"(?:[{_SUPERSCRIPTS}]{{1,2}}(?![{_SUPERSCRIPTS}])|<sup>\s?{_LIST}\s?</sup>)"
# Between two superscripts or two brackets these only separate the numbers.
SEPARATORS = r"[\s,、;；˒]*"
_BARE = rf"[（(]\s?{_NUMBER}(?:\s?[,，、;；]\s?{_NUMBER})*+\s?[)）]"
_CANDIDATE = re.compile(
    rf"(?P<labelled>{LABELLED})|(?P<bracketed>{BRACKETED})|(?P<raised>{RAISED})|(?P<bare>{_BARE})",
    re.IGNORECASE,
)
_PART = re.compile(rf"({_NUMBER})(?:\^?{_RANGE}({_NUMBER}))?")
_ADDRESS = re.compile(r"\((?:https?:|www\.|[#/])[^()\s]*\)|†[^】\]]*", re.IGNORECASE)
_AFTER_END = re.compile(r"[。！？!?….][”’」』\"*]*\s*$")
_CLAUSE_END = re.compile(r"[*_”’」』\"]*\s*(?:[。，,.;；!?！？…:：、]|$|\n|[\[【（(]\d)")
_BEFORE_BARE = re.compile(
    r"(?:[\u3400-\u9fff”’」』》*）]|[A-Za-z]{2,}|[A-Za-z]{2,} |[\u3400-\u9fff] )$"
)
_REFERRED = re.compile(
    r"(?:[图表式步第条例]|步骤|方案|阶段|(?<![a-z])(?:eqs?|figs?|table|steps?|option|type|equation"
    r"|figure|chapter|section|version|class|level|part)\.?) ?$",
    re.IGNORECASE,
)
_BEFORE_RAISED = re.compile(
    r"(?:[\u3400-\u9fff。，；！？.,;!?”’」』\"]|[A-Za-z]{4}|[\]】⁰¹²³⁴-⁹˒>]) ?$"
)
_INDEXED = re.compile(r"(?<![A-Za-z])[a-z_]$")
_LOOK_BACK = 12


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker, or several in a row: its characters `start` to `end`, and the numbers it cites."""

    start: int
    end: int
    numbers: tuple[int, ...]


def find_markers(text: str) -> tuple[int, ...]:
    """The numbers that `text` cites, from 1 to 99, in order and without repetition."""
    return tuple(dict.fromkeys(n for marker in locate_markers(text) for n in marker.numbers))


def normalise_markers(text: str) -> str:
    """`text` with every marker written as [1][2]."""
    parts = []
    position = 0
    for marker in locate_markers(text):
        printed = "".join(f"[{number}]" for number in marker.numbers)
        parts += [text[position : marker.start], printed]
        position = marker.end
    return "".join([*parts, text[position:]])


def remove_markers(text: str) -> str:
    """`text` without its markers and the blanks before them."""
    kept = []
    position = 0
    for marker in locate_markers(text):
        before = text[position : marker.start].rstrip(" \t")
        after = text[marker.end : marker.end + 1]
        apart = before[-1:].isascii() and before[-1:].isalnum() and after.isascii()
        kept.append(before + (" " if apart and after.isalnum() else ""))
        position = marker.end
    return "".join([*kept, text[position:]])


def locate_markers(text: str) -> list[Marker]:
    """The markers of `text` in order; those that only separators part are one."""
    found: list[Marker] = []
    for marker in _single(text):
        between = text[found[-1].end : marker.start] if found else "|"
        if re.fullmatch(_RANGE, between):
            numbers = (*found[-1].numbers, *_span(found[-1].numbers[-1], marker.numbers[0])[1:])
            numbers += marker.numbers[1:]
        elif re.fullmatch(SEPARATORS, between) and "\n" not in between:
            numbers = found[-1].numbers + marker.numbers
        else:
            found.append(marker)
            continue
        found[-1] = Marker(found[-1].start, marker.end, tuple(dict.fromkeys(numbers)))
    return found


def _single(text: str) -> Iterator[Marker]:
    guarded = [span for span in atoms(text) if _guards(text, span)]
    starts = [start for start, _ in guarded]
    index_end = -1
    for match in _CANDIDATE.finditer(text):
        nearest = bisect_right(starts, match.start()) - 1
        if nearest >= 0 and match.start() < guarded[nearest][1]:
            continue
        if match.start() == index_end or _is_index(text, match):
            index_end = match.end()
            continue
        numbers = _numbers(match)
        if numbers and _stands_as_marker(text, match):
            yield Marker(match.start(), match.end(), numbers)


def _guards(text: str, span: tuple[int, int]) -> bool:
    """Whether an atom is code, a formula or an address: a link or "\\[1\\]" may be a marker."""
    whole = text[slice(*span)]
    return not whole.startswith("[") and not _CANDIDATE.fullmatch(whole)


def _is_index(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 2) : match.start()]
    return match.group().startswith("[") and _INDEXED.search(before) is not None


def _stands_as_marker(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if match["raised"]:
        return _BEFORE_RAISED.search(before) is not None
    if not match["bare"]:
        return True
    if not _CLAUSE_END.match(text, match.end()):
        return False
    if _AFTER_END.search(before):
        return not text[match.end() :].strip()
    attached = match.group()[0] == "(" and re.search(r"[A-Za-z0-9]$", before)
    return bool(_BEFORE_BARE.search(before)) and not attached and not _REFERRED.search(before)


def _numbers(match: re.Match[str]) -> tuple[int, ...]:
    """The numbers of a candidate; none if one of them cannot be a source's."""
    numbers: list[int] = []
    plain = _ADDRESS.sub("", match.group()).translate(_DIGITS)
    for first, last in _PART.findall(plain):
        numbers += _span(int(first), int(last or first))
    return tuple(dict.fromkeys(numbers)) if numbers and 0 not in numbers else ()


def _span(first: int, last: int) -> list[int]:
    return list(range(first, last + 1)) if first <= last else [first, last]
