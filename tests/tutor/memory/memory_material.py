"""Answers to store, and a place in each kind of database to store them in."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from corpus.types import Bilingual, Goal, Kind, Language, Stance, Topic
from tutor.answer import (
    Answer,
    CheckReport,
    Citation,
    CourseAdvice,
    Section,
    Sentence,
    SentenceKind,
    StanceGroup,
    Usage,
    Voice,
    Writer,
)
from tutor.learner import Background, Known, Learner, Level

POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/test"

LEARNER = Learner(
    Language.CHINESE,
    Goal.GRADUATION_PROJECT,
    Known.READ,
    "毕设",
    weeks=6.5,
    background=Background(programming=Level.BASIC),
)
CITATION = Citation(
    number=1,
    source_id="wang-dapeng-start-now",
    kind=Kind.PERSPECTIVE,
    author="精神抖擞王大鹏",
    platform="zhihu",
    title="学深度学习之前要学机器学习吗",
    url="https://example.org/answer/1",
    published=None,
    language=Language.CHINESE,
    verbatim=True,
    quote="马上动手",
    start=10,
    end=14,
    age_warning=True,
)
ANSWER = Answer(
    question="我只是做毕设",
    text="**不用先学完，直接动手。**王大鹏主张马上动手 [1]。",
    language=Language.CHINESE,
    abstained=False,
    learner=LEARNER,
    sentences=(
        Sentence("**不用先学完，直接动手。**", (), SentenceKind.INFERENCE, Section.VERDICT),
        Sentence(
            "王大鹏主张马上动手 [1]。",
            (1,),
            SentenceKind.OPINION,
            Section.VOICES,
            Topic.ML_BEFORE_DL,
        ),
    ),
    citations=(CITATION,),
    positions=(
        StanceGroup(
            Topic.ML_BEFORE_DL,
            Stance.NOT_NEEDED,
            (Voice(CITATION.source_id, CITATION.author, "zhihu", CITATION.url, 1),),
        ),
    ),
    one_sided=(Topic.ML_BEFORE_DL,),
    courses=(CourseAdvice("d2l", "动手学深度学习", "https://d2l.ai", 4, None, ("cnn",), 1, None),),
    follow_ups=("数学要学到什么程度？",),
    check=CheckReport(3, 2, 1, 1),
    timings_ms={"retrieve": 1.5},
    asked="做毕设，学深度学习要先学机器学习吗？",
    topics=(Topic.ML_BEFORE_DL, Topic.MATH_DEPTH),
    writer=Writer.MODEL,
    model="a-model",
    usage=Usage(1, 200, 100, 0.01),
    notices=(Bilingual(zh="模型没有回答完。", en="The model stopped early."),),
)


def answer_to(question: str, text: str = ANSWER.text, **changes: object) -> Answer:
    """An answer with everything that an answer can have."""
    return replace(ANSWER, question=question, asked=question, text=text, **changes)


@contextmanager
def own_schema() -> Iterator[str]:
    """The url of an empty schema of the PostgreSQL server, dropped in the end."""
    psycopg = pytest.importorskip("psycopg", reason="pip install '.[postgresql]'")
    server = make_url(os.environ.get("XIANHOU_POSTGRESQL", POSTGRESQL))
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        connection = psycopg.connect(address, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        pytest.skip(
            "set XIANHOU_POSTGRESQL to postgresql://USER@HOST/DATABASE of a server in which "
            f"schemas may be made ({error})"
        )
    schema = f"xianhou_test_{secrets.token_hex(8)}"
    with connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        try:
            url = server.update_query_dict({"options": f"-csearch_path={schema}"})
            yield url.render_as_string(hide_password=False)
        finally:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")
    connection.close()


def place_named(argument: str) -> str | Path:
    """The place that a program was given on its command line."""
    return argument if "://" in argument else Path(argument)
