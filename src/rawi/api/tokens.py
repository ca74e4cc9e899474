"""Tokens that let people in from elsewhere: scoped to reading or reviewing, revocable, last use kept.

The file holds only the SHA-256 of each token. It is read again whenever it changes, so that revoking works at once.
Last uses are kept beside it, in ``FILE.use``, written at most once a minute.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from pathlib import Path
from threading import Lock
from typing import Literal

import msgspec

from rawi.errors import InputError

Scope = Literal["read", "review"]
scopes: tuple[Scope, ...] = ("read", "review")


class Token(msgspec.Struct, frozen=True):
    """One token: who has it, what for, since when; ``revoked`` is when it was taken back."""

    name: str
    scope: Scope
    sha256: str
    created: str
    revoked: str | None = None


class _File(msgspec.Struct, frozen=True):
    tokens: tuple[Token, ...] = ()


class TokenFile:
    """The tokens of one file."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._uses = self.path.with_name(self.path.name + ".use")
        self._read_at: tuple[int, int] | None = None
        self._tokens: tuple[Token, ...] = ()
        self._last: dict[str, str] = {}
        self._written = 0.0
        self._lock = Lock()

    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens that the file holds now.

        Raises:
            InputError: the file cannot be read, or others may read it.
        """
        try:
            stat = self.path.stat()
            if os.name == "posix" and stat.st_mode & 0o077:
                raise InputError(f"{self.path}: others may read the token file; run: chmod 600 {self.path}")
            stamp = (stat.st_mtime_ns, stat.st_size)
            if stamp != self._read_at:
                self._tokens = msgspec.json.decode(self.path.read_bytes(), type=_File).tokens
                self._read_at = stamp
        except (OSError, msgspec.MsgspecError) as error:
            raise InputError(
                f"{self.path}: the token file cannot be read ({error}); 'rawi token add' makes one"
            ) from error
        return self._tokens

    def find(self, given: str) -> Token | None:
        """Return the token that ``given`` is, if it is in force, and note its use."""
        digest = _digest(given)
        found = None
        for token in self.tokens():
            if hmac.compare_digest(token.sha256, digest) and token.revoked is None:
                found = token
        if found is not None:
            self._note(found.name)
        return found

    def _note(self, name: str) -> None:
        now = datetime.datetime.now(datetime.UTC)
        with self._lock:
            self._last[name] = now.isoformat(timespec="seconds")
            if now.timestamp() - self._written < 60:
                return
            self._written = now.timestamp()
            with contextlib.suppress(OSError):
                _write(self._uses, json.dumps({**self.last_uses(), **self._last}))

    def last_uses(self) -> dict[str, str]:
        """Return when each token was last used, by name."""
        try:
            found = json.loads(self._uses.read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        return {**({str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}), **self._last}

    def add(self, name: str, scope: Scope) -> str:
        """Add a token and return it; it is not kept anywhere and cannot be shown again.

        Raises:
            InputError: there is one of that name already.
        """
        known = self.tokens() if self.path.exists() else ()
        if not name.strip() or any(token.name == name and token.revoked is None for token in known):
            raise InputError(
                f"{self.path}: {name!r} is empty or taken; choose another name, or revoke that token first"
            )
        given = "rawi_" + secrets.token_urlsafe(32)
        self._save((*known, Token(name, scope, _digest(given), _today())))
        return given

    def revoke(self, name: str) -> None:
        """Take a token back.

        Raises:
            InputError: there is none of that name in force.
        """
        known = self.tokens()
        if not any(token.name == name and token.revoked is None for token in known):
            raise InputError(f"{self.path}: there is no token {name!r} in force; 'rawi token list' shows them")
        self._save(
            tuple(
                msgspec.structs.replace(token, revoked=_today())
                if token.name == name and token.revoked is None
                else token
                for token in known
            )
        )

    def _save(self, tokens: tuple[Token, ...]) -> None:
        try:
            _write(self.path, msgspec.json.format(msgspec.json.encode(_File(tokens)), indent=2).decode())
        except OSError as error:
            raise InputError(f"{self.path}: cannot be written ({error.strerror}); name another file") from error


def _digest(given: str) -> str:
    return hashlib.sha256(given.encode("utf-8", "replace")).hexdigest()


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner may read, at once or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    os.replace(temporary, path)
