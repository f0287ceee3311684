"""A document as it came, from a file or from the web."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of a document: `suffix` is in lower case with its dot ("" without one).

    `charset` is the encoding that the server declared, "" where none did.
    """

    uri: str
    suffix: str
    data: bytes
    charset: str = ""
