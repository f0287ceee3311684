"""`tutor ask`: one question, or a file of them."""

from __future__ import annotations

from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api.cli_ask_options import (
    BatchOption,
    DirectionOption,
    ExplainOption,
    GoalOption,
    HoursOption,
    LanguageOption,
    QuestionArgument,
    WeeksOption,
)
from api.cli_options import DataOption, JsonOption, positive_number
from api.failures import FAILED, OK, error_object, guarded
from api.interface_language import interface_language, spoken_language
from api.questions import lines_of, question_from
from api.terminal import note, write_json
from corpus.errors import UsageError
from corpus.types import Bilingual

if TYPE_CHECKING:
    from api.opening import OpenedTutor
    from tutor.events import Done
    from tutor.tutor import Tutor
    from tutor.understanding import Wishes

_MOST_WEEKS = 520
_MOST_HOURS = 168
_BOTH_GIVEN = Bilingual(
    zh="--batch 从文件读取问题，命令里就不能再写问题。请去掉其中一个。",
    en="--batch reads the questions from a file, so none may be given in the command. "
    "Leave one of them out.",
)
_NO_QUESTION = Bilingual(
    zh='请在命令后写下问题，例如：tutor ask "学深度学习要先学机器学习吗？"',
    en="Write your question after the command, for example: "
    'tutor ask "Do I need machine learning before deep learning?"',
)


def ask(  # noqa: PLR0913, PLR0917 - the options of the command
    question: QuestionArgument = None,
    goal: GoalOption = None,
    direction: DirectionOption = None,
    weeks: WeeksOption = None,
    hours: HoursOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
    explain: ExplainOption = False,
    batch: BatchOption = None,
    data: DataOption = None,
) -> None:
    """Answer a question, or every line of a file."""

    def work() -> int:
        from tutor.question import readable_question
        from tutor.understanding import Wishes

        wishes = Wishes(
            goal=goal,
            direction=direction,
            weeks=positive_number("--weeks", weeks, _MOST_WEEKS),
            hours_per_week=positive_number("--hours", hours, _MOST_HOURS),
            language=language,
        )
        if batch is not None and question is not None:
            raise UsageError(_BOTH_GIVEN)
        if batch is not None:
            return _many(batch, wishes, data, explain=explain)
        if question is None:
            raise UsageError(_NO_QUESTION)
        asked = readable_question(question_from(question))
        return _one(asked, wishes, data, as_json=as_json, explain=explain)

    raise typer.Exit(guarded(work, language or spoken_language(question)))


def _one(question: str, wishes: Wishes, data: Path | None, *, as_json: bool, explain: bool) -> int:
    from api.opening import opened_tutor

    with opened_tutor(data, wishes.language or spoken_language(question)) as opened:
        if as_json:
            done = opened.run(_asked(opened.tutor, question, wishes))
            write_json(_object(done, explain=explain))
        else:
            _streamed(opened, question, wishes, explain=explain)
    return OK


def _streamed(opened: OpenedTutor, question: str, wishes: Wishes, *, explain: bool) -> None:
    from api.answer_view import below_text
    from api.explain_view import explain_page
    from api.stream_answer import answer_stream, show_answer

    with answer_stream() as stream:
        done = opened.run(show_answer(opened.tutor.ask(question, wishes), stream))
        stream.finish([*below_text(done.answer), *(explain_page(done) if explain else ())])


def _many(file: str, wishes: Wishes, data: Path | None, *, explain: bool) -> int:
    """One JSON a line for each line of `file`; FAILED when one of them is an error."""
    from api.opening import opened_tutor

    language = wishes.language or interface_language()
    failed = False
    with opened_tutor(data, language) as opened:
        for number, line in enumerate(lines_of(file), start=1):
            try:
                if isinstance(line, UsageError):
                    raise line
                done = opened.run(_asked(opened.tutor, line, wishes))
                answered = {"line": number, **_object(done, explain=explain)}
                write_json(answered, indent=None)
            except BrokenPipeError:
                raise
            except Exception as error:  # noqa: BLE001 - one bad line must not stop the others
                failed = True
                spoken = language if isinstance(line, UsageError) else spoken_language(line)
                said = error_object(error, wishes.language or spoken)
                write_json({"error": said, "line": number}, indent=None)
    return FAILED if failed else OK


async def _asked(tutor: Tutor, question: str, wishes: Wishes) -> Done:
    from tutor.events import Done, Notice

    async with aclosing(tutor.ask(question, wishes)) as events:
        async for event in events:
            if isinstance(event, Notice):
                note(event.message.text(wishes.language or spoken_language(question)))
            if isinstance(event, Done):
                return event
    raise AssertionError("ask always ends with Done")


def _object(done: Done, *, explain: bool) -> dict[str, Any]:
    from api.answer_json import answer_object

    made = answer_object(done.answer)
    if explain:
        from api.explain_json import explain_object

        made["explain"] = explain_object(done.trace)
    return made
