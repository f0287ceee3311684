"""Answers by a scripted model: how a test says what the model writes about which source."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from langchain_core.messages import BaseMessage
from scripted_model import Reply, ScriptedModel

from corpus.course_files import BUNDLED_COURSES
from corpus.embedding import Embedder
from corpus.index import Index
from corpus.perspective_files import BUNDLED_PERSPECTIVES
from corpus.types import Bilingual
from ingest.bundled import bundled_documents
from ingest.pipeline import ingest
from tutor.answer import Answer
from tutor.checking.remembering_embedder import RememberingEmbedder
from tutor.conversation import NEW_CONVERSATION, Conversation
from tutor.events import Done, Event, Notice, SentenceReady
from tutor.examples import load_examples
from tutor.model.language_model import LanguageModel
from tutor.tutor import Authors, Tutor

TODAY = date(2026, 11, 21)
THESIS = "学深度学习要先学机器学习吗？我只是做毕设"
WANG = "精神抖擞王大鹏"
TRAVELLER = "时间旅客"
# Few enough that the model is given all of them, whoever else is bundled.
SOURCES = (
    BUNDLED_PERSPECTIVES / "wang-dapeng-start-now.md",
    BUNDLED_PERSPECTIVES / "shijian-lvke-one-project.md",
    BUNDLED_PERSPECTIVES / "lyon-entering-the-field.md",
    BUNDLED_PERSPECTIVES / "zhang-shaochun-papers.md",
    BUNDLED_PERSPECTIVES / "xin-junbo-overfitting.md",
    BUNDLED_COURSES / "d2l.yaml",
)


@contextmanager
def few_sources(directory: Path, embedder: Embedder) -> Iterator[Index]:
    """An index of `SOURCES` and no others, in `directory`."""
    rooms = [directory / room.name for room in (BUNDLED_PERSPECTIVES, BUNDLED_COURSES)]
    for room in rooms:
        room.mkdir()
    for source in SOURCES:
        shutil.copy(source, directory / source.parent.name)
    with Index.open(directory / "data", embedder) as index:
        ingest(index, embedder, bundled_documents(*rooms))
        yield index


def numbered(messages: Sequence[BaseMessage]) -> dict[str, int]:
    """The number of each author in the sources that the model was given."""
    text = str(messages[-1].content)
    found = re.findall(r"^\[(\d+)\] (?:作者：|Author: )([^｜|\n]+)", text, re.MULTILINE)
    return {name.strip(): int(number) for number, name in found}


def writing(template: str, *repairs: str | Exception) -> ScriptedModel:
    """A model that writes `template`, with "[王大鹏的名字]" replaced by that author's number, and
    answers requests for repairs with `repairs` in their order."""
    waiting = list(repairs)

    def answer(messages: Sequence[BaseMessage]) -> str | Exception:
        numbers = numbered(messages)
        if is_repair(messages):
            reply = waiting.pop(0) if waiting else "DROP"
            return reply if isinstance(reply, Exception) else filled(reply, numbers)
        return filled(template, numbers)

    return ScriptedModel(answer=answer)


def filled(template: str, numbers: dict[str, int]) -> str:
    """`template` with "[name]" replaced by "[number]"."""
    for name, number in numbers.items():
        template = template.replace(f"[{name}]", f"[{number}]")
    return template


def is_repair(messages: Sequence[BaseMessage]) -> bool:
    """Whether the model is asked to correct a sentence."""
    return "DROP" in str(messages[0].content)


@dataclass
class Told:
    """What came out of a question: the events, the answer and the words of its notices."""

    events: list[Event]
    model: ScriptedModel
    answer: Answer = field(init=False)
    dropped: dict[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        done = self.events[-1]
        assert isinstance(done, Done)
        self.answer = done.answer
        self.dropped = dict(done.trace.dropped)

    @property
    def streamed(self) -> str:
        """The text as a door puts it together while it comes."""
        ready = [event.sentence for event in self.events if isinstance(event, SentenceReady)]
        return "".join(sentence.before + sentence.text for sentence in ready)

    @property
    def notices(self) -> list[Bilingual]:
        """What the tutor said about the answer."""
        return [event.message for event in self.events if isinstance(event, Notice)]


class Asking:
    """Asks a tutor whose answers a scripted model writes."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        self.index = index
        self._embedder = RememberingEmbedder(embedder)
        self._examples = load_examples(embedder)

    def tutor(self, model: ScriptedModel, *, judge: bool = False) -> Tutor:
        """A tutor with `model`; whoever asks for it closes it."""
        authors = Authors(LanguageModel(model, name="scripted", timeout=20), judge)
        return Tutor(
            self.index, self._embedder, self._examples, authors=authors, today=lambda: TODAY
        )

    async def ask(
        self,
        model: ScriptedModel | str | Reply | Callable[[Sequence[BaseMessage]], object],
        question: str = THESIS,
        conversation: Conversation = NEW_CONVERSATION,
        *,
        judge: bool = False,
    ) -> Told:
        """The answer to `question` when the model writes what `model` says."""
        if isinstance(model, str):
            model = writing(model)
        elif isinstance(model, Reply):
            model = ScriptedModel(replies=[model] * 9)
        elif not isinstance(model, ScriptedModel):
            model = ScriptedModel(answer=model)
        tutor = self.tutor(model, judge=judge)
        try:
            asked = tutor.ask(question, conversation=conversation)
            return Told([event async for event in asked], model)
        finally:
            tutor.close()
