"""Code a text that somebody sent, without storing it and without letting it hold up everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from threading import BoundedSemaphore
from typing import Any

from rawi.api.settings import max_text
from rawi.articles import make_article
from rawi.coder import default_coder
from rawi.errors import InputError
from rawi.ledger.database import LedgerBusyError
from rawi.model import CodedArticle

_turns = BoundedSemaphore(2)


def code_text(given: Mapping[str, Any], overlays: tuple[str, ...]) -> CodedArticle:
    """Return what the coder reads out of a text.

    Raises:
        InputError: no text, not Arabic, too long.
        LedgerBusyError: too many others are being coded.
    """
    text = given.get("text")
    if isinstance(text, str) and len(text) > max_text:
        raise InputError(f"text: it has {len(text):,} characters, more than {max_text:,}; give one report at a time")
    if not _turns.acquire(timeout=5.0):
        raise LedgerBusyError("code: too many texts at once; try again in a moment")
    try:
        return default_coder(overlays).code(make_article(given, "text"))
    finally:
        _turns.release()
