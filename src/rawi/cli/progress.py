"""A progress line on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show how many are done on standard error; yields what to call with each number of new ones."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("{task.speed:.0f}/s", justify="right"),
        TimeElapsedColumn(), console=Console(stderr=True),
    )  # fmt: skip
    with bar:
        task = bar.add_task(what, total=total)

        def advance(count: int) -> None:
            bar.advance(task, count)

        yield advance
