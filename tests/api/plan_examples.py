"""Plans made by hand: one that covers everything, one for which the time is too short."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Bilingual, Direction, Goal, Kind, Language
from tutor.answer import Citation
from tutor.learner import Background, Known, Learner, Level
from tutor.planning.types import (
    Alternative,
    Budget,
    HoursBasis,
    Left,
    LeftOut,
    ModuleKey,
    Plan,
    PlannedModule,
    PlanRequest,
    PlanStep,
    PlanVerdict,
    PlanWeek,
    StepKind,
    Swap,
)

LEARNER = Learner(
    Language.CHINESE,
    goal=Goal.GRADUATION_PROJECT,
    goal_known=Known.READ,
    goal_words="毕设",
    direction=Direction.LANGUAGE,
    weeks=2.0,
    hours_per_week=10.0,
    background=Background(mathematics=Level.BASIC, machine_learning=Level.NONE),
)
REQUEST = PlanRequest(
    LEARNER,
    budget=Budget.FREE,
    done=frozenset({ModuleKey("d2l", "preliminaries")}),
    swaps=(Swap("andrew-ng-ml", "d2l"),),
)
_D2L = Bilingual(zh="动手学深度学习", en="Dive into Deep Learning")
_PROJECT = Bilingual(zh="跑通一个和题目有关的小模型", en="Get a small model of your topic to run")


def _person(number: int, name: str, title: str, quote: str) -> Citation:
    return Citation(
        number=number,
        source_id=f"person-{number}",
        kind=Kind.PERSPECTIVE,
        author=name,
        platform="zhihu",
        title=title,
        url=f"https://example.org/answer/{number}",
        published="2019-05" if number == 1 else None,
        language=Language.CHINESE,
        verbatim=True,
        quote=quote,
        start=0,
        end=len(quote),
        age_warning=number == 1,
    )


CITATIONS = (
    _person(1, "王一", "毕设怎么开始", "直接看动手学深度学习，边看边做。"),
    _person(2, "陈晓", "先做起来", "第一周就把别人的代码跑通。"),
    Citation(
        number=3,
        source_id="d2l",
        kind=Kind.COURSE,
        author="Aston Zhang, 李沐",
        platform="d2l.ai",
        title="动手学深度学习",
        url="https://zh.d2l.ai",
        published=None,
        language=Language.CHINESE,
        verbatim=False,
        quote="线性神经网络；注意力机制",
        start=20,
        end=32,
    ),
)


def _module(name: str, zh: str, en: str, hours: float, of_hours: float) -> PlannedModule:
    return PlannedModule(
        ModuleKey("d2l", name),
        Bilingual(zh=zh, en=en),
        hours,
        of_hours,
        HoursBasis.ESTIMATED,
        ("linear-regression",) if name == "linear-networks" else ("attention",),
    )


_LINEAR = _module("linear-networks", "线性神经网络", "Linear neural networks", 4.0, 4.0)
_ATTENTION = _module("attention", "注意力机制", "Attention mechanisms", 2.0, 7.5)
_ATTENTION_AGAIN = replace(_ATTENTION, hours=5.5)
_DONE = replace(
    _module("preliminaries", "预备知识", "Preliminaries", 5.0, 5.0), skills=(), done=True
)


def _study(modules: tuple[PlannedModule, ...], citations: tuple[int, ...]) -> PlanStep:
    return PlanStep(
        StepKind.STUDY,
        _D2L,
        "d2l",
        "https://zh.d2l.ai",
        modules,
        sum(module.hours for module in modules),
        Bilingual(
            zh="王一为同样的目标推荐这门课", en="王一 recommends this course for the same goal"
        ),
        citations,
        (Alternative("nndl", Bilingual(zh="神经网络与深度学习", en="NNDL"), 3.5, True),),
    )


def _project(hours: float) -> PlanStep:
    return PlanStep(
        StepKind.PROJECT,
        _PROJECT,
        None,
        None,
        (),
        hours,
        Bilingual(zh="陈晓说第一周就动手", en="陈晓 says to begin in week one"),
        (2,),
    )


FULL = Plan(
    request=REQUEST,
    weeks=(
        PlanWeek(
            1,
            10.0,
            (_study((_LINEAR, _ATTENTION), (1, 3)), _project(4.0)),
            (
                Bilingual(
                    zh="用线性回归拟合一组数据，并说出误差从哪里来",
                    en="fit a line to data and say where its error comes from",
                ),
            ),
        ),
        PlanWeek(
            2,
            9.5,
            (_study((_ATTENTION_AGAIN,), (1, 3)), _project(4.0)),
            (Bilingual(zh="说出注意力在算什么", en="say what attention computes"),),
        ),
    ),
    left_out=(
        LeftOut(
            Bilingual(zh="机器学习（西瓜书）", en="Machine Learning (the Watermelon Book)"),
            "watermelon-book",
            (ModuleKey("watermelon-book", "ch1"),),
            60.0,
            Left.COST,
            Bilingual(
                zh="要买书，而你只要免费的", en="it has to be bought, and you want free ones"
            ),
            (1,),
        ),
        LeftOut(
            Bilingual(zh="支持向量机", en="Support vector machines"),
            None,
            (),
            12.0,
            Left.SKIPPED,
            Bilingual(zh="陈晓说毕设用不到", en="陈晓 says a thesis does not need it"),
            (2,),
        ),
    ),
    verdict=PlanVerdict(
        fits=True,
        hours_available=20.0,
        hours_planned=19.5,
        hours_least=17.0,
        weeks_least=2,
        missing=(),
        says=Bilingual(
            zh="2 周够用：毕业设计必需的内容都排得下。",
            en="Two weeks are enough for what a graduation project needs.",
        ),
    ),
    assumptions=(
        Bilingual(
            zh="没有说编程基础，按「学过一点」安排；不对就加 --programming none",
            en="Programming was not mentioned: some is assumed; else pass --programming none",
        ),
    ),
    notes=(
        Bilingual(
            zh="CS224n 已有新版，按新版安排。", en="CS224n has a new version, which is planned."
        ),
    ),
    citations=CITATIONS,
    value=12.5,
    done=(_DONE,),
)

TOO_SHORT = replace(
    FULL,
    request=PlanRequest(replace(LEARNER, weeks=1.0, hours_per_week=4.0)),
    weeks=(PlanWeek(1, 4.0, (_study((_LINEAR,), (1, 3)),), ()),),
    left_out=(
        LeftOut(
            Bilingual(zh="注意力机制", en="Attention mechanisms"),
            "d2l",
            (ModuleKey("d2l", "attention"),),
            7.5,
            Left.TIME,
            Bilingual(zh="时间不够", en="there is no time for it"),
            (1,),
        ),
    ),
    verdict=PlanVerdict(
        fits=False,
        hours_available=4.0,
        hours_planned=4.0,
        hours_least=17.0,
        weeks_least=5,
        missing=("attention",),
        says=Bilingual(
            zh="1 周不够：至少要 17 小时，按你的速度是 5 周。",
            en="One week is too short: it takes at least 17 hours, which are 5 weeks for you.",
        ),
    ),
    assumptions=(),
    notes=(),
    value=4.0,
    done=(),
)


def in_english(plan: Plan) -> Plan:
    """`plan` for a learner who reads English."""
    learner = replace(plan.request.learner, language=Language.ENGLISH)
    return replace(plan, request=replace(plan.request, learner=learner))
