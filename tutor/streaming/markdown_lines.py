"""The Markdown that language models write: starts of lines, inline marks, fences, hidden parts."""

from __future__ import annotations

import re

from corpus.numerals import numeral
from tutor.streaming.markers import remove_markers

_HAN_NUMERAL = "[一二三四五六七八九十]{1,3}"
_EDGE = r"(?P<indent>[ \t\u3000\xa0]*)(?P<quotes>(?:>[ \t]*)*)"
_LEAD = re.compile(
    rf"{_EDGE}(?:(?P<heading>#{{1,6}}(?:[ \t]+|(?<=##)(?=[\u3400-\u9fff])))"
    r"|(?P<bullet>[-*+][ \t]+|-(?=[\u3400-\u9fff])|[•·●○◦▪‣■◆][ \t]*)"
    r"|(?P<number>\d{1,2})(?:[.)](?![\da-z])|[、）．]|\ufe0f?\u20e3)[ \t]*"
    rf"|[（(](?P<aside>\d{{1,2}}|{_HAN_NUMERAL})[)）][ \t]*"
    rf"|(?P<circled>[①-⑳])[ \t]*|(?P<han>{_HAN_NUMERAL})、[ \t]*)?"
)
# Starts of lines after which a mark may still follow, or grow.
_UNDECIDED = re.compile(
    rf"{_EDGE}(?:[-*+=_~`—─#•·●○◦▪‣■◆][-*+=_~`—─#•·●○◦▪‣■◆ \t]*"
    r"|\d{1,2}(?:\ufe0f?\u20e3?|[.)、）．])[ \t]*"
    r"|[（(][\d一二三四五六七八九十]{0,3}[)）]?[ \t]*"
    rf"|[①-⑳][ \t]*|{_HAN_NUMERAL}、?[ \t]*)?"
)
LONGEST_START = 64
"""Characters after which a line has certainly begun; a longer row of dashes is text."""
_DEEPEST_INDENT = 12
_DEEPEST_EMPHASIS = 2
_LONGEST_EMPHASIS = 3
_MOST_ASTERISKS = 160

_RULE = re.compile(r"(?:[-*_=—─~][ \t]*){3,}")
_SEPARATOR_ROW = re.compile(r"\|?[ \t]*:?-[-:| \t]*")
_CELL_END = re.compile(r"(?<!\\)\|")

TAG = (
    r"</?(?:br|p|b|i|u|em|strong|sup|sub|span|div|font|small|mark|details|summary|cite|kbd|q|center"
    r"|answer|final|ul|ol|li|img|a|h[1-6]|hr)(?:\s[^<>\n]{0,300})?/?>|<\|[A-Za-z_]{1,24}\|>"
)
_TAG = re.compile(TAG, re.IGNORECASE)
_CODE = re.compile(r"(`[^`\n]+`)")
_LINKED = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}(?:\s\"[^\"\n]{0,200}\")?\)")
_UNDERSCORES = re.compile(r"(?<!\w)_{1,2}(?=[^\W_])|(?<=[^\s_])_{1,2}(?!\w)")
_ASTERISKS = re.compile(r"\*+")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|~>-])")


def read_start(line: str, *, ended: bool) -> tuple[str, str] | None:
    """What the start of a line is as normalised Markdown, and the rest; None if it cannot be told.

    Bullets become "- ", enumerators of every style "1. ", headings "## ", quotations "> "; the
    indentation of list items stays (two columns for a tab).
    """
    if not ended and len(line) < LONGEST_START and _UNDECIDED.fullmatch(line):
        return None
    match = _LEAD.match(line)
    assert match is not None  # noqa: S101 - every part of the pattern may be empty
    rest = line[match.end() :]
    mark = _normalised_mark(match)
    if mark is None or (not rest.strip() and any(map(str.isalnum, match.group()))):
        return "> " * match["quotes"].count(">"), line[match.end("quotes") :]
    if _RULE.fullmatch(line.strip()):
        return "", line
    indent = match["indent"].replace("\t", "  ").replace("\u3000", "")[:_DEEPEST_INDENT]
    keeps = mark and not match["heading"] and not match["quotes"]
    return (indent if keeps else "") + "> " * match["quotes"].count(">") + mark, rest


def _normalised_mark(match: re.Match[str]) -> str | None:
    if match["heading"]:
        return match["heading"].rstrip() + " "
    if match["bullet"]:
        return "- "
    if match["circled"]:
        return f"{ord(match['circled']) - ord('①') + 1}. "
    number = match["number"] or match["aside"] or match["han"]
    if number is None:
        return ""
    values = numeral(number)
    return f"{values[0]:.0f}. " if values else None


def is_rule(text: str) -> bool:
    """Whether a line is a horizontal rule, or the underline of a heading."""
    return _RULE.fullmatch(text.strip()) is not None


def is_separator_row(text: str) -> bool:
    """Whether a line parts the head of a table from its rows."""
    return "|" in text and _SEPARATOR_ROW.fullmatch(text.strip()) is not None


def cells(row: str) -> list[str]:
    """The cells of a table row without blank edges."""
    inner = row.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip() for cell in _CELL_END.split(inner)]


def without_tags(text: str) -> str:
    """`text` without HTML tags and the control tokens of chat models; code keeps them."""
    parts = _CODE.split(text)
    return "".join(part if index % 2 else _TAG.sub(_gap, part) for index, part in enumerate(parts))


def _gap(tag: re.Match[str]) -> str:
    return " " if tag.group()[:3].lower() in ("<br", "</p", "<li") else ""


def plain(text: str) -> str:
    """What `text` says: without markers, emphasis, code ticks, links' addresses and escapes."""
    bare = _LINKED.sub(r"\1", remove_markers(text))
    parts = _CODE.split(bare)
    said = (part[1:-1] if index % 2 else _unadorned(part) for index, part in enumerate(parts))
    return " ".join("".join(said).split())


def _unadorned(text: str) -> str:
    text = _ASTERISKS.sub(lambda run: run.group() if _is_operator(text, run) else "", text)
    return _ESCAPED.sub(r"\1", _UNDERSCORES.sub("", text.replace("~~", "")))


def _is_operator(text: str, run: re.Match[str]) -> bool:
    """Whether asterisks multiply, or are escaped: "3 * 4", "2*3", "\\*"."""
    before, after = _around(text, run)
    between_numbers = before.isdigit() and after.isdigit()
    return between_numbers or before == "\\" or (not before.strip() and not after.strip())


def _around(text: str, run: re.Match[str]) -> tuple[str, str]:
    return text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]


def open_emphasis(text: str) -> str:
    """The asterisks of emphasis that `text` opens and does not close, outermost first."""
    runs: list[str] = []
    if text.count("*") > _MOST_ASTERISKS:
        return ""
    prose = _CODE.sub(lambda code: "`" * len(code.group()), text)
    for match in _ASTERISKS.finditer(prose):
        if len(match.group()) > _LONGEST_EMPHASIS or _is_operator(prose, match):
            continue
        before, after = _around(prose, match)
        if runs and runs[-1] == match.group() and before.strip():
            runs.pop()
        elif after.strip():
            runs.append(match.group())
    # Deeper nesting is no emphasis but a row of stray asterisks.
    return "".join(runs) if len(runs) <= _DEEPEST_EMPHASIS else ""


_FORMULA_ENDS = {"$$": "$$", "\\[": "\\]"}
_LONGEST_FENCE = 200
_HIDDEN = {
    **{f"<{tag}>": f"</{tag}>" for tag in ("think", "thinking", "thought", "reasoning")},
    **{"<!--": "-->", "◁think▷": "◁/think▷"},
}
_STRAY = frozenset(_HIDDEN.values()) - {"-->"}
_HIDDEN_PREFIXES = frozenset(tag[:end] for tag in {*_HIDDEN, *_STRAY} for end in range(1, len(tag)))


class VerbatimBlock:
    """A fenced block of code, or a displayed formula, while it is read."""

    def __init__(self, fence: str, opening: str, lead: str, indent: int) -> None:
        self.fence = fence
        self.opening = opening
        self.lead = lead
        self.indent = indent
        self.size = 0
        self._lines = [opening]
        self._line: list[str] = []

    def read(self, character: str) -> None:
        self.size += 1
        if character == "\n":
            self._lines.append(self._last_line())
            self._line = []
        else:
            self._line.append(character)

    def closes(self) -> bool:
        """Whether the line that is being read is the closing fence."""
        line = "".join(self._line[: _LONGEST_FENCE + 1]).strip()
        if self.fence in _FORMULA_ENDS:
            return line == _FORMULA_ENDS[self.fence]
        return line.startswith(self.fence) and not line.strip(self.fence[0])

    def text(self) -> str:
        return "\n".join([*self._lines, self._last_line()] if self._line else self._lines)

    def _last_line(self) -> str:
        line = "".join(self._line)
        blanks = len(line) - len(line.lstrip())
        return line[min(blanks, self.indent) :].rstrip()


class HiddenParts:
    """Lets through what is neither a comment nor reasoning; code in a line keeps its tags."""

    def __init__(self) -> None:
        self._held = ""
        self._closing = ""
        self._in_code = False

    def reveal(self, character: str) -> str:
        """The characters that are certainly visible now that `character` has been read."""
        self._held += character
        if self._closing:
            self._held = self._held[-len(self._closing) :]
            if self._held.casefold() == self._closing:
                self._held = self._closing = ""
            return ""
        folded = self._held.casefold()
        if not self._in_code:
            if folded in _HIDDEN:
                self._held, self._closing = "", _HIDDEN[folded]
                return ""
            if folded in _STRAY:
                self._held = ""
                return ""
            if folded in _HIDDEN_PREFIXES:
                return ""
        return self._released(character)

    def _released(self, character: str) -> str:
        if character == "`":
            self._in_code = not self._in_code
        elif character == "\n":
            self._in_code = False
        # What was held may end in the first character of another tag.
        if len(self._held) > 1 and character in _HIDDEN_PREFIXES and not self._in_code:
            visible, self._held = self._held[:-1], character
        else:
            visible, self._held = self._held, ""
        return visible

    def rest(self) -> str:
        """What is still held back at the end of the stream."""
        return "" if self._closing else self._held
