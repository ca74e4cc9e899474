"""Code many articles on this machine, in one process or several; results come in the order of the articles."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from rawi.articles import Unread
from rawi.coder import default_coder
from rawi.errors import InternalError
from rawi.model import Article, CodedArticle

batch_size = 8  # articles that go to a process at once
waiting = 4  # batches in flight for each process: enough to keep it busy, few enough to keep memory flat

Item = Article | Unread
Result = CodedArticle | Unread


def code_many(items: Iterable[Item], overlays: tuple[str, ...] = (), jobs: int = 1) -> Iterator[Result]:
    """Yield what each of ``items`` is coded as, in their order; what was not read passes through.

    Args:
        items: articles, read as they are needed.
        overlays: paths of lexicon files to add.
        jobs: how many processes work; with 1 all is done in this one.

    Raises:
        LexiconError: an overlay breaks the lexicon's schema.
        InternalError: a process was killed, for instance for want of memory.
    """
    default_coder(overlays)  # before any process is forked, so that all share one lexicon in memory
    if jobs <= 1:
        for item in items:
            yield code_one(item, overlays)
        return
    stream = iter(items)
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else None)
    flying: deque[Future[list[Result]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        try:
            while batch := list(islice(stream, batch_size)):
                flying.append(pool.submit(_code_batch, batch, overlays))
                if len(flying) >= jobs * waiting:
                    yield from flying.popleft().result()
            while flying:
                yield from flying.popleft().result()
        except BrokenProcessPool as error:
            raise InternalError(
                "a coding process was stopped from outside, often for want of memory; try fewer --jobs"
            ) from error
        finally:
            for future in flying:
                future.cancel()


def code_one(item: Item, overlays: tuple[str, ...] = ()) -> Result:
    """Return ``item`` coded; a fault of the coder becomes ``Unread``, since one article must not stop the rest."""
    if isinstance(item, Unread):
        return item
    try:
        return default_coder(overlays).code(item)
    except Exception as error:
        return Unread(
            item.id, f"{item.id}: the coder failed ({type(error).__name__}: {error}); please report it with the text"
        )


def _code_batch(batch: list[Item], overlays: tuple[str, ...]) -> list[Result]:
    return [code_one(item, overlays) for item in batch]
