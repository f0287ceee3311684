"""Scripted writers: good, bad and mixed ones, who remember what they wrote."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from langchain_core.messages import BaseMessage
from writer_claims import Claims
from writer_misdeeds import MISDEEDS, Misdeed
from writer_prompts import CardReader, Prompt, Task

from corpus.types import Bilingual, Language

UNREADABLE = "?"
EAGER = '{"in_scope": true, "goal": "job", "topics": ["ml-before-dl"]}'
_END = re.compile(r"[。.！!？?]+$")
_PLAIN = Bilingual(zh="先把基础学好", en="Learn the foundations first")
_LAST_LETTER = "\uffff"  # what follows are emoji and the like
_ABSENT = 88  # a number that no source has


class Manner(StrEnum):
    """How a scripted writer writes."""

    GOOD = "good"
    BAD = "bad"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence, or block, of a scripted writer; `source` is the one it cites, if any.

    `kind` is the change of a labelled claim or the kind of a misdeed; `claim` the sentence as
    labelled, without a marker.
    """

    text: str
    claim: str
    good: bool
    kind: str
    source: str | None
    labelled: bool


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many sentences of each kind a manner of writing asks for."""

    good: int
    bad: int
    misdeeds: int
    foreign: int


AMOUNTS = {
    Manner.GOOD: Amounts(good=10, bad=0, misdeeds=0, foreign=0),
    Manner.BAD: Amounts(good=0, bad=12, misdeeds=6, foreign=1),
    Manner.MIXED: Amounts(good=6, bad=6, misdeeds=2, foreign=0),
}


class ScriptedWriter:
    """Answers one question in one `manner`; call it with the messages of each request.

    `turn` rotates through the misdeeds. Asked to repair a bad sentence it gives the same one again
    or another bad one; asked to judge, it approves; asked what it reads in a message, it gives
    `reading`.
    """

    def __init__(
        self,
        reader: CardReader,
        claims: Claims,
        manner: Manner,
        seed: str,
        turn: int = 0,
        reading: str = UNREADABLE,
    ) -> None:
        self.prompts: list[Prompt] = []
        self.written: list[Written] = []
        self.repairs: list[Written] = []
        self._reader = reader
        self._claims = claims
        self._manner = manner
        self._seed = seed
        self._turn = turn
        self._reading = reading
        self._random = random.Random(seed)

    def __call__(self, messages: Sequence[BaseMessage]) -> str:
        """The reply to `messages`."""
        prompt = self._reader.read(messages)
        self.prompts.append(prompt)
        match prompt.task:
            case Task.ANSWER:
                return self._answer(prompt)
            case Task.REPAIR:
                return self._repair(prompt)
            case Task.JUDGE:
                return '{"supported": true}'
            case Task.READ:
                return self._reading

    def _answer(self, prompt: Prompt) -> str:
        amounts = AMOUNTS[self._manner]
        written = self._labelled(prompt, supported=True, most=amounts.good)
        written += self._labelled(prompt, supported=False, most=amounts.bad)
        written += self._foreign(prompt, amounts.foreign)
        self._random.shuffle(written)
        for misdeed in self._misdeeds(amounts.misdeeds):
            written.append(self._misdeed(prompt, misdeed))
        self.written = written
        return self._laid_out(written, prompt.language)

    def _labelled(self, prompt: Prompt, *, supported: bool, most: int) -> list[Written]:
        language = prompt.language
        picked = self._claims.pick(prompt.cards, language, supported, most, self._seed)
        return [
            Written(
                self._marked(pair.claim, card.number, language),
                pair.claim,
                supported,
                pair.change,
                card.source,
                labelled=True,
            )
            for card, pair in picked
        ]

    def _foreign(self, prompt: Prompt, most: int) -> list[Written]:
        """True sentences in the language that was not asked for."""
        other = next(each for each in Language if each is not prompt.language)
        picked = self._claims.pick(prompt.cards, other, True, most, self._seed)
        return [
            Written(
                self._marked(pair.claim, card.number, other),
                pair.claim,
                False,
                "other language",
                card.source,
                labelled=False,
            )
            for card, pair in picked
        ]

    def _misdeeds(self, most: int) -> list[Misdeed]:
        first = self._turn * most
        chosen = [MISDEEDS[(first + offset) % len(MISDEEDS)] for offset in range(most)]
        return sorted(chosen, key=lambda one: one is MISDEEDS[-1])

    def _misdeed(self, prompt: Prompt, misdeed: Misdeed) -> Written:
        language = prompt.language
        good = self._claims.pick(prompt.cards, language, True, 1, self._seed)
        card = good[0][0] if good else self._random.choice(prompt.cards)
        words = good[0][1].claim if good else _PLAIN.text(language)
        text = misdeed.text.text(language).format(
            n=card.number,
            k=self._random.choice(prompt.cards).number,
            m=_ABSENT,
            good=_END.sub("", words),
            rules=prompt.rules,
        )
        return Written(text, text, False, misdeed.kind, card.source, labelled=False)

    def _repair(self, prompt: Prompt) -> str:
        before = next((one for one in self.written if _is_piece(prompt.sentence, one)), None)
        if before is None or before.good or not prompt.cards or self._random.random() < 0.5:
            return prompt.sentence
        others = self._labelled(prompt, supported=False, most=1)
        self.repairs += others
        return others[0].text if others else prompt.sentence

    def _marked(self, claim: str, number: int, language: Language) -> str:
        """`claim` with its marker before or after the full stop, as models have it."""
        end = _END.search(claim)
        gap = "" if language is Language.CHINESE else " "
        if end is None or self._random.random() < 0.25:
            return f"{claim}{gap}[{number}]"
        return f"{claim[: end.start()]}{gap}[{number}]{end.group()}"

    def _laid_out(self, written: Sequence[Written], language: Language) -> str:
        if self._random.random() < 0.4:
            return "\n".join(
                one.text if "\n" in one.text or one.text[0] in ">|" else f"- {one.text}"
                for one in written
            )
        text = ""
        for one in written:
            block = "\n" in one.text or one.text[:1] in ">|<!" or one.text[-1] > _LAST_LETTER
            gap = "" if one.text.endswith("。") else " "
            text += f"\n\n{one.text}\n\n" if block else f"{one.text}{gap}"
        return text


def _is_piece(sentence: str, written: Written) -> bool:
    return bool(sentence) and sentence.strip("- ") in written.text
