"""Cutting the Markdown that a language model streams into pieces that can be checked one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.blocks import Block, BlockKind
from corpus.sentences import block_sentences
from tutor.streaming.markdown_lines import (
    HiddenParts,
    VerbatimBlock,
    cells,
    is_rule,
    is_separator_row,
    open_emphasis,
    plain,
    read_start,
    without_tags,
)
from tutor.streaming.markers import (
    BRACKETED,
    CLOSING,
    LABELLED,
    LABELS,
    OPENING,
    POINTERS,
    RAISED,
    SEPARATORS,
    find_markers,
    locate_markers,
    normalise_markers,
    remove_markers,
)

LONGEST_PIECE = 1_200
"""Characters after which a sentence, heading or row is cut although nothing ends it."""
LONGEST_BLOCK = 20_000
"""Characters after which a code or formula block is cut."""


class PieceKind(StrEnum):
    """What a piece is."""

    SENTENCE = "sentence"
    HEADING = "heading"
    TABLE_ROW = "table-row"
    CODE = "code"  # a whole fenced block
    FORMULA = "formula"  # a whole displayed formula, $$ or \[ on lines of their own
    FOOTNOTE = "footnote"  # a line of a source list that the model wrote: "[1]: …"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Piece:
    """The least part of a model's answer that can be checked, and shown, on its own.

    `text` keeps its inline Markdown; its markers read [1][2], and emphasis that spans several
    pieces is closed and opened again. `claim` is what it asserts, without markers, Markdown and
    list mark; "" where that holds no letter or digit, and for code and formulas. `markers` are the
    cited numbers, 1 to 99, in order.

    `lead + text` is the Markdown of the piece. A piece that `starts_block` begins a line; items,
    rows and quoted lines follow their like after one line break, everything else after a blank
    line. `lead` is the mark of the line ("- ", "  2. ", "> ", "## "), the separator row for the
    first row under the head of a table, or within a line the blank (or nothing) before the piece.

    `complete` is False for what was cut at a bound, and for a last piece that shows no end; whether
    that one was truncated is known only to the model's finish reason.
    """

    text: str
    claim: str
    markers: tuple[int, ...]
    kind: PieceKind
    lead: str
    starts_block: bool
    complete: bool = True


@dataclass(slots=True)
class _Line:
    """The line that is being read, and what of it has not been returned yet."""

    prefix: str = ""  # until it is known what the line starts with
    started: bool = False
    starts_block: bool = True
    lead: str = ""
    kind: PieceKind = PieceKind.SENTENCE
    fenced: bool = False
    text: str = ""
    end_mark: int | None = None
    emphasis: str = ""  # what an earlier piece of the line left open
    in_quotation: bool = False


class StreamCutter:
    """Cuts one streamed answer; `feed` it every token and `finish` it.

    A piece is returned by the `feed` that makes it certain: with the line break after it, or with
    the first character after its end that can neither belong to it (closing quotes) nor to a
    marker. How the answer is split into tokens makes no difference. Time is linear in the length
    of the answer, memory bounded. Comments and reasoning (`<think>…</think>`) are dropped, also
    when they never close. A line break always ends a piece; a semicolon never does.
    """

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._hidden = HiddenParts()
        self._after_return = False
        self._in_wrapper = False
        self._begun = False
        self._head = ""  # the separator row of a table, for the lead of the next row
        self._block: VerbatimBlock | None = None
        self._line = _Line()

    def feed(self, token: str) -> list[Piece]:
        """The pieces that `token` makes certain."""
        for character in token.translate(_IGNORED):
            if not (character == "\n" and self._after_return):
                self._read("\n" if character == "\r" else character)
            self._after_return = character == "\r"
        pieces, self._pieces = self._pieces, []
        return pieces

    def finish(self) -> list[Piece]:
        """What is left when the stream has ended; the last piece says whether it is complete."""
        for character in self._hidden.rest():
            self._read_visible(character)
        if self._block is None:
            self._end_line(broken=False)
        if self._block is not None:
            self._close_block(complete=self._block.closes())
        pieces, self._pieces = self._pieces, []
        return pieces

    def _read(self, character: str) -> None:
        if self._block is not None:
            self._read_verbatim(self._block, character)
            return
        for visible in self._hidden.reveal(character):
            self._read_visible(visible)

    def _read_visible(self, character: str) -> None:
        if character == "\n":
            self._end_line(broken=True)
        elif self._line.started:
            self._read_text(character)
        else:
            self._line.prefix += character
            if self._line.prefix.strip():
                self._try_start(ended=False)
            elif len(self._line.prefix) > _LONGEST_INDENT:
                self._line.prefix = self._line.prefix[:-1]

    def _try_start(self, *, ended: bool) -> None:
        start = read_start(self._line.prefix, ended=ended)
        if start is None:
            return
        self._line.started = True
        self._line.lead, rest = start
        self._line.fenced = rest.startswith(("```", "~~~"))
        if "#" in self._line.lead:
            self._line.kind = PieceKind.HEADING
        elif rest.startswith("|"):
            self._line.kind = PieceKind.TABLE_ROW
        for character in rest:
            self._read_text(character)

    def _read_text(self, character: str) -> None:
        if (
            character.isspace()
            and self._line.end_mark is not None
            and self._line.text[-1:].isspace()
        ):
            return
        self._line.text += character
        if self._line.kind is PieceKind.SENTENCE and not self._line.fenced:
            self._look_for_end()
        if len(self._line.text) > LONGEST_PIECE:
            self._cut_at_bound()

    def _look_for_end(self) -> None:
        if self._line.end_mark is None:
            if self._line.text[-1] in _END_MARKS:
                self._line.end_mark = len(self._line.text) - 1
            return
        if _may_belong(self._line.text, self._line.end_mark, self._line.emphasis):
            return
        mark, self._line.end_mark = self._line.end_mark, None
        cut = _sentence_end(
            self._line.text,
            mark,
            emphasis=self._line.emphasis,
            in_quotation=self._line.in_quotation,
        )
        # What was held back is read again: it may hold the next end.
        position = _past_end_marks(self._line.text, mark) if cut is None else cut
        rest = self._line.text[position:]
        self._line.text = self._line.text[:position]
        if cut is not None:
            self._end_piece(complete=True)
            self._go_on_after(rest)
        else:
            for character in rest:
                self._read_text(character)

    def _go_on_after(self, rest: str) -> None:
        stripped = rest.lstrip()
        self._line.lead = " " if len(stripped) < len(rest) else ""
        for character in stripped:
            self._read_text(character)

    def _cut_at_bound(self) -> None:
        text = self._line.text
        breaks = [match.end() for match in _BREAK.finditer(text, len(text) // 2)]
        cut = breaks[-1] if breaks else len(text) - 1
        self._line.end_mark = None
        self._line.text = text[:cut]
        self._end_piece(complete=False)
        self._go_on_after(" " + text[cut:] if text[cut - 1].isspace() else text[cut:])

    def _end_line(self, *, broken: bool) -> None:
        if not self._line.started:
            self._try_start(ended=True)
        opening = _OPENING_LINE.fullmatch(self._line.text.strip())
        if opening and self._line.starts_block:
            self._open_block(opening["fence"], opening["info"].strip().lower())
            return
        self._end_piece(complete=broken or self._shows_end(), dangling=not broken)
        self._line = _Line()

    def _shows_end(self) -> bool:
        whole = self._line.kind in (PieceKind.HEADING, PieceKind.TABLE_ROW)
        return (
            whole
            or is_rule(self._line.text)
            or _ENDED.search(remove_markers(self._line.text)) is not None
        )

    def _end_piece(self, *, complete: bool, dangling: bool = False) -> None:
        raw, self._line.text = self._line.text, ""
        if dangling and (cut := _DANGLING.search(raw)):
            raw, complete = raw[: cut.start()], False
        if self._line.starts_block and is_separator_row(raw):
            self._head = raw.strip() + "\n"
            return
        if self._line.kind is not PieceKind.TABLE_ROW:
            self._head = ""
        piece = self._build(raw, complete=complete)
        if piece.text.strip("*"):
            self._pieces.append(piece)
            self._begun, self._line.starts_block, self._head = True, False, ""
        self._line.in_quotation ^= raw.count('"') % 2 == 1

    def _build(self, raw: str, *, complete: bool) -> Piece:
        text = without_tags(normalise_markers(raw)).strip()
        kind = PieceKind.RULE if self._line.starts_block and is_rule(text) else self._line.kind
        lead = self._head + self._line.lead
        if self._line.starts_block and (opening := _LINE_OPENING.match(text)):
            text = text[opening.end() :]
            lead += opening.group().strip().replace("：", ":") + " "
            if opening["note"]:
                kind = self._line.kind = PieceKind.FOOTNOTE
        if kind is PieceKind.HEADING:
            text = _CLOSING_HASHES.sub("", text)
        if kind is PieceKind.SENTENCE:
            text = self._line.emphasis + text
            self._line.emphasis = open_emphasis(text)
            text += self._line.emphasis
        markers = find_markers(raw)
        return Piece(
            text, _claim(text, kind), markers, kind, lead, self._line.starts_block, complete
        )

    def _open_block(self, fence: str, info: str) -> None:
        if fence[0] in "`~" and not self._begun and info in _WRAPPERS:
            self._in_wrapper = True
        elif fence[0] in "`~" and self._in_wrapper and not info:
            self._in_wrapper = False
        else:
            indent = len(self._line.prefix) - len(self._line.prefix.lstrip())
            self._block = VerbatimBlock(fence, self._line.text.strip(), self._line.lead, indent)
        self._line = _Line()

    def _read_verbatim(self, block: VerbatimBlock, character: str) -> None:
        if character == "\n" and block.closes():
            self._close_block(complete=True)
            return
        block.read(character)
        if block.size > LONGEST_BLOCK:
            self._close_block(complete=False)
            self._block = VerbatimBlock(block.fence, block.opening, "", block.indent)

    def _close_block(self, *, complete: bool) -> None:
        block, self._block = self._block, None
        if block is not None:
            kind = PieceKind.CODE if block.fence[0] in "`~" else PieceKind.FORMULA
            self._pieces.append(Piece(block.text(), "", (), kind, block.lead, True, complete))
            self._begun = True


def _claim(text: str, kind: PieceKind) -> str:
    if kind is PieceKind.TABLE_ROW:
        claim = "; ".join(filter(None, map(plain, cells(text))))
    else:
        claim = plain(text)
    return claim if any(map(str.isalnum, claim)) else ""


def _past_end_marks(text: str, mark: int) -> int:
    run = _END_RUN.match(text, mark)
    return run.end() if run else mark + 1


def _may_belong(text: str, mark: int, emphasis: str) -> bool:
    """Whether all that follows the end mark may still belong to the sentence that it ends."""
    if text[-1] == "*" and not open_emphasis(emphasis + text[:mark]):
        return False
    return _TAIL.fullmatch(text, mark) is not None


def _sentence_end(text: str, mark: int, *, emphasis: str, in_quotation: bool) -> int | None:
    """Where the sentence ends that the end mark at `mark` may close; None if it does not."""
    if text[mark] == "." and text[-1].islower() and not text[mark:-1].strip(". "):
        return None
    begin = max(0, mark - _LOOK_BACK)
    quotes = text.count('"', 0, begin) + in_quotation
    opening = '"' if quotes % 2 else ""
    closes_emphasis = "*" in text[mark:] and bool(open_emphasis(emphasis + text[:mark]))
    body = opening + _masked(text[begin:], mark - begin, closes_emphasis=closes_emphasis)
    offset = begin - len(opening)
    for _, end in block_sentences(body, Block(0, len(body), BlockKind.PARAGRAPH)):
        position = end + offset
        if position > mark:
            return position if position < len(text) and not _is_open(text[:position]) else None
    return None


def _masked(text: str, mark: int, *, closes_emphasis: bool) -> str:
    """`text` as `corpus.sentences` reads it right: markers look like closing brackets to it."""
    for marker in locate_markers(text):
        width = marker.end - marker.start
        text = text[: marker.start] + _COVER * width + text[marker.end :]
    tail = _BEFORE_COVER.sub(lambda gap: _COVER * len(gap.group()), text[mark:])
    tail = _ANY_TAG.sub(lambda tag: " " * len(tag.group()), tail)
    if not closes_emphasis:
        tail = tail.replace("*", "X")
    # Only the words before the mark decide on it; ends further back were decided on before.
    near = max(0, mark - _LONGEST_WORD)
    head = _ANY_END.sub("，", text[:near]) + text[near:mark]
    return (head + tail).replace(_COVER, "】").replace("；", "，")


def _is_open(text: str) -> bool:
    """Whether `text` ends within a parenthesis, a title, a link, code or a formula."""
    recent = text[-_LONGEST_ASIDE:]
    if any(recent.rfind(pair[0]) > recent.rfind(pair[1]) for pair in _PAIRS):
        return True
    ticks, dollars = text.count("`"), len(_DOLLAR.findall(text))
    return ("`" in recent and ticks % 2 == 1) or ("$" in recent and dollars % 2 == 1)


_IGNORED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0x200B, 0x2060, 0xFEFF])
_LONGEST_INDENT = 24
_LONGEST_ASIDE = 80
_LOOK_BACK = 120
_LONGEST_WORD = 24
_PAIRS = ("()", "（）", "《》", "[]", "【】")
_COVER = "\ue000"
_WRAPPERS = ("markdown", "md")
_OPENING_LINE = re.compile(r"(?P<fence>`{3,}|~{3,}|\$\$|\\\[)(?P<info>(?<=[`~])[^`]*|)")
_LINE_OPENING = re.compile(r"\[[ xX]\] +|(?P<note>\[\d{1,2}\] ?[:：])\s*")
_CLOSING_HASHES = re.compile(r"\s+#+$")
_BREAK = re.compile(r"[\s，、；：）】］”」』)\]]|[,;:](?=\s)")
_END_MARKS = "。！？!?….."
_DOLLAR = re.compile(r"\$(?!\d)")  # $5 is a price
_END_RUN = re.compile(r"[。！？!?…]+|\.+")
_ANY_END = re.compile(r"[。！？!?….;；]")
_ENDED = re.compile(r"[。！？!?….][」』”’\"')）\]】〉*_\s]*$")
_DANGLING = re.compile(r"\s*(?:\[\[?|[【［〔⟦])\^?[\d０-９,，、\s–-]*$")

_ANY_TAG = re.compile(r"</?(?!sup>)[A-Za-z][A-Za-z0-9]{0,9}\s?/?>")
_BEFORE_COVER = re.compile(rf"(?:(?<=.)(?:[\s,、;；]|{_ANY_TAG.pattern}))+(?={_COVER})")


def _prefixes(words: tuple[str, ...]) -> str:
    longest_first = sorted({w[:n] for w in words for n in range(1, len(w) + 1)}, reverse=True)
    return "|".join(map(re.escape, longest_first))


_WORDS = (*LABELS, *POINTERS, "and")
_INNER = (
    rf"(?:[\d０-９\s,，、;；&^#:：/–—~～-]|{'|'.join(map(re.escape, _WORDS))}|和"
    rf"|{OPENING}|{CLOSING})"
)
_PARTIAL = (
    rf"(?:(?:<sup>\s?)?(?:\\|(?:{OPENING}|[（(]){_INNER}{{0,24}}+(?:{_prefixes(_WORDS)})?)"
    rf"|{BRACKETED}\((?:h|ht|htt|https?(?::[^()\s]*)?|w|ww|www[^()\s]*|[#/][^()\s]*)?"
    r"|</?(?:[A-Za-z][A-Za-z0-9]{0,9}\s?/?)?|<sup>[\d\s,、]*(?:<(?:/(?:s(?:up?)?)?)?)?)"
)
_CLOSERS = r"[」』”’)）\]】〉*_\"]*+"
_GAP = rf"(?:\s|{_ANY_TAG.pattern})*+"
_MARKER = rf"(?:{BRACKETED}|{LABELLED}|{RAISED})"
_TAIL = re.compile(
    rf"(?:[。！？!?…]+|\.+){_CLOSERS}"
    rf"(?:{_GAP}{_MARKER}{_CLOSERS}(?:{SEPARATORS}{_MARKER}{_CLOSERS})*{SEPARATORS})?"
    rf"{_GAP}(?:{_PARTIAL}|[（(]\s?\d{{1,2}}\s?[)）]\s*)?",
    re.IGNORECASE,
)
