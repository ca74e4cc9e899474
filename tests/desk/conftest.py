"""A desk on the demonstration ledger: as an application, as a server, in a browser."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")

from rawi.api.settings import Settings
from rawi.desk.app import create_app
from rawi.desk.demo import build_demo, demo_overlays

chromium = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration ledger, built once."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    assert build_demo(path) >= 40
    return path


@pytest.fixture
def ledger_file(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may write to."""
    return Path(shutil.copy(demo_file, tmp_path / "ledger.db"))


@pytest.fixture
def settings(ledger_file: Path) -> Settings:
    """Settings without tokens."""
    return Settings(ledger_file, demo_overlays(), ("testserver",), None, "mona")


@pytest.fixture
def client(settings: Settings) -> Any:
    """A client of an application in this process."""
    from starlette.testclient import TestClient

    return TestClient(create_app(settings), raise_server_exceptions=False)


def serve(settings: Settings) -> tuple[Any, str]:
    """Start a server in a thread; returns it and its address."""
    import uvicorn

    config = uvicorn.Config(create_app(settings), host="127.0.0.1", port=0, log_level="error", limit_concurrency=200)
    server = uvicorn.Server(config)
    sock = config.bind_socket()
    threading.Thread(target=lambda: server.run(sockets=[sock]), daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    return server, f"http://127.0.0.1:{sock.getsockname()[1]}"


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    """The address of a running server."""
    server, where = serve(settings)
    yield where
    server.should_exit = True


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    if chromium is None:
        pytest.skip("there is no chromium")
    sync = pytest.importorskip("playwright.sync_api")
    with sync.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page of an Arabic reader; a request to another host, a script error or a refused script fails the test."""
    context = browser.new_context(base_url=address, locale="ar", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("request", lambda one: None if one.url.startswith(address) else faults.append(one.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda one: faults.append(one.text) if "Content Security Policy" in one.text else None)
    yield page
    context.close()
    assert faults == []
