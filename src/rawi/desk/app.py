"""The application: guard, API, pages, and one way of saying that something went wrong."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from rawi import __version__
from rawi.analysis.sides import Directory
from rawi.api.answers import error_answer, public_message, rawi_error, status_of
from rawi.api.guard import Caller, Guard
from rawi.api.inputs import InvalidError
from rawi.api.pool import Pool
from rawi.api.router import router as api
from rawi.api.schema import make_openapi
from rawi.api.settings import Settings, threads
from rawi.desk import coding, people, reading, reviewing, session, stories
from rawi.desk.problems import tell
from rawi.desk.view import FormError, View
from rawi.errors import InternalError, RawiError
from rawi.ledger import Ledger
from rawi.lexicon.lexicon import open_lexicon
from rawi.merge import update

_log = logging.getLogger("rawi.desk")


def create_app(settings: Settings) -> FastAPI:
    """Return the application over one ledger.

    Raises:
        LedgerError: the ledger cannot be opened.
        LexiconError: an overlay cannot be read.
    """
    with Ledger(settings.ledger, create=False) as ledger:
        update(ledger)
    pool = Pool(settings.ledger, Directory.of(open_lexicon(settings.overlays)))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = threads
        yield
        pool.close()

    app = FastAPI(
        title="Rawi", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
        redirect_slashes=False,
    )  # fmt: skip
    app.state.settings, app.state.pool = settings, pool
    app.add_middleware(Guard, settings=settings)
    app.include_router(api)
    for part in (reading, stories, people, reviewing, coding, session):
        app.include_router(part.router, include_in_schema=False)
    app.mount("/static", _Static(directory=Path(__file__).resolve().parent / "static"), name="static")
    app.add_exception_handler(RawiError, _on_rawi_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_fault)
    document: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not document:
            document.update(make_openapi(app, __version__))
        return document

    app.openapi = openapi  # type: ignore[method-assign]
    return app


class _Static(StaticFiles):
    """The style sheet and the script, which a browser may keep for an hour."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Return a file with a time to keep it."""
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "max-age=3600"
        return response


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _told(request: Request, status: int, code: str, message: str, **values: Any) -> Response:
    if _is_api(request) or not hasattr(request.state, "caller"):
        return error_answer(status, code, message, details=values.get("details"))
    if request.query_params.get("format") in ("csv", "json"):
        return error_answer(status, code, message)
    view = View(request)
    return view.page(
        "error.html", status=status, code=code, message=message, told=tell(message, view.lang), back=_back(request),
        changes=values.get("changes"),
    )  # fmt: skip


def _back(request: Request) -> str | None:
    """Return the page that a refused form came from; None of a page that was only asked for."""
    path = request.url.path
    if request.method != "POST":
        return None
    if path.startswith(("/review/", "/story/")):
        return "/".join(path.split("/")[:3])
    return path if path in ("/code", "/login") else None


def _on_rawi_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RawiError)
    if isinstance(error, InternalError):
        _log.error("%s", error)
    status, code = status_of(error)
    if isinstance(error, InvalidError):
        status, code = 422, "invalid"
    if isinstance(error, FormError):
        status, code = 403, "foreign_form"
    if _is_api(request):
        return (
            error_answer(status, code, public_message(str(error)))
            if isinstance(error, InvalidError)
            else rawi_error(error)
        )
    return _told(request, status, code, public_message(str(error)), changes=getattr(error, "changes", None))


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = [{"where": [str(part) for part in one["loc"]], "what": _what(one)} for one in error.errors()]
    first = problems[0] if problems else {"where": ["request"], "what": "is not valid"}
    message = f"{'.'.join(first['where'][1:]) or 'request'}: {first['what']}; see /api/docs"
    return _told(request, 422, "invalid", message, details=problems)


def _what(problem: dict[str, Any]) -> str:
    """Return what is wrong with a parameter; the names of fields instead of the pattern that they make."""
    pattern = str(problem.get("ctx", {}).get("pattern", ""))
    if problem["loc"][-1] == "fields" and pattern.startswith("^(?:"):
        return f"names of fields, joined by commas, are needed; use some of {', '.join(pattern[4 : pattern.index(')')].split('|'))}"
    return str(problem["msg"])


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {404: "not_found", 405: "wrong_method"}
    response = _told(request, error.status_code, codes.get(error.status_code, "refused"), str(error.detail))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _on_fault(request: Request, error: Exception) -> Response:
    _log.error("a request to %s failed", request.url.path, exc_info=error)
    if not hasattr(request.state, "caller"):
        request.state.caller = Caller("", False, "")
    return _told(request, 500, "internal", "this is a fault of Rawi; it has been written to the server's log")
