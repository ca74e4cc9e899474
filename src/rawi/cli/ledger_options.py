"""Options and output that the ledger's commands share."""

from __future__ import annotations

import csv
import functools
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, get_args

import click

from rawi.cli import exits
from rawi.cli.tables import Column, Page, Piece, clean, wrap
from rawi.export.csv_table import cell
from rawi.export.jsonl import json_line, write_jsonl
from rawi.ledger import Filter, Ledger, LedgerBusyError, LedgerFullError, default_path
from rawi.merge import update
from rawi.model import EventType, Grade, Review, Stance, Status
from rawi.vocabulary import is_country

ledger_option = click.option(
    "--ledger",
    "-L",
    "ledger_path",
    envvar="RAWI_LEDGER",
    default=default_path,
    show_default=True,
    type=click.Path(dir_okay=False),
    help="The ledger file.",
)
reviewer_option = click.option(
    "--reviewer", envvar="RAWI_REVIEWER", default="", help="Who decides; RAWI_REVIEWER if not given."
)
format_option = click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    help="table on a terminal, jsonl otherwise.",
)

_filters = (
    click.option("--since", metavar="DATE", help="Published on or after (YYYY-MM-DD, YYYY-MM or YYYY)."),
    click.option("--until", metavar="DATE", help="Published on or before."),
    click.option("--happened-since", metavar="DATE", help="May have happened on or after."),
    click.option("--happened-until", metavar="DATE", help="May have happened on or before."),
    click.option("--outlet", "outlets", multiple=True, help="Of this outlet; may be repeated, like all below."),
    click.option("--type", "types", multiple=True, type=click.Choice(get_args(EventType), case_sensitive=False)),
    click.option("--status", "statuses", multiple=True, type=click.Choice(get_args(Status))),
    click.option("--actor", "actors", multiple=True, help="A party: entity id, or words of its name."),
    click.option("--source", "sources", multiple=True, help="A source in the chain: entity id, or words of its name."),
    click.option("--country", "countries", multiple=True, help="Of a party or the place (ISO alpha-3)."),
    click.option("--place", "places", multiple=True, help="Words of the place's name."),
    click.option("--stance", "stances", multiple=True, type=click.Choice(get_args(Stance))),
    click.option("--grade", "grades", multiple=True, type=click.Choice(get_args(Grade))),
    click.option("--review", "reviews", multiple=True, type=click.Choice(get_args(Review))),
)
_filter_names = tuple(Filter.__struct_fields__)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of ``Filter``; it receives them as one ``wanted``."""

    @functools.wraps(command)
    def filtered(**options: Any) -> Any:
        fields = {name: options.pop(name) for name in _filter_names if name in options}
        fields["countries"] = tuple(map(_country, fields["countries"]))
        return command(wanted=Filter(**fields), **options)

    for option in reversed(_filters):
        filtered = option(filtered)
    return filtered


def _country(given: str) -> str:
    code = given.upper()
    if not is_country(code):
        raise click.BadParameter(
            f"{given!r} is not a country; give its three letters of ISO 3166 (SYR, EGY ...)", param_hint="--country"
        )
    return code


def existing(path: str) -> Ledger:
    """Open a ledger that must be there already."""
    return Ledger(path, create=False)


def bring_up_to_date(ledger: Ledger) -> None:
    """Merge what has changed into stories; where that cannot be written, say so and go on with what is there.

    Reading, and a decision that is kept already, must not fail because the disk is full or another process writes.
    """
    try:
        update(ledger)
    except (LedgerFullError, LedgerBusyError) as error:
        click.echo(f"rawi: stories are not up to date, a later command does it: {error}", err=True)


def chosen_format(form: str | None) -> str:
    """Return the format asked for, or the one that suits standard output."""
    return form or ("table" if sys.stdout.isatty() else "jsonl")


@contextmanager
def output(path: str | None, *, bom: bool = False) -> Iterator[TextIO]:
    """Yield standard output, or a file that takes its name only once it is whole."""
    if path is None or path == "-":
        if bom:
            sys.stdout.write("\ufeff")
        yield sys.stdout
        return
    part = Path(path).with_name(Path(path).name + ".part")
    try:
        with part.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise click.ClickException(exits.write_failed(error, path)) from error
    finally:
        part.unlink(missing_ok=True)


def show_rows(
    items: Sequence[Any], form: str, columns: Sequence[Column], row: Callable[[Any], Sequence[object]]
) -> None:
    """Print items as JSON lines, CSV, or a table of the given columns."""
    if form == "jsonl":
        write_jsonl(items, sys.stdout)
    elif form == "csv":
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow([column.title for column in columns])
        out.writerows([cell(value) for value in row(item)] for item in items)
    else:
        page = Page()
        rows = (
            [
                wrap((Piece(_text(value)),), _width(column, page))
                for column, value in zip(columns, row(item), strict=True)
            ]
            for item in items
        )
        for line in page.table(columns, rows):
            click.echo(line)


def tell_more(cursor: str | None) -> None:
    """Say on standard error how to go on, if there is more."""
    if cursor is not None:
        click.echo(f"more with --after '{cursor}'", err=True)


def _width(column: Column, page: Page) -> int:
    return column.width or page.width


def _text(value: object) -> str:
    return "" if value is None else str(value)


def print_json(item: Any) -> None:
    """Print one item as one line of JSON."""
    click.echo(json_line(item))


def print_lines(lines: Iterable[str]) -> None:
    """Print text, without anything in it that could steer a terminal."""
    for line in lines:
        click.echo("\n".join(map(clean, line.split("\n"))))
