"""The bundled perspectives restate the originals; no run of their wording may be copied.

The originals are not part of the project; see the fixture `originals`.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.own_words import Run, copied, copied_wording, names_author, runs
from corpus.perspective_files import load_perspectives
from corpus.types import Perspective

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
    assert copied(ours, set(runs(ORIGINAL))) == ()


def test_a_copied_stretch_is_shown_whole_and_once() -> None:
    ours = "有人说：先把刀磨快，再把灶台擦干净，最后才点火。之后再谈别的，比如怎么切菜。"
    assert copied(ours, set(runs(ORIGINAL))) == ("先把刀磨快再把灶台擦干净最后才点火",)


def test_two_copied_stretches_are_shown_one_by_one() -> None:
    stretch = "做菜之前先把刀磨快，再把灶台擦干净"
    ours = f"{stretch}。这一句是自己写的。{stretch}。"
    assert copied(ours, set(runs(ORIGINAL))) == ("做菜之前先把刀磨快再把灶台擦干净",) * 2


@pytest.fixture(scope="module")
def original_runs(originals: Path) -> set[Run]:
    paths = [path for path in originals.glob("**/*") if path.suffix in (".txt", ".md", ".html")]
    assert paths, f"{originals} holds no text"
    return {run for path in paths for run in runs(path.read_text("utf-8"))}


@pytest.mark.parametrize("perspective", load_perspectives(), ids=lambda item: item.id)
def test_bundled_perspectives_are_in_our_own_words(
    perspective: Perspective, original_runs: set[Run]
) -> None:
    assert copied_wording(perspective, original_runs) == ()


def test_an_author_is_named_in_the_original_or_its_address() -> None:
    person = load_perspectives()[0]
    known = replace(person, author="Li Ming", author_aliases=("李明",), url="https://example.org/1")
    assert names_author(known, "by LI  MING, 2021")
    assert names_author(known, "作者：李明")
    assert names_author(replace(known, url="https://example.org/li-ming/1"), "no name here")
    assert names_author(replace(known, author="", author_aliases=()), "no name here")
    assert not names_author(known, "by Li Min")
