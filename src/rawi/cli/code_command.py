"""``rawi code``: articles in, coded articles out."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from rawi.cli import exits
from rawi.errors import InputError

if TYPE_CHECKING:
    from rawi.articles import Unread
    from rawi.cli.formats import Result
    from rawi.model import Article

formats = ("table", "json", "jsonl", "csv")
_suffixes = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}


def day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check an option that is a day (a click callback)."""
    from rawi.articles import check_date

    try:
        return check_date(value, f"{parameter.opts[0]} {value}")
    except InputError as error:
        raise click.UsageError(str(error), ctx) from error


lexicon_option = click.option(
    "--lexicon", "overlays", multiple=True, metavar="FILE", type=click.Path(exists=True, dir_okay=False),
    help="Add the entries of a lexicon file (may be given again).",
)  # fmt: skip
article_options = (
    click.option("--date", metavar="YYYY-MM-DD", callback=day, help="Publication date of articles that have none."),
    click.option("--outlet", metavar="NAME", help="Outlet of articles that name none."),
    click.option("--title", metavar="TEXT", help="Headline of articles that have none."),
    lexicon_option,
)


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE…|-]")
@article_options[0]
@article_options[1]
@article_options[2]
@article_options[3]
@click.option("--format", "form", type=click.Choice(formats), help="Default: table on a terminal, else jsonl.")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write there; print a table, and where the records went.",
)
@click.option("--quiet", "-q", is_flag=True, help="With --output: print no table.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    default=1,
    metavar="N",
    help="Processes to use; 0: one a core. Order is kept.",
)
def code(
    files: tuple[str, ...], date: str | None, outlet: str | None, title: str | None, overlays: tuple[str, ...],
    form: str | None, output: str | None, quiet: bool, jobs: int,
) -> int:  # fmt: skip
    """Code articles from text, JSON or JSON-lines files, or from standard input.

    One coded article a line, in the order of the articles; an article that cannot be read or coded becomes a line
    with its error, and the rest goes on.
    """
    from rawi.batch.processes import code_many
    from rawi.cli.reading import read_articles

    if not files and sys.stdin.isatty():
        click.echo("reading from the terminal; end the text with Ctrl-D", err=True)
    tally: Counter[str] = Counter()
    articles = _warn_of_twins(read_articles(files, date=date, outlet=outlet, title=title))
    results = _count(code_many(articles, overlays, jobs or os.cpu_count() or 1), tally)
    if output:
        _to_file(results, output, form, None if quiet else sys.stdout.buffer, tally)
    elif (form or ("table" if sys.stdout.isatty() else "jsonl")) == "table":
        for piece in _tables(results):
            sys.stdout.buffer.write(piece)
    else:
        from rawi.cli.formats import writers

        for piece in writers[form or "jsonl"](results):
            sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
    if tally["failed"]:
        return exits.some_failed if tally["coded"] else exits.failure
    return exits.ok if tally["events"] else exits.nothing_found


def _warn_of_twins(articles: Iterable[Article | Unread]) -> Iterator[Article | Unread]:
    """Pass articles on; say on standard error when an id comes again (both are kept)."""
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            click.echo(
                f"rawi: id {article.id!r} stands more than once; all are kept, give each article its own id", err=True
            )
        seen.add(article.id)
        yield article


def _count(results: Iterable[Result], tally: Counter[str]) -> Iterator[Result]:
    """Pass results on and count them; errors are also said on standard error."""
    from rawi.model import CodedArticle

    for result in results:
        if isinstance(result, CodedArticle):
            tally["coded"] += 1
            tally["events"] += len(result.events)
            tally["hops"] += len(result.attributions)
        else:
            tally["failed"] += 1
            click.echo(f"rawi: {result.error}", err=True)
        yield result


def _tables(results: Iterable[Result]) -> Iterator[bytes]:
    from rawi.cli.event_table import article_table
    from rawi.cli.tables import Page

    page = Page()
    for result in results:
        yield "\n".join([*article_table(result, page), ""]).encode("utf-8", "backslashreplace")


def _to_file(
    results: Iterable[Result], output: str, form: str | None, screen: BinaryIO | None, tally: Counter[str]
) -> None:
    """Write the records to ``output`` and tables to ``screen``; the file appears whole or not at all."""
    from rawi.cli.formats import writers

    path = Path(output)
    kind = form if form in writers else _suffixes.get(path.suffix.lower(), "jsonl")
    shown = _shown_too(results, screen) if screen is not None else results
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except FileExistsError as error:
        raise OSError(errno.ENOTDIR, "its folder is a file", output) from error
    except OSError as error:
        raise OSError(error.errno, error.strerror, output) from error
    try:
        with os.fdopen(handle, "wb", buffering=0) as out:
            if kind == "csv":
                _write(out, b"\xef\xbb\xbf", output)  # without it spreadsheets take UTF-8 for another encoding
            for piece in writers[kind](shown):
                _write(out, piece, output)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    said = f"{tally['events']} events and {tally['hops']} attributions of {tally['coded']} articles, {kind.upper()}: {output}"
    if tally["failed"]:
        said += f" ({tally['failed']} more failed)"
    if screen is not None:
        screen.write(f"{said}\n".encode("utf-8", "backslashreplace"))
    else:
        click.echo(said, err=True)


def _write(out: FileIO, piece: bytes, output: str) -> None:
    try:
        while piece:
            piece = piece[out.write(piece) :]
    except OSError as error:
        raise OSError(error.errno, error.strerror, output) from error


def _shown_too(results: Iterable[Result], screen: BinaryIO) -> Iterator[Result]:
    """Pass results on, each shown as a table as it comes."""
    from rawi.cli.event_table import article_table
    from rawi.cli.tables import Page

    page = Page()
    for result in results:
        screen.write("\n".join([*article_table(result, page), ""]).encode("utf-8", "backslashreplace"))
        yield result


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
