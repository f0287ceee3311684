"""The documents that the bundled perspectives were restated from, where somebody has them."""

from __future__ import annotations

from pathlib import Path

from corpus.perspective_files import load_perspectives
from ingest.documents import find_documents, load
from ingest.identity import KnownAnswers, identified
from ingest.readers import read_document


def test_every_answer_is_found_and_recognised_as_the_one_that_is_bundled(originals: Path) -> None:
    bundled = {perspective.url: perspective.author for perspective in load_perspectives()}
    known = KnownAnswers(load_perspectives())

    found = [
        identified(read_document(load(location)).perspectives, known)
        for location in find_documents([str(originals)])
    ]

    assert [len(answers) for answers in found] == [11, 1, 2, 4, 1]
    urls = [answer.url for answers in found for answer in answers]
    assert len(set(urls)) == len(urls)
    assert set(urls) <= set(bundled)
    # The export names no author; whoever wrote it is known from the bundled perspective.
    named = [answer for answers in found for answer in answers if answer.author]
    assert [answer.author for answer in named] == [bundled[answer.url] for answer in named]
    assert len(named) == 15
