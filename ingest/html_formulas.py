"""Formulas in HTML, as TeX between dollar signs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def formula_of(element: HtmlElement) -> str | None:
    """The formula that `element` shows ("$x^2$", "$$x^2$$" when displayed), or None.

    Knows formula images (Zhihu and others that keep the TeX in the address or in `alt`), spans
    with `data-tex`, KaTeX and MathJax scripts, and MathML with its TeX source beside it.
    """
    tex = _tex(element)
    if not tex or not tex.strip():
        return None
    tex = " ".join(tex.split())
    displayed = "display" in (element.get("class") or "") or "mode=display" in (
        element.get("type") or ""
    )
    displayed = displayed or element.get("display") == "block"
    return f"$${tex}$$" if displayed else f"${tex}$"


def _tex(element: HtmlElement) -> str | None:
    classes = (element.get("class") or "").split()
    if element.tag == "img":
        return _image_tex(element, classes)
    if element.tag == "script" and (element.get("type") or "").startswith("math/tex"):
        return str(element.text or "")
    if element.get("data-tex"):
        return str(element.get("data-tex"))
    if element.tag == "math" or "katex" in classes:
        source = element.find(".//annotation[@encoding='application/x-tex']")
        return str(source.text or "") if source is not None else element.get("alttext")
    return None


def _image_tex(element: HtmlElement, classes: list[str]) -> str | None:
    in_address = parse_qs(urlsplit(element.get("src") or "").query).get("tex", [""])[0]
    if in_address:
        return in_address
    shows_formula = {"ztext-math", "latex", "tex", "mathcode"} & set(classes)
    return element.get("alt") if shows_formula or element.get("eeimg") else None
