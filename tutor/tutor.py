"""The journey of a question, from its words to a checked answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from corpus.embedding import Embedder
from corpus.index import Index
from corpus.types import Course, Kind
from tutor.answer import Answer, Section, Writer
from tutor.answering import Authorship, finished, trace
from tutor.checking.evidence_windows import EvidenceFinder
from tutor.checking.remembering_embedder import RememberingEmbedder
from tutor.composed_answer import compose
from tutor.conversation import NEW_CONVERSATION, Conversation
from tutor.events import Done, Event, LearnerUnderstood, Notice, SentenceReady, SourcesFound
from tutor.examining import Assistant
from tutor.examples import Examples
from tutor.follow_ups import abstention, courtesy, study_reply
from tutor.grounds import Grounds, grounds
from tutor.listening import Heard, listen, reheard
from tutor.material import Material, gather
from tutor.model.language_model import LanguageModel
from tutor.model.usage import UsageMeter
from tutor.model_understanding import ReadMessage, read_message
from tutor.model_writer import Assignment, ModelWriter
from tutor.plan_drawing import drawing_for
from tutor.plan_place import PlanPlace
from tutor.question import readable_question
from tutor.reading import readings
from tutor.retrieval import Retrieved, retrieve, united
from tutor.study_report import StudyReport, study_report
from tutor.threads import Threads
from tutor.turns.continuing import Act
from tutor.turns.study_talk import StudyTalk, asks_what_is_next, study_talk
from tutor.understanding import GENERAL_TOPICS, Wishes, with_likely_goal
from tutor.writing import Writing


@dataclass(frozen=True, slots=True)
class Authors:
    """Who may write: a language model, or the composer alone where it is None.

    `judge` lets the model judge each of its sentences after the check by rules.
    """

    model: LanguageModel | None = None
    judge: bool = False


class Tutor:
    """Answers questions from an index. One instance serves many questions at a time.

    Embedding, search and the check run in a small pool of threads; `close` ends it.
    """

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        examples: Examples,
        *,
        authors: Authors = Authors(),
        today: Callable[[], date] = date.today,
        threads: int = 2,
    ) -> None:
        self._index = index
        self._embedder = RememberingEmbedder(embedder)
        self._finder = EvidenceFinder(self._embedder)
        self._examples = examples
        self._authors = authors
        self._today = today
        self._threads = Threads(threads)
        self._run = self._threads.run

    def close(self) -> None:
        """Wait for running work and end the threads."""
        self._threads.close()

    async def answer(
        self,
        question: str,
        wishes: Wishes | None = None,
        conversation: Conversation = NEW_CONVERSATION,
    ) -> Answer:
        """The whole answer to `question`; raises what `ask` raises."""
        async for event in self.ask(question, wishes, conversation):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("ask always ends with Done")

    async def ask(
        self,
        question: str,
        wishes: Wishes | None = None,
        conversation: Conversation = NEW_CONVERSATION,
    ) -> AsyncGenerator[Event]:
        """Answer `question`; what the learner set in `wishes` wins over what the words tell.

        Raises UsageError for an empty or overlong question and StoreError when the index fails.
        A language model that fails raises nothing: the composer answers, and a Notice says so.
        """
        clock, meter = _Clock(), UsageMeter()
        heard = await self._run(listen, readable_question(question), wishes, conversation)
        heard, ground = await self._ground(heard, wishes, conversation, meter)
        clock.lap("retrieve")
        understanding = ground.understanding
        yield LearnerUnderstood(understanding.learner, understanding.question, heard.changed)
        report = await self._run(self._reported, heard, ground, conversation)
        if report or heard.act is Act.SMALL_TALK or not ground.answerable:
            for event in _without_sources(heard, ground, report, clock):
                yield event
            return
        material = await self._run(self._gather, ground)
        writing = await self._run(
            self._writing, material, replace(heard, understanding=understanding), conversation
        )
        clock.lap("select")
        yield SourcesFound(readings(tuple(writing.sources.values())))
        assignment = Assignment(understanding, heard.said, conversation)
        async with aclosing(self._write(writing, assignment, meter)) as written:
            async for event in written:
                if isinstance(event, Notice):
                    writing.notices.append(event.message)
                yield event
        clock.lap("write")
        authorship = self._authorship(writing, meter)
        answer = finished(heard.said, ground, writing, authorship, clock.timings())
        yield Done(answer, trace(ground, writing))

    async def _ground(
        self,
        heard: Heard,
        wishes: Wishes | None,
        conversation: Conversation,
        meter: UsageMeter,
    ) -> tuple[Heard, Grounds]:
        """Search while the model reads what the rules were not certain of, then weigh."""
        search = asyncio.create_task(self._retrieve(heard.understanding.text))
        read = await self._read(heard, conversation, meter)
        retrieved = await search
        in_scope = None
        if read is not None:
            before = heard.understanding.text
            heard = reheard(heard, read, wishes, conversation)
            in_scope = read.in_scope
            if heard.understanding.text != before:
                retrieved = await self._retrieve(heard.understanding.text)
            if read.translated_question:
                retrieved = united(retrieved, await self._retrieve(read.translated_question))
        likeness = self._examples.likeness(retrieved.vector)
        understanding = with_likely_goal(heard.understanding, likeness.goals)
        weigh = partial(grounds, self._index, understanding, retrieved, likeness, in_scope=in_scope)
        return heard, await self._run(weigh)

    async def _retrieve(self, text: str) -> Retrieved:
        return await self._run(retrieve, self._index, self._embedder, text)

    async def _read(
        self, heard: Heard, conversation: Conversation, meter: UsageMeter
    ) -> ReadMessage | None:
        """What the model reads in the message; None where the rules suffice or no model is."""
        model = self._authors.model
        if model is None or heard.certain or not model.available():
            return None
        return await read_message(model, meter, heard.said, heard.understanding, conversation)

    def _gather(self, ground: Grounds) -> Material:
        return gather(
            self._index,
            ground.understanding,
            ground.named,
            ground.topics,
            ground.retrieved,
            ground.plan,
        )

    def _writing(self, material: Material, heard: Heard, conversation: Conversation) -> Writing:
        courses = [c for c in self._index.sources(kind=Kind.COURSE) if isinstance(c, Course)]
        progress, draw = conversation.progress, None
        is_next = progress is not None and asks_what_is_next(heard.said)
        main = material.topics[0].topic if material.topics else None
        if material.plan is not None:
            draw = drawing_for(self._index, heard.understanding, progress)
        elif not (is_next or {main, *heard.understanding.topics} & set(GENERAL_TOPICS)):
            progress = None
        first = is_next if material.plan is None else material.plan is PlanPlace.FIRST
        today = self._today()
        return Writing(material, courses, self._embedder, today, draw, progress, plan_first=first)

    def _reported(
        self, heard: Heard, ground: Grounds, conversation: Conversation
    ) -> StudyReport | None:
        """What to say of the plan that the learner keeps, to a turn that is about nothing else."""
        progress = conversation.progress
        if progress is None:
            return None
        talk = study_talk(heard.said)
        if talk is None and not ground.answerable and asks_what_is_next(heard.said):
            talk = StudyTalk(asks=True)
        if talk is None:
            return None
        planned = {
            step.course for week in progress.plan.weeks for step in week.steps if step.course
        }
        courses = [c for c in self._index.sources(planned) if isinstance(c, Course)]
        return study_report(talk, heard.said, progress, courses, heard.understanding.language)

    async def _write(
        self, writing: Writing, assignment: Assignment, meter: UsageMeter
    ) -> AsyncGenerator[SentenceReady | Notice]:
        model = self._authors.model
        if model is None:
            for composed in await self._run(lambda: list(compose(writing))):
                yield composed
            return
        writer = ModelWriter(self._finder, self._threads)
        assistant = Assistant(model, meter, self._authors.judge)
        async with aclosing(writer.write(writing, assignment, assistant)) as events:
            async for event in events:
                yield event

    def _authorship(self, writing: Writing, meter: UsageMeter) -> Authorship:
        model = self._authors.model
        printed = sum(draft.section is Section.BODY for draft in writing.page.drafts)
        wrote = printed > writing.reworded
        return Authorship(
            writer=Writer.MODEL if wrote else Writer.COMPOSER,
            model=model.name if model and wrote else None,
            usage=meter.usage(),
            notices=tuple(writing.notices),
        )


def _without_sources(
    heard: Heard, ground: Grounds, report: StudyReport | None, clock: _Clock
) -> Iterator[Event]:
    """The events of a reply that no source is needed for."""
    understanding = ground.understanding
    if report is not None:
        reply = study_reply(understanding, report)
    elif heard.act is Act.SMALL_TALK:
        reply = courtesy(understanding, ground.likeness)
    else:
        reply = abstention(understanding, ground.likeness)
    answer = replace(
        reply,
        question=heard.said,
        asked=understanding.question,
        timings_ms=clock.timings(),
    )
    yield SourcesFound(())
    for sentence in answer.sentences:
        yield SentenceReady(sentence, ())
    yield Done(answer, trace(ground, None))


class _Clock:
    """Milliseconds between the laps of one answer."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name] = round((now - self._last) * 1000, 1)
        self._last = now

    def timings(self) -> dict[str, float]:
        return {**self._laps, "total": round((time.perf_counter() - self._start) * 1000, 1)}
