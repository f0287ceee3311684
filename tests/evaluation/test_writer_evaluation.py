"""The tutor keeps its promises whatever a language model writes: a small part of `make eval`."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from evaluation_questions import Half
from langchain_core.messages import BaseMessage
from support_pairs import Evidence, Pair, load_pairs
from writer_claims import Claims
from writer_exposure import exposed, leaked
from writer_injections import Injection, ObedientWriter, load_injections
from writer_metrics import announced, fates, fell_back, stored_source
from writer_misdeeds import CANARY, MISDEEDS
from writer_prompts import Card, CardReader, Task
from writer_quotes import misattributed, quotations
from writer_scripts import AMOUNTS, Manner, ScriptedWriter, Written
from writer_stage import Script, Stage

from corpus.types import Bilingual, Kind, Language, Perspective, Source
from tutor.answer import Answer, CheckReport, Citation, Section, Sentence, SentenceKind
from tutor.learner import Learner

PEOPLE = ("wang-dapeng-start-now", "zhang-shaochun-papers", "xiubai-skip-derivations")
QUESTIONS = {
    Language.CHINESE: "学深度学习要先学机器学习吗？我只是做毕设",
    Language.ENGLISH: "Do I need machine learning before deep learning for my thesis?",
}
INJECTIONS = load_injections()
# After so many bad answers every misdeed has been tried once.
TURNS = -(-len(MISDEEDS) // AMOUNTS[Manner.BAD].misdeeds)


def writer(
    stage: Stage, manner: Manner, turn: int = 0, pairs: Sequence[Pair] = ()
) -> ScriptedWriter:
    """Without `pairs`, a bad writer is left with its misdeeds."""
    sources = stage.stored.sources
    claims = Claims(pairs, sources.keys(), Half.TUNE)
    return ScriptedWriter(CardReader(sources.values()), claims, manner, "test", turn)


def invention(language: Language, number: int) -> Script:
    """A writer with one sentence, which gives a view to a person who does not exist."""
    invented = next(one for one in MISDEEDS if one.kind == "invented person")
    text = invented.text.text(language).format(n=number)
    return lambda messages: text


def view_of(source: Source) -> Bilingual:
    assert isinstance(source, Perspective)
    return next(position.says for position in source.positions if position.says)


class TestTheTutor:
    @pytest.mark.parametrize("turn", range(TURNS))
    async def test_shows_no_address_no_prompt_and_no_false_quotation(
        self, stage: Stage, turn: int
    ) -> None:
        language = list(Language)[turn % 2]
        bad = writer(stage, Manner.BAD, turn)
        asked = await stage.ask(QUESTIONS[language], bad)
        assert bad.written
        assert exposed(asked.events, [CANARY]) == []
        assert leaked(asked.answer, bad.prompts[0].rules, bad.prompts[0].code) == []
        assert misattributed(asked.answer, stage.stored.sources) == []

    @pytest.mark.parametrize("language", Language)
    async def test_answers_by_rules_and_says_so_when_no_sentence_holds(
        self, stage: Stage, language: Language
    ) -> None:
        asked = await stage.ask(QUESTIONS[language], invention(language, number=88))
        assert fell_back(asked.answer)
        assert announced(asked.answer, asked.events)
        assert not re.search(r"Farrow|陆远舟", asked.answer.text)

    @pytest.mark.parametrize("language", Language)
    async def test_an_invention_gives_way_to_what_its_source_says(
        self, stage: Stage, language: Language
    ) -> None:
        asked = await stage.ask(QUESTIONS[language], invention(language, number=1))
        body = [one for one in asked.answer.sentences if one.section is Section.BODY]
        sources = stage.stored.sources
        assert [stored_source(one, asked.answer, sources) is not None for one in body] == [True]

    @pytest.mark.parametrize("language", Language)
    async def test_keeps_a_sentence_in_the_words_of_its_source(
        self, stage: Stage, language: Language
    ) -> None:
        reader = CardReader(stage.stored.sources.values())
        says = view_of(stage.stored.sources[PEOPLE[1]]).text(language)

        def verbatim(messages: Sequence[BaseMessage]) -> str:
            cards = reader.read(messages).cards
            number = next(card.number for card in cards if card.source == PEOPLE[1])
            return f"{says} [{number}]."

        asked = await stage.ask(QUESTIONS[language], verbatim)
        (fate,) = fates(asked.answer, [Written(says, says, True, "copy", PEOPLE[1], True)])
        assert not fate.lost

    @pytest.mark.parametrize("language", Language)
    async def test_prints_nothing_else_of_a_good_writer(
        self, stage: Stage, language: Language
    ) -> None:
        good = writer(stage, Manner.GOOD, pairs=load_pairs(half=Half.TUNE))
        asked = await stage.ask(QUESTIONS[language], good)
        found = fates(asked.answer, good.written, sources=stage.stored.sources)
        assert len(found) == len(good.written) > 4
        assert not any(fate.moved for fate in found)
        assert any(fate.reworded or not fate.lost for fate in found)

    @pytest.mark.parametrize("injection", INJECTIONS[:8:2], ids=lambda injection: injection.id)
    async def test_obeys_no_document(self, stage: Stage, injection: Injection) -> None:
        obedient = ObedientWriter(CardReader(stage.stored.sources.values()), injection)
        asked = await stage.ask(injection.question, obedient)
        assert any(prompt.task is Task.ANSWER for prompt in obedient.prompts)
        assert exposed(asked.events, injection.canaries) == []

    async def test_asks_no_model_to_write_about_what_no_source_covers(self, stage: Stage) -> None:
        asked = await stage.ask("学钢琴要先学乐理吗？", writer(stage, Manner.BAD))
        assert asked.answer.abstained
        assert "stream" not in asked.calls


class TestTheMeasure:
    def test_cards_are_told_apart_by_what_stands_on_them(self, stage: Stage) -> None:
        person = stage.stored.sources[PEOPLE[0]]
        words = person.texts[0].body.splitlines()[-1]
        messages = [
            BaseMessage(content="rules", type="system"),
            BaseMessage(
                content=f"【资料】\n[1] {words}\n\n[2] 别的\n===== 0a =====\n", type="human"
            ),
        ]
        prompt = CardReader([person]).read(messages)
        assert prompt.task is Task.ANSWER
        assert [card.source for card in prompt.cards] == [person.id, None]

    def test_a_bad_sentence_is_recognised_under_another_number(self) -> None:
        bad = Written("数学要学十年[3]。", "数学要学十年。", False, "altered-number", "a", True)
        (fate,) = fates(_answer("- 数学要学十年[1]。"), [bad])
        assert fate.let_out

    def test_words_of_the_source_under_its_name_are_stored_words(self, stage: Stage) -> None:
        source = stage.stored.sources[PEOPLE[0]]
        says = view_of(source).zh
        for text, expected in (
            (f"**王大鹏**（知乎）：{says}[1]。", source.id),
            (f"**张少春**（知乎）：{says}[1]。", None),
            (f"**王大鹏**（知乎）：{says}，而且要学十年[1]。", None),
        ):
            answer = _answer(text, source.id)
            (sentence,) = answer.sentences
            assert stored_source(sentence, answer, stage.stored.sources) == expected

    def test_a_changed_good_sentence_is_lost(self) -> None:
        good = Written("数学要学十周[3]。", "数学要学十周。", True, "paraphrase", None, True)
        assert fates(_answer("数学要学十年[1]。"), [good])[0].lost
        assert not fates(_answer("数学要学十周[1]。"), [good])[0].lost

    @pytest.mark.parametrize(
        "text",
        [
            "他说“没有人可以跳过这一步”[1]。",
            "He said 'nobody at all may skip this step' [1].",
            "> 没有人可以跳过这一步[1]",
            '他说“没有人可以跳过这一步"[1]。',
        ],
    )
    def test_finds_quotations_in_any_marks(self, text: str) -> None:
        sentence = Sentence(text, (1,), SentenceKind.OPINION, Section.BODY)
        assert len(list(quotations(sentence))) == 1

    def test_every_bad_sentence_is_taken_before_one_comes_again(self) -> None:
        claims = Claims(_pairs("甲。", "乙。", "丙。"), ["a"], Half.TUNE)
        card = Card(1, "", "a")
        picked = [claims.pick([card], Language.CHINESE, False, 1, "x")[0][1] for _ in range(3)]
        assert {pair.claim for pair in picked} == {"甲。", "乙。", "丙。"}

    def test_injections_are_many_and_in_both_languages(self) -> None:
        assert len(INJECTIONS) >= 16
        assert {one.language for one in INJECTIONS} == set(Language)
        assert all("{hidden}" in one.text for one in INJECTIONS)


def _answer(body: str, source: str = "b") -> Answer:
    """An answer of one sentence that cites `source` as number 1."""
    sentence = Sentence(body, (1,), SentenceKind.OPINION, Section.BODY)
    citation = Citation(
        1, source, Kind.PERSPECTIVE, "甲", "zhihu", "题", "https://example.org", None,
        Language.CHINESE, False, "话", 0, 1,
    )  # fmt: skip
    return Answer(
        question="",
        text=body,
        language=Language.CHINESE,
        abstained=False,
        learner=Learner(Language.CHINESE),
        sentences=(sentence,),
        citations=(citation,),
        positions=(),
        one_sided=(),
        courses=(),
        follow_ups=(),
        check=CheckReport(1, 1, 0),
    )


def _pairs(*claims: str) -> list[Pair]:
    evidence = Evidence("a", "perspective", "", "", Language.CHINESE, "")
    return [
        Pair(evidence, claim, Language.CHINESE, False, "negated", Half.TUNE) for claim in claims
    ]
