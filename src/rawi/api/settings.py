"""What a server is started with."""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec

from rawi.api.tokens import TokenFile

max_body = 1_000_000  # bytes of a request
max_text = 60_000  # characters of a text to code
max_query = 300  # characters of a search
body_seconds = 10.0  # for a request to arrive whole
code_seconds = 15.0  # for a text to be coded
# Requests that are worked on at once. Python runs one thread at a time: a crowd of them makes everybody wait for the
# slowest, a few in turn do not. Texts to code wait for another process, so that they have threads of their own.
threads = 4
code_threads = 8


class Settings(msgspec.Struct, frozen=True):
    """The settings of one server.

    Attributes:
        ledger: the ledger file.
        overlays: lexicon overlays for coding.
        hosts: names under which the server may be asked for, besides the loopback ones.
        tokens: who may come in; None lets everybody in who reaches the (loopback) address, as reviewer.
        reviewer: who decides when there are no tokens.
        secret: signs the session cookie and the form tokens; a new one each start.
    """

    ledger: Path
    overlays: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    tokens: TokenFile | None = None
    reviewer: str = "reviewer"
    secret: bytes = msgspec.field(default_factory=lambda: secrets.token_bytes(32))
