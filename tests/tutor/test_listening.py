"""What a language model reads in a message, joined with what the rules heard."""

from __future__ import annotations

import pytest

from corpus.types import Language
from tutor.conversation import Conversation, Turn
from tutor.learner import Learner
from tutor.listening import listen, reheard
from tutor.model_understanding import ReadMessage

BEFORE = Conversation(
    (Turn("要学数学吗？", "要学数学吗？", "要。"),), Learner(Language.CHINESE, weeks=8)
)


@pytest.mark.parametrize("nonsense", [None, "", " ", "？？？", "\0"])
def test_a_model_that_says_nothing_leaves_the_question_as_the_rules_heard_it(
    nonsense: str | None,
) -> None:
    heard = listen("那概率论要学到什么程度", None, BEFORE)
    again = reheard(heard, ReadMessage(standalone_question=nonsense), None, BEFORE)
    assert again.understanding.question == heard.understanding.question


def test_a_model_words_the_question_and_the_learner_stays_known() -> None:
    heard = listen("那概率论呢", None, BEFORE)
    read = ReadMessage(standalone_question="学深度学习，概率论要学到什么程度？")
    again = reheard(heard, read, None, BEFORE)
    assert again.understanding.question == "学深度学习，概率论要学到什么程度？"
    assert again.understanding.learner.weeks == 8
