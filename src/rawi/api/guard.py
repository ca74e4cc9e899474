"""What every request passes before anything else looks at it: host, size, time, who it is, and where a form came from.

1. The ``Host`` header must name this server (a page elsewhere cannot reach it under a name of its own).
2. A body may have ``max_body`` bytes and must arrive within ``body_seconds``.
3. With a token file a request needs a token in force: ``Authorization: Bearer`` or the cookie that /login sets.
4. What changes something needs the scope ``review``, must not come from another origin, and a form must carry the
   token of this session (the API takes JSON only, which a foreign page cannot send without asking).
5. Every answer forbids scripts and requests other than the server's own.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from typing import Any
from urllib.parse import urlsplit

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rawi.api.answers import error_answer
from rawi.api.settings import Settings, body_seconds, max_body
from rawi.errors import RawiError

token_cookie, session_cookie = "rawi_token", "rawi_session"
_safe = ("GET", "HEAD", "OPTIONS")
_open_paths = ("/login", "/static/")
_loopback = ("127.0.0.1", "localhost", "[::1]", "::1")
policy = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_headers = {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Caller(msgspec.Struct, frozen=True):
    """Who asks: the name decisions are signed with, whether he may review, and his session."""

    name: str
    may_review: bool
    session: str


class TooLargeError(Exception):
    """The body is larger than allowed, or came too slowly."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Guard:
    """ASGI middleware that does what the module says."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.hosts = {*_loopback, *settings.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request and pass it on, or answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        session, fresh = self._session(headers)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in _headers.items():
                    out.setdefault(name, value)
                if "cache-control" not in out:
                    out["cache-control"] = "no-store"
                if fresh:
                    out.append("set-cookie", f"{session_cookie}={session}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        answer = await self._refusal(scope, headers, session)
        if answer is not None:
            await answer(scope, receive, sending)
            return
        try:
            await self.app(scope, _limited(receive), sending)
        except TooLargeError as error:
            await error_answer(error.status, "too_large" if error.status == 413 else "too_slow", str(error))(
                scope, receive, sending
            )

    async def _refusal(self, scope: Scope, headers: Headers, session: str) -> Response | None:
        path, method = scope["path"], scope["method"]
        if _host(headers.get("host", "")) not in self.hosts:
            return error_answer(
                400, "wrong_host", "this server is not known under that name; start it with --allow-host NAME"
            )
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > max_body:
            return error_answer(413, "too_large", f"a request may have {max_body} bytes")
        try:
            caller = await self._caller(headers, session)
        except RawiError as error:
            return error_answer(503, "unavailable", str(error))
        if caller is None:
            if path.startswith(_open_paths):
                caller = Caller("", False, session)
            elif path.startswith("/api/") or method not in _safe:
                return error_answer(
                    401, "no_token", "a token is needed: Authorization: Bearer TOKEN", {"www-authenticate": "Bearer"}
                )
            else:
                return RedirectResponse("/login", 303)
        scope.setdefault("state", {})["caller"] = caller
        if method not in _safe:
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc != headers.get("host"):
                return error_answer(403, "foreign_origin", "the request comes from a page of another origin")
            if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                return error_answer(403, "foreign_origin", "the request comes from a page of another site")
            reads_only = path in ("/api/code", "/code", "/login", "/logout", "/preferences")
            if not caller.may_review and not reads_only:
                return error_answer(403, "wrong_scope", "this needs a token with the scope 'review'")
            if (
                path.startswith("/api/")
                and method == "POST"
                and headers.get("content-type", "").split(";")[0].strip() != "application/json"
            ):
                return error_answer(415, "not_json", "the API takes application/json")
        return None

    async def _caller(self, headers: Headers, session: str) -> Caller | None:
        tokens = self.settings.tokens
        if tokens is None:
            return Caller(self.settings.reviewer, True, session)
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            given = cookie_parser(headers.get("cookie", "")).get(token_cookie, "")
        token = tokens.find(given.strip()) if given else None
        return Caller(token.name, token.scope == "review", session) if token else None

    def _session(self, headers: Headers) -> tuple[str, bool]:
        given = cookie_parser(headers.get("cookie", "")).get(session_cookie, "")
        name, _, mark = given.partition(".")
        if name and hmac.compare_digest(mark.encode(), _mark(self.settings.secret, name).encode()):
            return given, False
        name = secrets.token_urlsafe(16)
        return f"{name}.{_mark(self.settings.secret, name)}", True


def _mark(secret: bytes, text: str) -> str:
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:32]


def form_token(secret: bytes, session: str) -> str:
    """Return the token that the forms of a session carry."""
    return _mark(secret, "form " + session)


def form_token_fits(secret: bytes, session: str, given: Any) -> bool:
    """Return whether a form came from a page of this session."""
    return isinstance(given, str) and hmac.compare_digest(form_token(secret, session).encode(), given.encode())


def _host(given: str) -> str:
    """Return the host without its port."""
    if given.startswith("["):
        return given.partition("]")[0] + "]"
    return given.rpartition(":")[0] if ":" in given else given


def _limited(receive: Receive) -> Receive:
    """Return a receiver that stops bodies that are too long or too slow."""
    total = 0
    deadline: float | None = None
    done = False

    async def receiving() -> Message:
        nonlocal total, deadline, done
        if done:
            return await receive()
        now = asyncio.get_running_loop().time()
        deadline = deadline or now + body_seconds
        try:
            message = await asyncio.wait_for(receive(), max(0.01, deadline - now))
        except TimeoutError:
            raise TooLargeError(408, f"the request did not arrive within {body_seconds:g} seconds") from None
        if message["type"] == "http.request":
            total += len(message.get("body", b""))
            done = not message.get("more_body", False)
            if total > max_body:
                raise TooLargeError(413, f"a request may have {max_body} bytes")
        return message

    return receiving
