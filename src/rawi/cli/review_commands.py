"""rawi review: accept, correct, reject, skip, undo records; merge and split stories; the queue and the log."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click
import msgspec

import rawi.ledger as store
import rawi.merge as stories
from rawi.cli import exits
from rawi.cli.ledger_options import (
    bring_up_to_date,
    chosen_format,
    existing,
    filter_options,
    format_option,
    ledger_option,
    print_json,
    reviewer_option,
    show_rows,
    tell_more,
)
from rawi.cli.ledger_text import entry_columns, entry_row, record_columns, record_row
from rawi.ledger import Filter, StaleError

_lists = ("actors", "recipients", "third_parties", "chain", "contexts", "trigger", "extent", "purpose")

based_on_option = click.option(
    "--based-on", type=int, metavar="REV", help="The revision you saw; refused if it has changed since."
)
note_option = click.option("--note", help="Anything worth keeping with the decision.")


@click.group()
def review() -> None:
    """Decide on records and stories. Every decision is kept; nothing is overwritten."""


def _decision(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of every decision."""
    for option in (note_option, reviewer_option, ledger_option):
        command = option(command)
    return command


def _refused(error: StaleError) -> None:
    """Say what changed, as data, and fail."""
    print_json({"refused": error.record, "based_on": error.based_on, "rev": error.rev, "changes": error.changes})
    raise click.ClickException(str(error))


@review.command()
@click.argument("records", nargs=-1, required=True)
@based_on_option
@_decision
def accept(records: tuple[str, ...], based_on: int | None, ledger_path: str, reviewer: str, note: str | None) -> None:
    """Vouch for records as they stand."""
    _each(
        records,
        based_on,
        ledger_path,
        lambda ledger, one: store.accept(ledger, one, who=reviewer, based_on=based_on, note=note),
    )


@review.command()
@click.argument("records", nargs=-1, required=True)
@click.option("--reason", type=click.Choice(store.reasons), required=True)
@based_on_option
@_decision
def reject(
    records: tuple[str, ...], reason: str, based_on: int | None, ledger_path: str, reviewer: str, note: str | None
) -> None:
    """Say that records are no events of their articles."""
    _each(
        records,
        based_on,
        ledger_path,
        lambda ledger, one: store.reject(ledger, one, who=reviewer, reason=reason, based_on=based_on, note=note),
    )


@review.command()
@click.argument("records", nargs=-1, required=True)
@based_on_option
@_decision
def skip(records: tuple[str, ...], based_on: int | None, ledger_path: str, reviewer: str, note: str | None) -> None:
    """Leave records for a second look."""
    _each(
        records,
        based_on,
        ledger_path,
        lambda ledger, one: store.skip(ledger, one, who=reviewer, based_on=based_on, note=note),
    )


@review.command()
@click.argument("record")
@click.option(
    "--set",
    "-s",
    "fields",
    multiple=True,
    metavar="FIELD=VALUE",
    help="status=planned, a2.country=SYR, actors=a1,a2 ...",
)
@click.option("--json", "-j", "given", metavar="OBJECT", help="Many fields as one JSON object.")
@based_on_option
@_decision
def correct(
    record: str,
    fields: tuple[str, ...],
    given: str | None,
    based_on: int | None,
    ledger_path: str,
    reviewer: str,
    note: str | None,
) -> None:
    """Change fields of a record and vouch for it as it then stands.

    FIELD is type, mode, status, date, place, actors, recipients, third_parties, chain, trigger, extent, purpose or
    contexts, or a field of an actor or attribution (a2.country, s1.stance). A new party is a JSON object with a name.
    """
    changes = correction(fields, given)
    _each(
        (record,),
        based_on,
        ledger_path,
        lambda ledger, one: store.correct(ledger, one, changes, who=reviewer, based_on=based_on, note=note),
    )


def correction(fields: tuple[str, ...], given: str | None) -> dict[str, Any]:
    """Return the correction that the options of ``correct`` make."""
    try:
        changes: Any = json.loads(given) if given else {}
    except json.JSONDecodeError as error:
        raise click.UsageError(f"--json is not JSON: {error}") from error
    if not isinstance(changes, dict):
        raise click.UsageError("--json must be an object of fields and values")
    for field in fields:
        name, equals, value = field.partition("=")
        if not equals:
            raise click.UsageError(f"--set {field}: write FIELD=VALUE")
        changes[name.strip()] = _value(name.strip(), value.strip())
    return changes


def _value(name: str, value: str) -> Any:
    """Read a value: JSON if it looks like it, a list of ids for fields that are lists, else the text."""
    if value == "null" or value[:1] in '[{"':
        try:
            return json.loads(value)
        except json.JSONDecodeError as error:
            raise click.UsageError(f"--set {name}: {value} is not JSON: {error}") from error
    if name in _lists:
        parts = [part.strip() for part in value.split(",") if part.strip()]
        return [int(part) for part in parts] if parts and all(part.isdigit() for part in parts) else parts
    return value


def _each(
    records: tuple[str, ...], based_on: int | None, path: str, decide: Callable[[store.Ledger, str], Any]
) -> None:
    if based_on is not None and len(records) > 1:
        raise click.UsageError("--based-on goes with one record at a time")
    with existing(path) as ledger:
        for one in records:
            try:
                print_json(decide(ledger, one))
            except StaleError as error:
                _refused(error)
        bring_up_to_date(ledger)


@review.command()
@click.argument("name", metavar="RECORD|STORY")
@click.option("--seq", type=int, help="The decision to take back; it must be the last on the record.")
@based_on_option
@_decision
def undo(name: str, seq: int | None, based_on: int | None, ledger_path: str, reviewer: str, note: str | None) -> None:
    """Take back the last decision on a record, or the last merge or split of a story."""
    with existing(ledger_path) as ledger:
        try:
            with ledger.read() as db:
                is_story = db.execute("SELECT 1 FROM story WHERE story_id = ?", (name,)).fetchone() is not None
            if is_story:
                print_json(stories.undo_story(ledger, name, who=reviewer, note=note))
            else:
                print_json(store.undo(ledger, name, who=reviewer, seq=seq, based_on=based_on, note=note))
                bring_up_to_date(ledger)
        except StaleError as error:
            _refused(error)


@review.command()
@click.argument("names", nargs=-1, required=True, metavar="STORY STORY...")
@_decision
def merge(names: tuple[str, ...], ledger_path: str, reviewer: str, note: str | None) -> None:
    """Say that several stories are one; it goes on under the id of the first."""
    with existing(ledger_path) as ledger:
        print_json(stories.merge_stories(ledger, names, who=reviewer, note=note))


@review.command()
@click.argument("story")
@click.argument("records", nargs=-1, required=True)
@based_on_option
@_decision
def split(
    story: str, records: tuple[str, ...], based_on: int | None, ledger_path: str, reviewer: str, note: str | None
) -> None:
    """Say that some reports of a story tell another event; they become a story of their own."""
    with existing(ledger_path) as ledger:
        try:
            print_json(stories.split_story(ledger, story, records, who=reviewer, based_on=based_on, note=note))
        except StaleError as error:
            _refused(error)


@review.command()
@ledger_option
@filter_options
@click.option("--limit", "-n", type=click.IntRange(min=1), default=50, show_default=True)
@click.option("--after", metavar="CURSOR", help="Go on where the page before ended.")
@format_option
def queue(ledger_path: str, wanted: Filter, limit: int, after: str | None, form: str | None) -> int:
    """List what waits for a decision, least confident first."""
    if not wanted.reviews:
        wanted = msgspec.structs.replace(wanted, reviews=("unreviewed", "skipped"))
    with existing(ledger_path) as ledger:
        page = store.list_records(ledger, wanted, order="uncertain", limit=limit, after=after)
    show_rows(page.items, chosen_format(form), record_columns, record_row)
    tell_more(page.next)
    return exits.ok if page.items else exits.nothing_found


@review.command("log")
@ledger_option
@click.option("--since", default=0, metavar="SEQ", help="Entries after this number.")
@click.option("--target", help="Only those about this record or story.")
@format_option
def log_command(ledger_path: str, since: int, target: str | None, form: str | None) -> int:
    """List the log, oldest first: who decided what, and what that changed."""
    with existing(ledger_path) as ledger:
        found = list(store.entries(ledger, since=since, target=target))
    show_rows(found, chosen_format(form), entry_columns, entry_row)
    return exits.ok if found else exits.nothing_found
