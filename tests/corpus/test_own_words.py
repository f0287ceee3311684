"""The bundled perspectives restate the originals; no run of their wording may be copied.

The originals are not part of the project; see the fixture `originals`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.perspective_files import load_perspectives
from corpus.types import Perspective

RUN = 14


def tokens(text: str) -> list[str]:
    """Han characters one by one and other words in lower case, without titles in 《》."""
    prose = re.sub(r"<[^<>]+>|《[^《》\n]*》|https?://[!-~]+", " ", text)
    return re.findall(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+", prose.lower())


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of `RUN` successive tokens of `text`."""
    words = tokens(text)
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def copied(ours: str, originals: set[tuple[str, ...]]) -> list[str]:
    """The runs of `ours` that stand in an original too."""
    return [" ".join(run) for run in runs(ours) if run in originals]


def our_sentences(perspective: Perspective) -> Iterator[str]:
    yield from (text.body for text in perspective.texts)
    said = [perspective.title, *(position.says for position in perspective.positions)]
    said += [step.text for path in perspective.paths for step in path.steps]
    for sentence in said:
        if sentence is not None:
            yield from (sentence.zh, sentence.en)


ORIGINAL = (
    "<p>做菜之前先把刀磨快，再把灶台擦干净，最后才点火。</p> Sharpen the knife before you cook."
)


@pytest.mark.parametrize(
    "ours",
    [
        "他说做菜之前先把刀磨快，再把灶台擦干净。",
        "做菜之前先把刀磨快；再把灶台 擦干净",
        "**做菜**之前先把刀磨快\n再把灶台擦干净",
        "再把灶台擦干净，最后才点火 sharpen The knife",
    ],
)
def test_copied_wording_is_found(ours: str) -> None:
    assert copied(ours, set(runs(ORIGINAL)))


@pytest.mark.parametrize(
    "ours",
    [
        "点火之前，刀要快，灶台也要干净。",
        "先把刀磨快，再把灶台擦干净，然后",
        "《做菜之前先把刀磨快再把灶台擦干净》是一本书。",
        "A knife should be sharp before anyone cooks with it.",
        "",
    ],
)
def test_own_wording_short_runs_and_titles_pass(ours: str) -> None:
    assert copied(ours, set(runs(ORIGINAL))) == []


@pytest.fixture(scope="module")
def original_runs(originals: Path) -> set[tuple[str, ...]]:
    paths = [path for path in originals.glob("**/*") if path.suffix in (".txt", ".md", ".html")]
    assert paths, f"{originals} holds no text"
    return {run for path in paths for run in runs(path.read_text("utf-8"))}


@pytest.mark.parametrize("perspective", load_perspectives(), ids=lambda item: item.id)
def test_bundled_perspectives_are_in_our_own_words(
    perspective: Perspective, original_runs: set[tuple[str, ...]]
) -> None:
    found = [
        run for sentence in our_sentences(perspective) for run in copied(sentence, original_runs)
    ]
    assert found == []
