"""What all tests share."""

from __future__ import annotations

import os

import pytest


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With XIANHOU_NO_SKIPS set, a skipped test is a failure: nothing may hide behind a skip."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("XIANHOU_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("XIANHOU_NO_SKIPS is set and tests were skipped:", red=True)
        for report in reporter.stats["skipped"]:
            reporter.write_line(f"  {report.nodeid}: {report.longrepr}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
