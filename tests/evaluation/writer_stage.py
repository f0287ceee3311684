"""The tutor with a language model that is watched: what it is asked, and when its words come."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from langchain_core.messages import BaseMessage

from api.settings import Settings
from api.wiring import open_embedder, open_index, open_tutor
from corpus.types import Language, Perspective, Position, Source, Topic
from ingest.finding import find
from ingest.pipeline import ingest
from tutor.answer import Answer, Section
from tutor.events import Done, Event, SentenceReady
from tutor.model.language_model import LanguageModel
from tutor.tutor import Tutor

sys.path.append(str(Path(__file__).parents[1] / "tutor"))

from scripted_model import ScriptedModel

Script = Callable[[Sequence[BaseMessage]], str]


class WatchedModel:
    """A language model that notes its calls and when the first token of an answer came."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.calls: list[str] = []
        self.first_token: float | None = None
        self.said = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def forget(self) -> None:
        """Begin the notes on the next answer."""
        self.calls, self.first_token, self.said = [], None, ""

    async def stream(self, messages: Any, meter: Any) -> AsyncGenerator[str, None]:
        """See `LanguageModel.stream`."""
        self.calls.append("stream")
        async with aclosing(self._model.stream(messages, meter)) as tokens:
            async for token in tokens:
                if self.first_token is None:
                    self.first_token = time.perf_counter()
                self.said += token
                yield token

    async def text(self, messages: Any, meter: Any, **options: Any) -> str:
        """See `LanguageModel.text`."""
        self.calls.append("text")
        return await self._model.text(messages, meter, **options)

    async def structured(self, messages: Any, schema: Any, meter: Any) -> Any:
        """See `LanguageModel.structured`."""
        self.calls.append("structured")
        return await self._model.structured(messages, schema, meter)


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer with all its events, the calls made for it, and the seconds from the model's first
    token to its first checked sentence, None where none was printed."""

    answer: Answer
    events: tuple[Event, ...]
    calls: tuple[str, ...]
    said: str
    first_sentence: float | None


@dataclass(frozen=True, slots=True)
class Stored:
    """All sources by id, and what `evaluation_metrics.Sources` asks of them."""

    sources: Mapping[str, Source]

    def positions(self, topic: Topic) -> list[tuple[str, Position]]:
        """(source id, position) of everyone with a position on `topic`."""
        people = [one for one in self.sources.values() if isinstance(one, Perspective)]
        return [(one.id, held) for one in people for held in one.positions if held.topic is topic]

    def text(self, source_id: str, language: Language, verbatim: bool) -> str | None:
        """The stored text, or None."""
        source = self.sources.get(source_id)
        texts = source.texts if source else ()
        wanted = (t.body for t in texts if (t.language, t.verbatim) == (language, verbatim))
        return next(wanted, None)


class Player:
    """Speaks for the model what the chosen `script` says."""

    def __init__(self) -> None:
        self.script: Script | None = None

    def __call__(self, messages: Sequence[BaseMessage]) -> str:
        """The reply to `messages`."""
        assert self.script is not None, "no script was chosen"
        return self.script(messages)


class Stage:
    """A tutor over one data directory, whose model is played by one script after the other."""

    def __init__(
        self, sources: Sequence[Source], tutor: Tutor, watched: WatchedModel, player: Player
    ) -> None:
        self.stored = Stored({source.id: source for source in sources})
        self.tutor = tutor
        self._watched = watched
        self._player = player

    def play(self, script: Script | None) -> None:
        """Let `script` speak for the model from now on."""
        self._player.script = script

    async def ask(self, question: str, script: Script | None = None) -> Asked:
        """Ask while `script` speaks for the model; a real model needs none."""
        self._player.script = script
        self._watched.forget()
        events: list[Event] = []
        spoken = None
        async with aclosing(self.tutor.ask(question)) as stream:
            async for event in stream:
                events.append(event)
                if spoken is None and _by_model(event):
                    spoken = time.perf_counter()
        done = events[-1]
        assert isinstance(done, Done)
        first = self._watched.first_token
        waited = spoken - first if spoken is not None and first is not None else None
        calls = tuple(self._watched.calls)
        return Asked(done.answer, tuple(events), calls, self._watched.said, waited)

    async def first_sentence(self, question: str, script: Script) -> float | None:
        """Ask until the first checked sentence of the model is there: seconds from its first token
        to that, None where there is none."""
        self._player.script = script
        self._watched.forget()
        async with aclosing(self.tutor.ask(question)) as stream:
            async for event in stream:
                if _by_model(event):
                    assert self._watched.first_token is not None
                    return time.perf_counter() - self._watched.first_token
        return None


def _by_model(event: Event) -> bool:
    return isinstance(event, SentenceReady) and event.sentence.section is Section.BODY


@contextmanager
def opened(
    data: Path,
    *,
    documents: Path | None = None,
    rate: float = 0.0,
    real: LanguageModel | None = None,
) -> Iterator[Stage]:
    """A stage over the bundled sources in `data`, and over `documents`, wired as for the doors.

    A scripted model says `rate` tokens a second, at once for 0; a `real` one takes its place.
    """
    settings = Settings(data=data)
    embedder = open_embedder(settings)
    with open_index(settings, embedder=embedder) as index:
        if documents is not None:
            ingest(index, embedder, find([str(documents)]))
        sources = index.sources()
    player, watched = played(rate, real)
    with open_tutor(settings, embedder=embedder, model=cast("LanguageModel", watched)) as tutor:
        yield Stage(sources, tutor, watched, player)


def played(rate: float = 0.0, real: LanguageModel | None = None) -> tuple[Player, WatchedModel]:
    """A model to watch, and the player that speaks for it unless it is a `real` one."""
    player = Player()
    scripted = LanguageModel(ScriptedModel(answer=player, rate=rate), name="scripted")
    return player, WatchedModel(real or scripted)
