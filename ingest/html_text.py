"""HTML as the text that is stored: headings, lists, links, code, tables and formulas kept.

Our own walk over the tree, because the exact text matters here: every quotation is cut from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ingest.characters import normalised
from ingest.html_formulas import formula_of
from ingest.lines import tidied
from ingest.links import shown_link
from ingest.text_writer import LINE_BREAK, TextWriter

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN = re.compile(
    "audio|button|canvas|form|head|iframe|img|input|nav|noscript|object|script|select|style|svg|"
    "template|title|video"
)
_BLOCK = re.compile(
    "address|article|aside|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|"
    "h[1-6]|header|hr|html|main|p|section|summary"
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CODE_LANGUAGE = re.compile(r"(?:language|lang|highlight)-([\w+#-]+)")
_EXPONENT = re.compile(r"[+−-]?\w{1,4}")


def html_to_text(html: str) -> str:
    """The readable text of an HTML page or fragment.

    Headings become `#` lines, list items `- ` or `1. `, quotations `> `, links `[text](url)` with
    tracking redirects undone, code fenced blocks, tables rows between `|`, formulas TeX between
    dollar signs. Emphasis, pictures, forms and whatever the page hides are left out.
    """
    return tidied(normalised(rendered(normalised(html))))


def rendered(html: str) -> str:
    """As `html_to_text`, for HTML whose characters are in order already."""
    from lxml import html as lxml_html

    # A declaration of the encoding is refused in a str, which needs none.
    html = _DECLARATION.sub("", html)
    if not html.strip():
        return ""
    parser = lxml_html.HTMLParser(encoding="utf-8")
    try:
        root = lxml_html.document_fromstring(html.encode(), parser=parser)
    except lxml_html.etree.ParserError:
        return ""
    writer = TextWriter()
    _walk(root, writer)
    return writer.text()


def _walk(element: HtmlElement, writer: TextWriter) -> None:
    if not isinstance(element.tag, str):
        return
    if formula := formula_of(element):
        writer.add(formula)
    elif element.tag == "br":
        writer.add(LINE_BREAK)
    elif _UNSEEN.fullmatch(element.tag) or is_hidden(element):
        return
    elif element.tag in _SPECIAL:
        _SPECIAL[element.tag](element, writer)
    elif _BLOCK.fullmatch(element.tag):
        _block(element, writer)
    else:
        _children(element, writer)


def _children(element: HtmlElement, writer: TextWriter) -> None:
    writer.add(element.text or "")
    for child in element:
        _walk(child, writer)
        writer.add(child.tail or "")


def is_hidden(element: HtmlElement) -> bool:
    """Whether the page keeps `element` from being seen."""
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
    )


def _block(element: HtmlElement, writer: TextWriter) -> None:
    writer.end_block()
    tag = str(element.tag)
    if re.fullmatch("h[1-6]", tag):
        writer.heading(int(tag[1]))
    _children(element, writer)
    writer.end_block()


def _list(element: HtmlElement, writer: TextWriter) -> None:
    writer.end_block()
    start = element.get("start") or "1"
    number = (int(start) if start.isdecimal() else 1) if element.tag == "ol" else None
    writer.begin_list(numbered_from=number)
    _children(element, writer)
    writer.end_block()
    writer.end_list()


def _item(element: HtmlElement, writer: TextWriter) -> None:
    writer.end_block()
    writer.begin_item()
    _children(element, writer)
    writer.end_block()
    writer.end_item()


def _quote(element: HtmlElement, writer: TextWriter) -> None:
    writer.end_block()
    writer.begin_quote()
    _children(element, writer)
    writer.end_block()
    writer.end_quote()


def _link(element: HtmlElement, writer: TextWriter) -> None:
    mark = writer.mark()
    _children(element, writer)
    writer.add(shown_link(writer.taken(mark).replace(LINE_BREAK, " "), element.get("href") or ""))


def _code(element: HtmlElement, writer: TextWriter) -> None:
    text = str(element.text_content())
    writer.add(f"`{text}`" if text.strip() and "\n" not in text and "`" not in text else text)


def _fenced(element: HtmlElement, writer: TextWriter) -> None:
    code = str(element.text_content()).strip("\n")
    classes = " ".join(part.get("class") or "" for part in (element, *element.iter("code")))
    language = _CODE_LANGUAGE.search(classes)
    if code.strip():
        fence = "````" if "```" in code else "```"
        writer.verbatim([fence + (language[1] if language else ""), *code.split("\n"), fence])


def _table(element: HtmlElement, writer: TextWriter) -> None:
    rows = [
        [" ".join(_inline(cell).split()) for cell in row if cell.tag in ("td", "th")]
        for row in element.iter("tr")
    ]
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    if max(len(row) for row in rows) == 1:
        # A table of one column only lays a page out.
        writer.end_block()
        _children(element, writer)
        writer.end_block()
        return
    lines = [f"| {' | '.join(row)} |" for row in rows]
    writer.verbatim([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def _inline(cell: HtmlElement) -> str:
    writer = TextWriter()
    _children(cell, writer)
    return writer.text()


def _superscript(element: HtmlElement, writer: TextWriter) -> None:
    text = str(element.text_content()).strip()
    if _EXPONENT.fullmatch(text) and element.find(".//a") is None:
        writer.add(f"^{text}")
    else:
        _children(element, writer)


_SPECIAL: dict[str, Any] = {
    "ul": _list,
    "ol": _list,
    "li": _item,
    "blockquote": _quote,
    "a": _link,
    "code": _code,
    "pre": _fenced,
    "table": _table,
    "sup": _superscript,
}
