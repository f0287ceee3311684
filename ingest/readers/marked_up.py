"""Question pages whose HTML says what is an answer: schema.org microdata and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from ingest.answers import Draft, answer, reading_of
from ingest.cleaning import clean_text
from ingest.counts import count_of
from ingest.dates import iso_date
from ingest.html_text import html_to_text
from ingest.page import Page
from ingest.platforms import platform_of
from ingest.raw import Reading

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ANSWER = re.compile(r"schema\.org/Answer[\"']")
_QA_JSON = re.compile(r"[\"'](?:acceptedAnswer|suggestedAnswer)[\"']\s*:")
_DEEPEST = 6


def matches(page: Page) -> bool:
    """Whether the page marks up answers."""
    return bool(_ANSWER.search(page.text) or _QA_JSON.search(page.text))


def read(page: Page) -> Reading:
    """One perspective for each answer that is marked up with its text."""
    from lxml import html as lxml_html

    root = lxml_html.document_fromstring(page.text)
    drafts = list(_microdata(root, page.url)) or list(_json(root, page.url))
    return reading_of(map(answer, drafts))


def _microdata(root: HtmlElement, base: str) -> Iterator[Draft]:
    question = next(iter(root.xpath("//*[contains(@itemtype, 'schema.org/Question')]")), None)
    name = _value(question, "name") if question is not None else ""
    question_url = _value(question, "url") if question is not None else ""
    for element in root.xpath("//*[contains(@itemtype, 'schema.org/Answer')]"):
        text = next(_properties(element, "text"), None)
        if text is None:
            continue
        author = next(_properties(element, "author"), None)
        url = urljoin(base, _value(element, "url"))
        yield _draft(
            {
                "author": "" if author is None else _value(author, "name") or _content(author),
                "text": _inner_html(text),
                "url": url,
                "upvoteCount": _value(element, "upvoteCount"),
                "dateCreated": _value(element, "dateCreated") or _value(element, "datePublished"),
            },
            name,
            urljoin(base, question_url),
        )


def _properties(item: HtmlElement, name: str) -> Iterator[HtmlElement]:
    """The elements for the property `name` of `item` itself, not of an item within it."""
    for element in item.xpath(f".//*[@itemprop='{name}']"):
        owner = element.getparent()
        while owner is not None and owner.get("itemscope") is None:
            owner = owner.getparent()
        if owner is item:
            yield element


def _value(item: HtmlElement, name: str) -> str:
    element = next(_properties(item, name), None)
    return "" if element is None else _content(element)


def _content(element: HtmlElement) -> str:
    for attribute in ("content", "datetime", "href"):
        if element.get(attribute):
            return str(element.get(attribute))
    return str(element.text_content()).strip()


def _inner_html(element: HtmlElement) -> str:
    from lxml import html as lxml_html

    return str(lxml_html.tostring(element, encoding="unicode", with_tail=False))


def _json(root: HtmlElement, base: str) -> Iterator[Draft]:
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for question in _questions(data):
            name, url = str(question.get("name", "")), str(question.get("url", ""))
            for key in ("acceptedAnswer", "suggestedAnswer"):
                for found in _listed(question.get(key)):
                    address = urljoin(base, str(found.get("url", "")))
                    yield _draft(found | {"url": address}, name, urljoin(base, url))


def _questions(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    for item in _listed(data):
        if item.get("@type") == "Question":
            yield item
        elif depth < _DEEPEST:
            for value in item.values():
                yield from _questions(value, depth + 1)


def _listed(value: Any) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]


def _draft(found: dict[str, Any], question: str, question_url: str) -> Draft:
    author = found.get("author", "")
    names = [str(one.get("name", "")) for one in _listed(author)] or [str(author or "")]
    dated = found.get("dateCreated") or found.get("datePublished") or ""
    url = str(found["url"])
    return Draft(
        author=names[0],
        platform=platform_of(url) or platform_of(question_url) or "web",
        question=question,
        body=clean_text(html_to_text(str(found.get("text", "")))),
        url=url,
        published=iso_date(str(dated)),
        votes=count_of(str(found.get("upvoteCount", ""))),
        question_url=question_url,
    )
