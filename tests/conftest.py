"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ORIGINALS = "../shared/seeds"
FOREIGN_VARIABLES = ("TUTOR_LLM_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_")


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


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With XIANHOU_NO_SKIPS set, a skipped test is a failure: nothing may hide behind a skip."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("XIANHOU_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("XIANHOU_NO_SKIPS is set and tests were skipped:", red=True)
        for report in reporter.stats["skipped"]:
            reporter.write_line(f"  {report.nodeid}: {report.longrepr}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
