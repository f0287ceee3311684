"""What all tests share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from corpus.types import Direction, Goal, Kind, Language, Stance, Topic
from tests.data_directories import copied_data
from tutor.answer import (
    Answer,
    CheckReport,
    Citation,
    CourseAdvice,
    Section,
    Sentence,
    SentenceKind,
    StanceGroup,
    Voice,
)
from tutor.learner import Background, Known, Learner, Level

ORIGINALS = "../shared/seeds"
FOREIGN_VARIABLES = ("TUTOR_LLM_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_")


def pytest_configure() -> None:
    """Undoes what a run in the background of a script would hand on to the processes that tests
    start and interrupt: that Ctrl+C is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_language_model_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks or tells a vendor anything on the account of the person who runs it."""
    for name in list(os.environ):
        if name.startswith(FOREIGN_VARIABLES):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def originals(pytestconfig: pytest.Config) -> Path:
    """The directory of the documents that the bundled perspectives restate.

    They are not part of the project. Whoever has them names their directory in XIANHOU_ORIGINALS,
    or keeps it beside the checkout.
    """
    named = os.environ.get("XIANHOU_ORIGINALS")
    directory = Path(named) if named else pytestconfig.rootpath / ORIGINALS
    if not directory.is_dir():
        pytest.skip("set XIANHOU_ORIGINALS to the directory of the original documents")
    return directory.resolve()


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no settings of the person who runs them, and an English interface."""
    for name in list(os.environ):
        if name.startswith("TUTOR_"):
            monkeypatch.delenv(name)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the bundled sources, made once; tests leave it as it is.

    Workers that run at the same time share it: the first to come makes it, the others wait.
    """
    from api.settings import Settings
    from api.wiring import open_tutor

    base = tmp_path_factory.getbasetemp()
    data = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "indexed"
    with open_tutor(Settings(data=data)):
        return data


@pytest.fixture
def own_copy(indexed: Path, tmp_path: Path) -> Path:
    """A data directory with the bundled sources, for one test to change."""
    return copied_data(indexed, tmp_path / "copy")


@pytest.fixture
def chinese_answer() -> Answer:
    """An answer with a person's own words, a restatement and a course."""
    return Answer(
        question="学深度学习要先学机器学习吗？我只是做毕设",
        text="**不用先学完**[1]。\n\n- **陈晓**（知乎）：先补一小块[2]。",
        language=Language.CHINESE,
        abstained=False,
        learner=Learner(
            Language.CHINESE,
            goal=Goal.GRADUATION_PROJECT,
            goal_known=Known.READ,
            goal_words="毕设",
            direction=Direction.VISION,
            weeks=8.0,
            background=Background(programming=Level.BASIC),
        ),
        sentences=(
            Sentence("**不用先学完**[1]。", (1,), SentenceKind.OPINION, Section.VERDICT),
            Sentence(
                "- **陈晓**（知乎）：先补一小块[2]。", (2,), SentenceKind.OPINION, Section.VOICES
            ),
        ),
        citations=(
            Citation(
                number=1,
                source_id="wang-start",
                kind=Kind.PERSPECTIVE,
                author="王一",
                platform="zhihu",
                title="先做起来",
                url="https://example.org/answer/1",
                published=None,
                language=Language.CHINESE,
                verbatim=True,
                quote="别等学完，\n先跑通一个模型。",
                start=10,
                end=25,
            ),
            Citation(
                number=2,
                source_id="chen-core",
                kind=Kind.PERSPECTIVE,
                author="陈晓",
                platform="zhihu",
                title="补一小块",
                url="https://example.org/answer/2",
                published="2018-03",
                language=Language.ENGLISH,
                verbatim=False,
                quote="He advises a small core first.",
                start=0,
                end=30,
                rendering="他建议先补一小块核心。",
                age_warning=True,
            ),
        ),
        positions=(
            StanceGroup(
                Topic.ML_BEFORE_DL,
                Stance.NOT_NEEDED,
                (
                    Voice("wang-start", "王一", "zhihu", "https://example.org/answer/1", 1),
                    Voice("li-go", "李二", "zhihu", "https://example.org/answer/3", None),
                ),
            ),
            StanceGroup(
                Topic.ML_BEFORE_DL,
                Stance.CORE_SUBSET,
                (Voice("chen-core", "陈晓", "zhihu", "https://example.org/answer/2", 2),),
            ),
        ),
        one_sided=(Topic.ML_BEFORE_DL,),
        courses=(
            CourseAdvice(
                "d2l", "动手学深度学习", "https://d2l.ai", 11, None, ("预备知识",), 3, None
            ),
        ),
        follow_ups=("数学要学到什么程度才够？",),
        check=CheckReport(sentences=3, supported=2, dropped=1),
        timings_ms={"total": 12.5},
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With XIANHOU_NO_SKIPS set, a skipped test is a failure: nothing may hide behind a skip."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("XIANHOU_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("XIANHOU_NO_SKIPS is set and tests were skipped:", red=True)
        for report in reporter.stats["skipped"]:
            reporter.write_line(f"  {report.nodeid}: {report.longrepr}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
