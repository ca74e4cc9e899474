"""``rawi eval``: how well coded articles agree with gold."""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from rawi import evaluate
from rawi.articles import Unread, make_article
from rawi.cli import exits
from rawi.cli.code_command import lexicon_option
from rawi.cli.ledger_options import print_lines
from rawi.errors import InputError
from rawi.model import Article, CodedArticle

Json = dict[str, Any]


@click.command("eval")
@click.argument("gold", metavar="GOLD")
@click.argument("against", required=False, metavar="[CODED|ARTICLES]")
@lexicon_option
@click.option(
    "--jobs", "-j", type=click.IntRange(min=0), default=1, metavar="N", help="Processes that code; 0: one a core."
)
@click.option("--show", type=click.IntRange(min=0), default=0, metavar="N", help="Also N missed and N extra events.")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), help="text on a terminal, json otherwise.")
def evaluate_command(
    gold: str, against: str | None, overlays: tuple[str, ...], jobs: int, show: int, form: str | None
) -> int:
    """Measure coded articles against GOLD: JSON lines as 'rawi export --gold' writes them.

    What is measured: coded articles as 'rawi code' writes them, or articles, which are coded first; they are matched
    with the gold by id. Without a second file the texts of GOLD itself are coded.
    """
    wanted = [evaluate.check_gold(record, where) for record, where in _lines(gold)]
    if against is None:
        coded, failed = _code(
            [_article(record, f"{gold}: article {n}") for n, record in enumerate(wanted, 1)], overlays, jobs
        )
        found = {f"{n}": one for n, one in enumerate(coded) if one is not None}
    else:
        coded, failed = _coded_or_articles(against, overlays, jobs)
        found = _by_id(wanted, coded, against)
    # Ids need not be unique in a ledger of many outlets: what belongs together is known by its place in the gold.
    measures = evaluate.score([{**record, "id": f"{n}"} for n, record in enumerate(wanted)], found, show)
    for what in ("missed", "extra"):
        if what in measures:
            measures[what] = [(wanted[int(n)].get("id"), event) for n, event in measures[what]]
    measures["not_coded"] = len(wanted) - len(found)
    if (form or ("text" if sys.stdout.isatty() else "json")) == "json":
        click.echo(json.dumps(measures, ensure_ascii=False))
    else:
        print_lines(evaluate.report(measures))
    if measures["not_coded"]:
        click.echo(
            f"rawi: {measures['not_coded']} of {len(wanted)} gold articles have no coded one; their events count as missed",
            err=True,
        )
    if failed and failed == len(wanted):
        return exits.failure
    return exits.some_failed if failed or measures["not_coded"] else exits.ok


def _lines(path: str) -> Iterator[tuple[object, str]]:
    """Yield the objects of a JSON-lines file, each with its place."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the name and the rights") from error
    count = 0
    for n, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            count += 1
            try:
                yield msgspec.json.decode(line), f"{path}:{n}"
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                raise InputError(f"{path}:{n}: this is not JSON ({error}); give one article a line") from error
    if not count:
        raise InputError(f"{path}: there is no article in it; give JSON lines, one article a line")


def _article(record: Json, where: str) -> Article | Unread:
    try:
        return make_article(record, where)
    except InputError as error:
        return Unread(str(record.get("id")), str(error))


def _code(items: list[Article | Unread], overlays: tuple[str, ...], jobs: int) -> tuple[list[Json | None], int]:
    """Return what articles are coded as, None for those that could not be, and how many those are."""
    from rawi.batch.processes import code_many

    out: list[Json | None] = []
    for result in code_many(items, overlays, jobs or os.cpu_count() or 1):
        if isinstance(result, CodedArticle):
            out.append(msgspec.to_builtins(result))
        else:
            click.echo(f"rawi: {result.error}", err=True)
            out.append(None)
    return out, out.count(None)


def _coded_or_articles(path: str, overlays: tuple[str, ...], jobs: int) -> tuple[list[Json | None], int]:
    """Return the coded articles of a file; articles in it are coded first."""
    from rawi.cli.reading import read_articles

    if Path(path).suffix.lower() not in (".txt", ".json"):
        records = list(_lines(path))
        if any(isinstance(record, dict) and isinstance(record.get("article"), dict) for record, _ in records):
            return _checked(records)
        if path == "-":
            return _code([_article(_mapping(record, where), where) for record, where in records], overlays, jobs)
    return _code(list(read_articles([path])), overlays, jobs)


def _mapping(record: object, where: str) -> Json:
    if not isinstance(record, dict):
        raise InputError(f"{where}: this is no article; give an object with a field 'text'")
    return record


def _checked(records: list[tuple[object, str]]) -> tuple[list[Json | None], int]:
    """Return coded articles as plain JSON; lines that hold an error are said and left out."""
    out: list[Json | None] = []
    for record, where in records:
        if isinstance(record, dict) and record.get("error"):
            click.echo(f"rawi: {record['error']}", err=True)
            out.append(None)
            continue
        try:
            out.append(msgspec.to_builtins(msgspec.convert(record, CodedArticle)))
        except msgspec.ValidationError as error:
            raise InputError(f"{where}: this is no coded article ({error}); give what 'rawi code' writes") from error
    return out, out.count(None)


def _by_id(wanted: list[Json], coded: list[Json | None], path: str) -> dict[str, Json]:
    """Return the coded article of each gold article, by its number; of several with one id in their order."""
    waiting: defaultdict[str, list[Json]] = defaultdict(list)
    for one in coded:
        if one is not None:
            waiting[str(one["article"]["id"])].append(one)
    found: dict[str, Json] = {}
    for n, record in enumerate(wanted):
        if waiting[str(record.get("id"))]:
            found[f"{n}"] = waiting[str(record.get("id"))].pop(0)
    if wanted and not found:
        raise InputError(f"{path}: none of its articles has the id of a gold article; give both the same ids")
    return found
