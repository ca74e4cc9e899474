"""Canonical JSON, SHA-256, and the ids made of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

# Crockford's base 32 in lower case: no i, l, o, u, so that ids survive being read aloud.
_digits = "0123456789abcdefghjkmnpqrstvwxyz"
_id_length = 16  # 80 bits


def canonical(value: Any) -> str:
    """Return the one JSON text of ``value``: keys sorted, no spaces, Arabic as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Return the SHA-256 of the UTF-8 of ``text``, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def make_id(prefix: str, *parts: str | int) -> str:
    """Return an id: the prefix and 80 bits of the hash of ``parts``, URL-safe (``[0-9a-z]``).

    The same parts give the same id in every ledger, so that adding an article twice, in two processes
    at once, or in two ledgers, cannot give it two ids.
    """
    number = int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8")).digest()[:10], "big")
    letters = []
    for _ in range(_id_length):
        number, digit = divmod(number, 32)
        letters.append(_digits[digit])
    return prefix + "".join(reversed(letters))


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields whose values differ, each with its value before and after."""
    return {
        key: (before.get(key), after.get(key)) for key in sorted({*before, *after}) if before.get(key) != after.get(key)
    }
