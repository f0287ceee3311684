"""What the commands of the chat do."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final, Protocol, TypeVar

from api.blocks import Line, Lines, Tone
from api.chat_answer_view import plan_page, sources_page
from api.chat_choosing import chosen
from api.chat_commands import Command
from api.chat_export import written_export
from api.chat_fields import GOAL
from api.chat_plan_view import kept_plan_page
from api.chat_profile import changed, edited, parsed
from api.chat_reader import Reader
from api.chat_session import ChatSession
from api.chat_views import conversation_list, goal_page, help_page, profile_page, resumed
from api.chat_why import why_page
from api.pages import print_page
from api.stream_answer import answer_stream
from api.terminal import note
from corpus.errors import UsageError
from corpus.types import Bilingual, Goal, Topic
from tutor.learner import Learner
from tutor.memory.records import ConversationHead
from tutor.phrases import goal_name, topic_question

T = TypeVar("T")

_OFF: Final = ("off", "none", "无", "没有", "取消", "清除")
_YES: Final = ("y", "yes", "是", "是的", "确定", "好")
_NOT_KEPT = Bilingual(zh="这次问答没有保存。{reason}", en="This turn was not kept. {reason}")
_GOAL_SET = Bilingual(zh="目标改为「{goal}」。", en="Your goal is now: {goal}.")
_GOAL_OFF = Bilingual(zh="不再假定任何目标。", en="No goal is assumed any longer.")
_AGAIN = Bilingual(zh="重答：{question}", en="Once more: {question}")
_NO_ANSWER = Bilingual(
    zh="还没有回答可以说明。先问一个问题。", en="There is no answer to explain yet. Ask first."
)
_NEW = Bilingual(
    zh="新对话开始了。你的情况还记得（/profile），之前说的话不再影响回答。",
    en="A new conversation. What is known of you stays (/profile); what was said before no "
    "longer counts.",
)
_SURE = Bilingual(
    zh="这会删除记下的你的情况、全部对话和输入历史，不能恢复。确定请输入 yes：",
    en="This erases your profile, all conversations and what you typed, for good. "
    "Type yes to go on:",
)
_FORGOTTEN = Bilingual(
    zh="都删除了。现在你对我来说是一个新的人。",
    en="All of it is erased. To me you are somebody new now.",
)
_STILL_THERE = Bilingual(zh="什么都没有删除。", en="Nothing was erased.")
_WHICH = Bilingual(zh="继续哪一个？输入序号：", en="Which one? Type its number:")
_EXPORTED = Bilingual(zh="已存到 {file}", en="Saved to {file}")


class Run(Protocol):
    """Runs a coroutine to its end in the event loop of the chat."""

    def __call__(self, work: Coroutine[Any, Any, T]) -> T: ...


class ChatActions:
    """Does what a line of the chat asks for, and prints what comes of it."""

    def __init__(self, session: ChatSession, reader: Reader, run: Run) -> None:
        self._session = session
        self._reader = reader
        self._run = run
        self._actions: dict[Command, Callable[[str], None]] = {
            Command.HELP: lambda _: print_page(help_page(session.language)),
            Command.GOAL: self._goal,
            Command.PROFILE: self._profile,
            Command.SOURCES: self._sources,
            Command.PLAN: self._plan,
            Command.WHY: self._why,
            Command.NEW: self._new,
            Command.RESUME: self._resume,
            Command.EXPORT: self._export,
            Command.FORGET: self._forget,
        }

    def do(self, command: Command, words: str) -> None:
        """Does `command`; raises XianhouError."""
        self._actions[command](words)

    def ask(self, question: str, goal: Goal | None = None) -> None:
        """Answers `question`; raises what `ChatSession.ask` raises."""
        with answer_stream() as stream:
            failure = self._run(self._session.ask(question, stream, goal=goal))
        if failure is not None:
            language = self._session.language
            note(_NOT_KEPT.text(language).format(reason=failure.text(language)))
        elif news := self._session.plan_news:
            print_page([Lines((Line(news.text(self._session.language), Tone.STRONG),))])

    def go_on(self, id: str | None) -> None:
        """Goes on with the conversation `id`, the newest one for None; UsageError if none."""
        heads = self._run(self._session.memory.conversations())
        if heads or id is not None:
            self._go_on(heads[0] if id is None else chosen(heads, id))
        else:
            print_page(conversation_list(heads, self._session.language))

    def _goal(self, words: str) -> None:
        learner = self._learner()
        if not words:
            print_page(goal_page(learner, self._session.language))
            return
        goal = None if words.casefold() in _OFF else Goal(str(parsed(GOAL, words)))
        self._run(self._session.set_learner(changed(learner, GOAL, goal)))
        if goal is None:
            self._say(_GOAL_OFF)
        else:
            self._say(_GOAL_SET, goal=goal_name(goal).text(self._session.language))
        if self._session.last is not None:
            question = self._session.last.answer.question
            self._say(_AGAIN, question=question)
            self.ask(question, goal)

    def _profile(self, words: str) -> None:
        if words:
            self._run(self._session.set_learner(edited(self._learner(), words)))
        known = self._run(self._session.memory.learner())
        print_page(profile_page(known, self._session.language))

    def _sources(self, words: str) -> None:
        last = self._session.last
        print_page(sources_page(last.answer if last else None, words, self._session.language))

    def _plan(self, words: str) -> None:  # noqa: ARG002 - takes no words
        if kept := self._run(self._session.memory.plan()):
            print_page(kept_plan_page(kept, self._session.language))
            return
        last = self._session.last
        page = tuple(plan_page(last.answer)) if last else ()
        if page:
            print_page(page)
            return
        topic = Topic.STUDY_ORDER if self._learner().weeks is None else Topic.TIME_PLAN
        self.ask(topic_question(topic).text(self._session.language))

    def _why(self, words: str) -> None:  # noqa: ARG002 - takes no words
        last = self._session.last
        if last is None:
            raise UsageError(_NO_ANSWER)
        print_page(why_page(last.answer, last.trace, self._session.language))

    def _new(self, words: str) -> None:  # noqa: ARG002 - takes no words
        self._session.start_new()
        self._say(_NEW)

    def _resume(self, words: str) -> None:
        language = self._session.language
        heads = self._run(self._session.memory.conversations())
        if not words or not heads:
            print_page(conversation_list(heads, language))
            words = self._reader.reply(_WHICH.text(language)).strip() if heads else ""
        if words:
            self._go_on(chosen(heads, words))

    def _go_on(self, head: ConversationHead) -> None:
        self._run(self._session.resume(head))
        print_page([Lines((resumed(head, self._session.language),))])

    def _export(self, words: str) -> None:
        export = self._run(self._session.memory.export())
        file = written_export(export, words, self._session.language)
        self._say(_EXPORTED, file=str(file))

    def _forget(self, words: str) -> None:  # noqa: ARG002 - takes no words
        reply = self._reader.reply(_SURE.text(self._session.language))
        if reply.strip().casefold() not in _YES:
            self._say(_STILL_THERE)
            return
        self._run(self._session.forget())
        self._reader.forget()
        self._say(_FORGOTTEN)

    def _learner(self) -> Learner:
        known = self._run(self._session.memory.learner())
        return known or Learner(self._session.language)

    def _say(self, text: Bilingual, **parts: str) -> None:
        said = text.text(self._session.language).format(**parts)
        print_page([Lines((Line(said, Tone.STRONG),))])
