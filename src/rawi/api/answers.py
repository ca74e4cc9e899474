"""Answers of the API: JSON written by msgspec, and one shape for every error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import Response

from rawi.errors import InputError, LedgerError, LexiconError, RawiError
from rawi.ledger import StaleError
from rawi.ledger.database import LedgerBusyError, LedgerFullError

_encode = msgspec.json.Encoder().encode


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a value as JSON."""
    return Response(_encode(value), status, dict(headers or {}), "application/json")


def error_answer(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None, details: Any = None
) -> Response:
    """Return an error: ``{"error": {"code", "message", "details"}}``."""
    return answer({"error": {"code": code, "message": message, "details": details}}, status, headers)


def status_of(error: RawiError) -> tuple[int, str]:
    """Return the HTTP status and code of an error that Rawi raises on purpose."""
    if isinstance(error, StaleError):
        return 409, "stale"
    if isinstance(error, InputError):
        if str(error).startswith("cursor:"):
            return 404, "no_page"
        if "there is no such" in str(error) or "there is no version" in str(error):
            return 404, "not_found"
        return 400, "bad_request"
    if isinstance(error, LedgerBusyError):
        return 503, "busy"
    if isinstance(error, LedgerFullError):
        return 507, "full"
    if isinstance(error, LedgerError | LexiconError):
        return 503 if "interrupted" in str(error) else 409, "refused"
    return 500, "internal"


def rawi_error(error: RawiError) -> Response:
    """Return the answer for an error that Rawi raises on purpose; paths of the file system are left out."""
    status, code = status_of(error)
    details = None
    if isinstance(error, StaleError):
        details = {"record": error.record, "based_on": error.based_on, "rev": error.rev, "changes": error.changes}
    return error_answer(status, code, public_message(str(error)), details=details)


def public_message(message: str) -> str:
    """Return a message without the folder of the ledger."""
    return " ".join(word.rpartition("/")[2] if word.startswith("/") else word for word in message.split(" "))
