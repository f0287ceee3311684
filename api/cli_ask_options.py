"""The options of `tutor ask`."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_help import both
from corpus.types import Direction, Goal, Language

QuestionArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="QUESTION",
        help=both("问题；- 表示从标准输入读取", "the question; - reads it from standard input"),
    ),
]
GoalOption = Annotated[Goal | None, typer.Option(help=both("你的目标", "what you learn for"))]
DirectionOption = Annotated[
    Direction | None, typer.Option(help=both("你的方向", "the field you head for"))
]
WeeksOption = Annotated[
    str | None, typer.Option(metavar="N", help=both("你有几周时间", "how many weeks you have"))
]
HoursOption = Annotated[
    str | None, typer.Option(metavar="N", help=both("每周几小时", "hours you have each week"))
]
LanguageOption = Annotated[
    Language | None,
    typer.Option(help=both("回答的语言（默认与问题相同）", "to answer in (default: as asked)")),
]
ExplainOption = Annotated[
    bool,
    typer.Option(
        "--explain",
        help=both("说明找到了什么、为何取舍", "show what was found, and why it was chosen"),
    ),
]
BatchOption = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help=both(
            "每行一个问题，每行输出一个 JSON；- 表示标准输入",
            "one question a line in, one JSON a line out; - reads standard input",
        ),
    ),
]
