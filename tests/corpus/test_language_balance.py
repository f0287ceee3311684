"""A passage in the other language has a chance against one in the language of the question."""

from __future__ import annotations

import numpy as np
from index_material import EN, ZH

from corpus.language_balance import LanguageBalance
from corpus.shelves import Shelf
from corpus.types import Kind, Language

P = Kind.PERSPECTIVE
GENERATOR = np.random.default_rng(0)
ACCENT = {ZH: np.eye(1, 32, 0)[0], EN: np.eye(1, 32, 1)[0]}


def unit(vector: np.ndarray) -> np.ndarray:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def said(topic: np.ndarray, language: Language) -> np.ndarray:
    """What an embedder makes of a text: its topic, and the accent of its language."""
    return unit(topic + 6.0 * ACCENT[language])


TOPICS = [np.concatenate([[0, 0], GENERATOR.normal(size=30)]) for _ in range(40)]
ROWS = {language: np.stack([said(topic, language) for topic in TOPICS]) for language in Language}
BALANCE = LanguageBalance({Shelf(P, language): rows for language, rows in ROWS.items()})


def test_the_language_of_the_question_gets_no_bonus() -> None:
    for language in Language:
        bonuses = BALANCE.bonuses(P, said(TOPICS[0], language))
        assert bonuses[language] == 0.0
        assert all(bonus > 0.0 for other, bonus in bonuses.items() if other is not language)


def test_the_right_passage_in_the_other_language_beats_wrong_ones_in_ones_own() -> None:
    found = {True: 0, False: 0}
    for place, topic in enumerate(TOPICS):
        question = said(topic, ZH)
        for balanced in found:
            bonus = BALANCE.bonuses(P, question)[EN] if balanced else 0.0
            wrong = np.delete(ROWS[ZH], place, axis=0) @ question
            found[balanced] += float(ROWS[EN][place] @ question) + bonus > wrong.max()
    assert found[False] < 5
    assert found[True] > 25


def test_one_language_alone_is_left_as_it_is() -> None:
    balance = LanguageBalance({Shelf(P, ZH): ROWS[ZH]})
    assert balance.bonuses(P, said(TOPICS[0], EN)) == {ZH: 0.0}
    assert balance.bonuses(Kind.COURSE, said(TOPICS[0], EN)) == {}


def test_a_single_passage_is_not_taken_for_its_language() -> None:
    """Else what a lone passage says would be held against it."""
    balance = LanguageBalance({Shelf(P, ZH): ROWS[ZH], Shelf(P, EN): ROWS[EN][:1]})
    for topic in TOPICS[1:]:
        question = said(topic, ZH)
        assert balance.bonuses(P, question)[EN] < BALANCE.bonuses(P, question)[EN]
    question = said(TOPICS[0], EN)
    others = ROWS[ZH][1:] @ question + balance.bonuses(P, question)[ZH]
    assert float(ROWS[EN][0] @ question) > others.max()
