"""On a continuous-integration machine (RAWI_CI set) the browser tests must run: skipped for want of Chromium is failed."""

from __future__ import annotations

import os

import pytest

_without_browser: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note a test that was skipped because there is no browser."""
    if report.skipped and "chromium" in str(report.longrepr).lower():
        _without_browser.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where the machine was meant to have a browser."""
    if _without_browser and os.environ.get("RAWI_CI"):
        print(f"\n{len(_without_browser)} browser tests were skipped: there is no Chromium")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
