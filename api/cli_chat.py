"""`tutor chat`: a conversation in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from api.cli_ask_options import GoalOption, LanguageOption
from api.cli_help import both
from api.cli_options import DataOption
from api.failures import guarded
from api.interface_language import interface_language
from corpus.errors import UsageError
from corpus.types import Bilingual, Goal, Language

if TYPE_CHECKING:
    from api.chat_actions import ChatActions
    from api.chat_reader import Reader
    from api.chat_session import ChatSession
    from api.opening import OpenedTutor

T = TypeVar("T")

ResumeOption = Annotated[
    bool,
    typer.Option("--resume", help=both("继续最近的对话", "go on with the last conversation")),
]
IdArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]",
        help=both("与 --resume 一起：继续哪一个对话", "with --resume: which conversation"),
    ),
]
_NOT_A_QUESTION = Bilingual(
    zh="tutor chat 后面不写问题，进去再问；继续以前的对话用 --resume。"
    '只问一个问题用：tutor ask "…"',
    en="tutor chat takes no question: ask inside. To go on with an earlier conversation add "
    '--resume; for a single question use: tutor ask "…"',
)


def chat(
    conversation: IdArgument = None,
    resume: ResumeOption = False,
    goal: GoalOption = None,
    language: LanguageOption = None,
    data: DataOption = None,
) -> None:
    """A conversation, remembered until it is erased."""

    def work() -> None:
        if conversation is not None and not resume:
            raise UsageError(_NOT_A_QUESTION)
        from api.chat_loop import converse

        with _chatting(data, goal, language) as (session, reader, actions):
            if resume:
                actions.go_on(conversation)
            converse(session, reader, actions)

    raise typer.Exit(guarded(work, language or interface_language()))


@contextmanager
def _chatting(
    data: Path | None, goal: Goal | None, language: Language | None
) -> Iterator[tuple[ChatSession, Reader, ChatActions]]:
    """Everything a chat needs, with the person greeted."""
    from api.chat_actions import ChatActions
    from api.chat_fields import GOAL
    from api.chat_memory import ChatMemory
    from api.chat_profile import changed
    from api.chat_session import ChatSession
    from api.chat_views import greeting
    from api.memory import open_memory
    from api.opening import opened_tutor
    from api.pages import print_page
    from tutor.learner import Learner

    spoken = language or interface_language()
    with (
        opened_tutor(data, spoken) as opened,
        _entered(opened, open_memory(opened.settings)) as store,
    ):
        memory = ChatMemory(store, opened.settings.data)
        session = ChatSession(opened.tutor, memory, wished=language, spoken=spoken)
        reader = _reader(opened.settings.data, session)
        known = opened.run(memory.learner())
        if goal is not None:
            known = changed(known or Learner(spoken), GOAL, goal)
            opened.run(session.set_learner(known))
        if reader.interactive:
            print_page(greeting(known, opened.model_name, spoken))
        yield session, reader, ChatActions(session, reader, opened.run)


@contextmanager
def _entered(opened: OpenedTutor, context: AbstractAsyncContextManager[T]) -> Iterator[T]:
    """`context` entered and left in the event loop of the chat."""
    value = opened.run(context.__aenter__())
    try:
        yield value
    finally:
        opened.run(context.__aexit__(None, None, None))


def _reader(directory: Path, session: ChatSession) -> Reader:
    if sys.stdin and sys.stdin.isatty() and sys.stdout.isatty():
        from api.chat_prompt import TerminalReader

        return TerminalReader(directory, lambda: session.language)
    from api.chat_reader import PipeReader

    return PipeReader(lambda: session.language)
