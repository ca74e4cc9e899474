"""Commands that carry what people decided out of the ledger, and the user's ratings into it: export, rate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import rawi.ledger as store
from rawi.cli import exits
from rawi.cli.ledger_options import (
    bring_up_to_date,
    existing,
    filter_options,
    ledger_option,
    output,
    reviewer_option,
)
from rawi.export.csv_table import write_events, write_stories
from rawi.export.gold import gold_article
from rawi.export.jsonl import write_jsonl
from rawi.export.overlay import overlay_entries, overlay_yaml
from rawi.ledger import Filter, Ledger, ratings


@click.command()
@ledger_option
@filter_options
@click.option(
    "--what",
    type=click.Choice(["records", "articles", "stories", "log"]),
    default="records",
    show_default=True,
    help="articles: coded articles with people's decisions in them.",
)
@click.option("--format", "-f", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option(
    "--shape", type=click.Choice(["event", "dyad"]), default="event", show_default=True, help="Rows of a CSV."
)
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, for Excel.")
@click.option("--gold", is_flag=True, help="Reviewed articles as gold for rawi eval.")
@click.option("--overlay", is_flag=True, help="Corrected actors as lexicon overlay files.")
@click.option("--out", "-o", type=click.Path(), help="File; for --overlay a folder.")
def export(
    ledger_path: str,
    wanted: Filter,
    what: str,
    form: str,
    shape: Any,
    bom: bool,
    gold: bool,
    overlay: bool,
    out: str | None,
) -> int:
    """Write records, articles, stories or the log as JSON lines or CSV; or gold, or a lexicon overlay."""
    if gold and overlay:
        raise click.UsageError("--gold and --overlay are two exports; run one after the other")
    if form == "csv" and not (gold or overlay) and what in ("articles", "log"):
        raise click.UsageError(f"{what} do not fit a table; use --format jsonl")
    with existing(ledger_path) as ledger:
        if overlay:
            count = _export_overlay(ledger, out)
        else:
            with output(out, bom=bom) as stream:
                if gold:
                    lines = (
                        gold_article(one.article, one.records, one.decided) for one in store.every_reviewed(ledger)
                    )
                    count = write_jsonl(lines, stream)
                else:
                    bring_up_to_date(ledger)
                    count = _export(ledger, wanted, what, form, shape, stream)
    if out not in (None, "-"):
        click.echo(f"{count} written to {out}", err=True)
    return exits.ok if count else exits.nothing_found


def _export(ledger: Ledger, wanted: Filter, what: str, form: str, shape: Any, stream: Any) -> int:
    if what == "log":
        return write_jsonl(store.entries(ledger), stream)
    if what == "articles":
        return write_jsonl(store.every_coded(ledger, wanted), stream)
    if what == "stories":
        found = store.every_story(ledger, wanted)
        return write_stories(found, stream) if form == "csv" else write_jsonl(found, stream)
    records = store.every_exported(ledger, wanted)
    return write_events(records, stream, shape=shape) if form == "csv" else write_jsonl(records, stream)


def _export_overlay(ledger: Ledger, out: str | None) -> int:
    from rawi.coder import default_coder

    known = {one.id: (one.name, one.name_en) for one in default_coder().lexicon.entities.values()}
    entries = overlay_entries(store.actor_corrections(ledger), known)
    if out is None and len(entries) > 1:
        raise click.UsageError(
            "there are corrections of persons and of others, which are two files; name a folder with --out"
        )
    for kind, found in entries.items():
        text = overlay_yaml(kind, found)
        if out is None:
            click.echo(text, nl=False)
        else:
            Path(out).mkdir(parents=True, exist_ok=True)
            (Path(out) / f"{kind}.yaml").write_text(text, "utf-8")
    return sum(map(len, entries.values()))


@click.command()
@click.argument("name", required=False)
@click.argument("grade", required=False)
@ledger_option
@click.option("--kind", type=click.Choice(["outlet", "source"]), default="outlet", show_default=True)
@click.option("--file", "-F", "path", type=click.Path(exists=True, dir_okay=False), help="Ratings of many, as YAML.")
@reviewer_option
@click.option("--note", help="Why.")
def rate(
    name: str | None,
    grade: str | None,
    ledger_path: str,
    kind: str,
    path: str | None,
    reviewer: str,
    note: str | None,
) -> None:
    """Rate an outlet or a source from A (reliable) to F (cannot be judged); without a name, list the ratings.

    A source is named as it is written, or by its entity id.
    """
    if path is None and name is None:
        with existing(ledger_path) as ledger:
            for one in store.list_ratings(ledger):
                click.echo(f"{one.reliability}\t{one.kind}\t{one.name}")
        return
    if path is not None:
        import yaml

        try:
            content = yaml.safe_load(Path(path).read_text("utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise click.ClickException(f"{path}: cannot be read as YAML ({error}); mend the file") from error
        wanted = ratings.read_ratings(content, path)
    elif grade is None:
        raise click.UsageError("give a grade from A to F after the name")
    else:
        wanted = [ratings.make_rating(kind, name, grade, "rate")]
    with existing(ledger_path) as ledger:
        changed = [seq for seq in store.rate_many(ledger, wanted, who=reviewer, note=note) if seq is not None]
        strangers = ratings.unknown_outlets(ledger, wanted)
    for stranger in strangers:
        click.echo(
            f"rawi: no article of {stranger} is in the ledger; the rating waits for one, or check the spelling",
            err=True,
        )
    click.echo(f"{len(changed)} of {len(wanted)} ratings changed")
