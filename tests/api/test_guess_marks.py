"""Wherever the terminal shows a position that a program guessed, it says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.answer_view import positions
from api.blocks import Block
from api.guess_marks import legend, short_positions
from api.render_plain import plain
from api.source_view import source_list, source_page
from api.summary_view import summary_page
from corpus.perspective_files import load_perspectives
from corpus.types import Bilingual, Language, Perspective, Position, Stance, Topic
from ingest.summary import Planned, Tally
from tutor.answer import Answer

GUESSED = Position(Topic.MATH_DEPTH, Stance.NEEDED, (), guessed=True)
CONFIRMED = replace(GUESSED, guessed=False)
LEGEND = {Language.CHINESE: "立场由程序推断", Language.ENGLISH: "A program inferred the stance"}


@pytest.fixture(scope="module")
def person() -> Perspective:
    return load_perspectives()[0]


def listed(person: Perspective, position: Position, language: Language) -> str:
    return plain(source_list([replace(person, positions=(position,))], language))


def planned(position: Position, language: Language) -> str:
    tally = Tally()
    tally.planned = [Planned("a.md", "", "", Bilingual(zh="一", en="A"), 9, 1, (position,))]
    return plain(summary_page(tally.summary(interrupted=False), language, dry_run=True))


def test_only_a_guess_has_the_mark() -> None:
    assert short_positions([GUESSED, CONFIRMED]) == "math-depth:needed? math-depth:needed"


@pytest.mark.parametrize("language", Language)
def test_what_the_mark_means_is_said_where_it_stands(language: Language) -> None:
    assert LEGEND[language] in plain(legend([False, True], language))
    assert list(legend([False, False], language)) == list[Block]()


@pytest.mark.parametrize("language", Language)
def test_the_list_of_sources_and_a_dry_run_mark_guesses(
    person: Perspective, language: Language
) -> None:
    for page in (listed(person, GUESSED, language), planned(GUESSED, language)):
        assert "math-depth:needed?" in page
        assert LEGEND[language] in page
    for page in (listed(person, CONFIRMED, language), planned(CONFIRMED, language)):
        assert "math-depth:needed?" not in page
        assert LEGEND[language] not in page


def test_the_page_of_a_source_marks_guesses(person: Perspective) -> None:
    guess = replace(person, positions=(GUESSED,))
    assert "(guessed)" in plain(source_page(guess, (), Language.ENGLISH))
    assert "（程序猜测）" in plain(source_page(guess, (), Language.CHINESE))


def test_the_table_of_who_takes_which_side_marks_guesses(chinese_answer: Answer) -> None:
    group = chinese_answer.positions[0]
    voice = replace(group.voices[0], guessed=True)
    guessed = replace(chinese_answer, positions=(replace(group, voices=(voice,)),))
    assert "(?)" in plain(positions(guessed))
    assert LEGEND[Language.CHINESE] in plain(positions(guessed))
    assert LEGEND[Language.CHINESE] not in plain(positions(chinese_answer))
