"""Answers made by hand, and tutors that fail or never end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from api.access.records import Scope
from api.turns import TurnEnded, TurnEvent
from corpus.types import Goal, Kind, Language, Topic
from tests.api.scripted_tutor import events_of
from tests.http.live_server import LiveServer
from tutor.answer import Answer, CheckReport, Citation, Section, Sentence, SentenceKind
from tutor.conversation import NEW_CONVERSATION, Conversation
from tutor.events import Event, Notice
from tutor.learner import Known, Learner
from tutor.understanding import Wishes

Serve = Callable[..., LiveServer]
QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"
OWN_WORDS = Citation(
    number=1,
    source_id="wang-start",
    kind=Kind.PERSPECTIVE,
    author="王一",
    platform="zhihu",
    title="学深度学习要先学机器学习吗",
    url="https://example.org/answer/1",
    published=None,
    language=Language.CHINESE,
    verbatim=True,
    quote="别等学完，\n先跑通一个模型。",
    start=10,
    end=25,
)
SUMMARY = Citation(
    number=2,
    source_id="chen-core",
    kind=Kind.PERSPECTIVE,
    author="陈晓",
    platform="zhihu",
    title="学深度学习要先学机器学习吗",
    url="https://example.org/answer/2",
    published="2018-03",
    language=Language.ENGLISH,
    verbatim=False,
    quote="He advises a small core first.",
    start=0,
    end=30,
    rendering="他建议先补一小块核心。",
    age_warning=True,
)


def chinese_answer() -> Answer:
    """A person's own words and a restatement, cited in two sentences."""
    sentences = (
        Sentence("**不用先学完**[1]。", (1,), SentenceKind.OPINION, Section.VERDICT),
        Sentence(
            "- **陈晓**（知乎）：先补一小块[2][1]。",
            (2, 1),
            SentenceKind.OPINION,
            Section.VOICES,
            before="\n\n",
        ),
    )
    return Answer(
        question=QUESTION,
        text="".join(each.before + each.text for each in sentences),
        language=Language.CHINESE,
        abstained=False,
        learner=Learner(
            Language.CHINESE,
            goal=Goal.GRADUATION_PROJECT,
            goal_known=Known.READ,
            goal_words="毕设",
        ),
        sentences=sentences,
        citations=(OWN_WORDS, SUMMARY),
        positions=(),
        one_sided=(),
        courses=(),
        follow_ups=(),
        check=CheckReport(sentences=2, supported=2, dropped=0),
        topics=(Topic.ML_BEFORE_DL,),
    )


def english_answer() -> Answer:
    """The same in English, for a learner without a goal."""
    sentence = Sentence("**Start right away** [1].", (1,), SentenceKind.OPINION, Section.VERDICT)
    return replace(
        chinese_answer(),
        text=sentence.text,
        language=Language.ENGLISH,
        learner=Learner(Language.ENGLISH),
        sentences=(sentence,),
        citations=(OWN_WORDS,),
    )


def abstention() -> Answer:
    """A question that the sources do not cover."""
    sentence = Sentence("我的来源没有谈到这个。", (), SentenceKind.INFERENCE, Section.VERDICT)
    return replace(
        chinese_answer(), text=sentence.text, abstained=True, sentences=(sentence,), citations=()
    )


def turn_of(answer: Answer, *notices: Notice) -> list[TurnEvent]:
    """What a door sees while `answer` is given."""
    return [*events_of(answer), *notices, TurnEnded(None, None, answer)]


def asked(*said: str, **more: Any) -> dict[str, Any]:
    """The body of a request in which user and assistant said this in turn."""
    roles = ("user", "assistant")
    messages = [{"role": roles[i % 2], "content": text} for i, text in enumerate(said)]
    return {"model": "xianhou", "messages": messages, **more}


def error_of(body: Mapping[str, Any]) -> tuple[str, str | None, str]:
    """Type, field and code of an error."""
    error = body["error"]
    assert error["message"]
    return error["type"], error["param"], error["code"]


def key_of(server: LiveServer) -> str:
    """A new key that may ask `server`."""
    _, token = server.run(server.services.access.create_key("tests", frozenset({Scope.ASK})))
    return str(token)


@dataclass
class FailingTutor:
    """Gives the first `events` of an answer, then fails with `error`."""

    events: int
    error: Exception

    async def ask(
        self,
        question: str,
        wishes: Wishes | None = None,
        conversation: Conversation = NEW_CONVERSATION,
    ) -> AsyncGenerator[Event]:
        """See `tutor.tutor.Tutor.ask`."""
        for event in events_of(chinese_answer())[: self.events]:
            yield event
        raise self.error


@dataclass
class EndlessTutor:
    """Gives one sentence and then no more; `broken_off` is set when it is told to stop."""

    broken_off: threading.Event = field(default_factory=threading.Event)

    async def ask(
        self,
        question: str,
        wishes: Wishes | None = None,
        conversation: Conversation = NEW_CONVERSATION,
    ) -> AsyncGenerator[Event]:
        """See `tutor.tutor.Tutor.ask`."""
        try:
            for event in events_of(chinese_answer())[:3]:
                yield event
            await asyncio.Event().wait()
        finally:
            self.broken_off.set()
