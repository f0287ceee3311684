"""The options of `tutor plan`, named as those of `tutor ask` where they mean the same."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_help import both
from corpus.types import Language
from tutor.learner import Level
from tutor.planning.types import Budget

WordsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WORDS",
        help=both(
            "用自己的话说目标、时间和基础；- 表示从标准输入读取",
            "goal, time and background in your own words; - reads them from standard input",
        ),
    ),
]
MathsOption = Annotated[
    Level | None,
    typer.Option("--maths", help=both("数学基础", "what you know of mathematics")),
]
ProgrammingOption = Annotated[
    Level | None,
    typer.Option("--programming", help=both("编程基础", "what you know of programming")),
]
MachineLearningOption = Annotated[
    Level | None,
    typer.Option("--machine-learning", help=both("机器学习基础", "what you know of ML")),
]
PlanLanguageOption = Annotated[
    Language | None,
    typer.Option(
        help=both("计划的语言（默认与你的话相同）", "of the plan (default: as you wrote)")
    ),
]
BudgetOption = Annotated[
    Budget | None,
    typer.Option(help=both("课程可以花钱，还是只要免费的", "any course, or free ones only")),
]
SwapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--swap",
        metavar="AWAY=TO",
        help=both("用课程 TO 换掉课程 AWAY，可多次", "take TO in place of AWAY; repeatable"),
    ),
]
DoneOption = Annotated[
    list[str] | None,
    typer.Option(
        "--done",
        metavar="COURSE/MODULE",
        help=both(
            "已经学完的模块，只写 COURSE 表示整门课，可多次",
            "a module you have finished, or COURSE for a whole one; repeatable",
        ),
    ),
]
MarkdownOption = Annotated[
    bool, typer.Option("--markdown", help=both("输出 Markdown 清单", "print a Markdown checklist"))
]
CalendarOption = Annotated[
    bool,
    typer.Option("--ics", help=both("输出日历文件（iCalendar）", "print a calendar (iCalendar)")),
]
StartOption = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD",
        help=both(
            "第一周从哪天开始（日历默认下周一）", "when week 1 begins (calendar: next Monday)"
        ),
    ),
]
OutputOption = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help=both("写到文件，而不是标准输出", "write to a file, not standard output"),
    ),
]
