"""Go through long lists page by page: the cursor of a page, and all pages one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from rawi.errors import InputError

Item = TypeVar("Item", covariant=True)
Value = TypeVar("Value")


class Paged(Protocol[Item]):
    """A page: its items, and the cursor of the next one."""

    @property
    def items(self) -> tuple[Item, ...]:
        """What is on the page."""

    @property
    def next(self) -> str | None:
        """The cursor of the next page, None at the end."""


def every(page: Callable[[str | None], Paged[Item]]) -> Iterator[Item]:
    """Yield the items of every page: memory does not grow with the ledger."""
    after: str | None = None
    while True:
        found = page(after)
        yield from found.items
        after = found.next
        if after is None:
            return


def read_cursor(after: str, read: Callable[[str], Value]) -> tuple[Value, int]:
    """Return the value and the number that a cursor stands for.

    Raises:
        InputError: it is not a cursor of the list.
    """
    value, tilde, no = after.rpartition("~")
    try:
        return read(value), int(no if tilde else "")
    except ValueError:
        raise InputError(f"cursor: {after!r} is not a cursor of this list; start without one") from None
