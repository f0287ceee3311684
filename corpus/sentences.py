"""Where sentences begin and end, in Chinese, in English and in text that mixes them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from corpus.atoms import Span, atoms, enclosing
from corpus.blocks import Block, BlockKind, blocks

_END = re.compile(r"[。！？；!?…]+|\.+")
_CLOSERS = "」』”’)）]】〉*_"
_NOT_BLANK = re.compile(r"\S")
_CONTINUERS = "，、,：:；;的）)」』”"
_HAN_OR_OPENING = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“‘]")
_TOKEN = re.compile(r"[^\s（(\[“\"'，。]+$")
_TOKEN_LENGTH = 24
_NEVER_LAST = re.compile(
    r"e\.g|i\.e|eg|ie|cf|vs?|viz|drs?|mrs?|ms|prof|st|jr|sr|approx|al|resp|incl|dept|univ",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(
    r"nos?|figs?|chs?|chaps?|sec|pp?|vol|eqs?|ver|art|ex",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]")
_ENUMERATOR = re.compile(r"[-*+•·\s>]*(\d{1,3}|[A-Za-z])\.\s")


def split_sentences(text: str) -> list[Span]:
    """The spans of the sentences of `text`, ordered, disjoint and without blank edges.

    Headings, code blocks, tables and displayed formulas are one span each; a list item begins a
    new span. Nothing is cut inside a formula, code, a link, a title (《…》) or a short parenthesis.
    Every character that is not blank belongs to exactly one span.
    """
    spans: list[Span] = []
    for block in blocks(text):
        spans.extend(block_sentences(text, block))
    return spans


def block_sentences(text: str, block: Block) -> Iterator[Span]:
    """The spans of the sentences of one block of `text`."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        yield block.start, block.end
        return
    body = text[block.start : block.end]
    start = 0
    for cut in _cuts(body):
        yield from _trim(body, start, cut, block.start)
        start = cut
    yield from _trim(body, start, len(body), block.start)


def _trim(body: str, start: int, end: int, offset: int) -> Iterator[Span]:
    piece = body[start:end]
    if piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield offset + start, offset + start + len(piece.strip())


def _cuts(body: str) -> Iterator[int]:
    whole = atoms(body, asides=True)
    quotes = [match.start() for match in re.finditer('"', body)]
    last = 0
    for match in _END.finditer(body):
        if match.start() < last:
            continue
        cut = _past_closers(body, match.end(), quotes)
        if (atom := enclosing(whole, match.end())) and not _is_own_sentence(body, last, atom, cut):
            continue
        if cut < len(body) and _ends(body, last, match, cut) and not enclosing(whole, cut):
            yield cut
            last = cut


def _is_own_sentence(body: str, start: int, atom: Span, cut: int) -> bool:
    """Whether an aside is a whole sentence in parentheses, which ends with its last sign."""
    return cut >= atom[1] and body[atom[0]] in "(（" and not body[start : atom[0]].strip()


def _past_closers(body: str, position: int, quotes: list[int]) -> int:
    while position < len(body):
        mark = body[position]
        # A straight quotation mark closes when it is the second, fourth … of its block.
        closes = mark in _CLOSERS or (mark == '"' and bisect_left(quotes, position) % 2 == 1)
        if not closes:
            break
        position += 1
    return position


def _ends(body: str, start: int, match: re.Match[str], cut: int) -> bool:
    following = body[cut]
    if following in _CONTINUERS:
        return False
    if match[0][0] == ".":
        return _full_stop_ends(body, start, match, cut)
    if match[0].strip("!?"):
        return True
    return following.isspace() or bool(_HAN_OR_OPENING.match(following))


def _full_stop_ends(body: str, start: int, match: re.Match[str], cut: int) -> bool:
    following = body[cut]
    begin = max(start, match.start() - _TOKEN_LENGTH)
    token_match = _TOKEN.search(body, begin, match.start())
    token = token_match[0] if token_match else ""
    if _HAN_OR_OPENING.match(following):
        return len(match[0]) > 1 or _ends_before_han(token)
    if not following.isspace():
        return False
    next_word = _NOT_BLANK.search(body, cut)
    after = next_word[0] if next_word else ""
    if after.islower():
        return False
    return len(match[0]) > 1 or not _abbreviates(body, start, token, after)


def _ends_before_han(token: str) -> bool:
    if not token or _NEVER_LAST.fullmatch(token) or _INITIALS.fullmatch(token):
        return False
    return token[-1].isalpha() and (len(token) > 1 or not token.isascii())


def _abbreviates(body: str, start: int, token: str, after: str) -> bool:
    if _NEVER_LAST.fullmatch(token) or _INITIALS.fullmatch(token):
        return True
    if _BEFORE_NUMBER.fullmatch(token) and after.isdigit():
        return True
    enumerator = _ENUMERATOR.match(body, start)
    return enumerator is not None and enumerator[1] == token
