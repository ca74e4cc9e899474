"""Commands of the ledger: add, list, show, search, stories, stats, vacuum, verify."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

import click

import rawi.ledger as store
import rawi.merge as merge
from rawi.articles import Unread
from rawi.cli import exits
from rawi.cli.code_command import article_options
from rawi.cli.ledger_options import (
    bring_up_to_date,
    chosen_format,
    existing,
    filter_options,
    format_option,
    ledger_option,
    print_json,
    print_lines,
    show_rows,
    tell_more,
)
from rawi.cli.ledger_text import article_lines, record_columns, record_lines, record_row, story_lines
from rawi.cli.tables import Column
from rawi.export.csv_table import write_stories
from rawi.ledger import Filter, Ledger
from rawi.model import Article, CodedArticle, CoderVersion, Story

Coding = Callable[[Iterable[Article | Unread]], Iterator[CodedArticle | Unread]]

merge_every = 500  # articles added between two merges
_most_bytes = 500_000_000  # of files that are read through once to know how many articles they hold


def load_coder(overlays: tuple[str, ...], jobs: int) -> tuple[Coding, CoderVersion]:
    """Return what codes a stream of articles, and its version."""
    from rawi.batch.processes import code_many
    from rawi.coder import default_coder

    return (lambda items: code_many(items, overlays, jobs)), default_coder(overlays).version


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE…|-]")
@ledger_option
@article_options[0]
@article_options[1]
@article_options[2]
@article_options[3]
@click.option(
    "--jobs", "-j", type=click.IntRange(min=0), default=1, metavar="N", help="Processes that code; 0: one a core."
)
@click.option("--no-merge", is_flag=True, help="Leave the merging into stories for later.")
@click.option("--format", "form", type=click.Choice(["summary", "jsonl"]), default="summary", show_default=True)
@click.option("--quiet", "-q", is_flag=True, help="No progress on the terminal.")
def add(
    files: tuple[str, ...],
    ledger_path: str,
    date: str | None,
    outlet: str | None,
    title: str | None,
    overlays: tuple[str, ...],
    jobs: int,
    no_merge: bool,
    form: str,
    quiet: bool,
) -> int:
    """Code articles and keep them: text, JSON or JSON-lines files, or standard input.

    What is in the ledger already is passed over, so a run that was stopped can be repeated. The same URL with another
    text is a new version of the article. A newer coder supersedes what an older one read; decisions stay.
    """
    from rawi.cli.reading import read_articles

    coding, version = load_coder(overlays, jobs or os.cpu_count() or 1)
    given = {"date": date, "outlet": outlet, "title": title}
    shown = not quiet and sys.stderr.isatty()
    total = count_articles(files) if shown else None
    with Ledger(ledger_path) as ledger, _progress(shown, total) as advance:
        try:
            items = read_articles(files, **given)
            counts = run_add(
                ledger, items, coding, version, lines=form == "jsonl", advance=advance, merging=not no_merge
            )
        except KeyboardInterrupt:
            click.echo("rawi: stopped; what was added is safe, and the same command goes on from here", err=True)
            return 130
    if form == "summary":
        click.echo(", ".join(f"{counts[name]} {name}" for name in get_args(store.Outcome)))
    if counts["failed"]:
        return exits.some_failed if sum(counts.values()) > counts["failed"] else exits.failure
    return exits.ok if counts else exits.nothing_found


def run_add(
    ledger: Ledger,
    items: Iterable[Article | Unread],
    coding: Coding,
    version: CoderVersion,
    *,
    lines: bool = False,
    advance: Callable[[int], object] = lambda count: None,
    merging: bool = True,
) -> Counter[str]:
    """Add articles, merge them into stories, say what failed or lapsed; returns how many came out how.

    Args:
        ledger: where to.
        items: articles, or what could not be read.
        coding: codes a stream of articles.
        version: of the coder; what it has read before is not read again.
        lines: print one JSON line an article, once it is committed.
        advance: told of each article that is done with.
        merging: merge into stories as well.
    """
    counts: Counter[str] = Counter()

    def tell(added: store.Added) -> None:
        counts[added.outcome] += 1
        _tell(added, lines)
        advance(1)

    def unknown() -> Iterator[Article | Unread]:
        for item in items:
            known = store.known(ledger, item, version) if isinstance(item, Article) else None
            if known is not None:
                tell(known)
            else:
                yield item

    def coded() -> Iterator[CodedArticle]:
        for result in coding(unknown()):
            if isinstance(result, CodedArticle):
                yield result
            else:
                tell(store.Added(result.id, None, "failed", error=result.error))

    added_since = 0
    for added in store.add_stream(ledger, coded()):
        tell(added)
        added_since += 1
        if merging and added_since >= merge_every:
            merge.update(ledger)
            added_since = 0
    if merging:
        merge.update(ledger)
    return counts


def count_articles(files: Sequence[str]) -> int | None:
    """Return how many articles there are in files that can be read twice, None if they cannot or are very large."""
    from rawi.cli.reading import read_articles

    paths = [Path(name) for name in files]
    if (
        not paths
        or not all(path.is_file() for path in paths)
        or sum(path.stat().st_size for path in paths) > _most_bytes
    ):
        return None
    return sum(1 for _ in read_articles(files))


@contextmanager
def _progress(shown: bool, total: int | None) -> Iterator[Callable[[int], object]]:
    """Show a bar on the terminal, or a count when it is not known how many articles there are."""
    if not shown:
        yield lambda count: None
    elif total is not None:
        with click.progressbar(length=total, label="articles", file=sys.stderr, show_pos=True) as bar:
            yield bar.update
    else:
        done = 0

        def count_up(count: int) -> None:
            nonlocal done
            done += count
            if done % 10 == 0:
                click.echo(f"\r{done:,} articles", nl=False, err=True)

        yield count_up
        click.echo(f"\r{done:,} articles", err=True)


def _tell(added: store.Added, lines: bool) -> None:
    if lines:
        print_json(added)
        sys.stdout.flush()
    if added.error:
        click.echo(f"rawi: {added.error}", err=True)
    for lapse in added.kept:
        click.echo(f"{lapse.record}: {lapse.decision}: {lapse.why}", err=True)
    for lapse in added.lapsed:
        click.echo(f"{lapse.record}: {lapse.decision} no longer applies: {lapse.why}", err=True)


@click.command("list")
@ledger_option
@filter_options
@click.option("--order", type=click.Choice(["newest", "oldest", "uncertain"]), default="newest", show_default=True)
@click.option("--limit", "-n", type=click.IntRange(min=1), default=50, show_default=True)
@click.option("--after", metavar="CURSOR", help="Go on where the page before ended.")
@format_option
def list_command(ledger_path: str, wanted: Filter, order: Any, limit: int, after: str | None, form: str | None) -> int:
    """List records."""
    with existing(ledger_path) as ledger:
        page = store.list_records(ledger, wanted, order=order, limit=limit, after=after)
    show_rows(page.items, chosen_format(form), record_columns, record_row)
    tell_more(page.next)
    return exits.ok if page.items else exits.nothing_found


@click.command()
@click.argument("name", metavar="ID")
@ledger_option
@click.option("--version", "version", type=int, help="An earlier version of an article's text.")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), help="text on a terminal, json otherwise.")
def show(name: str, ledger_path: str, version: int | None, form: str | None) -> None:
    """Show a record, a story or an article (by ledger id, or the id it was given under)."""
    with existing(ledger_path) as ledger:
        found: Any
        if _is(ledger, "record", name):
            found = store.get_record(ledger, name)
            lines = record_lines(found, list(store.entries(ledger, target=name)))
        elif _is(ledger, "story", name):
            bring_up_to_date(ledger)
            found = store.get_story(ledger, name)
            lines = story_lines(found)
        else:
            found = store.get_article(ledger, name, version=version)
            lines = article_lines(found)
    if (form or ("text" if sys.stdout.isatty() else "json")) == "json":
        print_json(found)
    else:
        print_lines(lines)


def _is(ledger: Ledger, kind: str, name: str) -> bool:
    with ledger.read() as db:
        return db.execute(f"SELECT 1 FROM {kind} WHERE {kind}_id = ?", (name,)).fetchone() is not None


@click.command()
@click.argument("query", nargs=-1, required=True)
@ledger_option
@filter_options
@click.option("--order", type=click.Choice(["rank", "newest"]), default="rank", show_default=True)
@click.option("--limit", "-n", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Where the page before said that more begins.")
@format_option
def search(
    query: tuple[str, ...], ledger_path: str, wanted: Filter, order: Any, limit: int, offset: int, form: str | None
) -> int:
    """Search the text of articles: words, "a phrase", prefix*, AND, OR, NOT (or -word), parentheses.

    Harakat, hamza and proclitics do not matter: وزير finds والوزير.
    """
    with existing(ledger_path) as ledger:
        hits = store.search(ledger, " ".join(query), wanted, order=order, limit=limit, offset=offset)
    columns = (Column("id", 17), Column("date", 10), Column("outlet", 16), Column("snippet"))
    show_rows(hits.items, chosen_format(form), columns, _hit_row)
    if hits.next is not None:
        click.echo(f"more with --offset {hits.next}", err=True)
    return exits.ok if hits.items else exits.nothing_found


def _hit_row(hit: store.Hit) -> tuple[object, ...]:
    pieces, at = [], 0
    for start, stop in hit.highlights:
        a, b = start - hit.start, stop - hit.start
        pieces += [hit.snippet[at:a], "«", hit.snippet[a:b], "»"]
        at = b
    return hit.article, hit.published, hit.outlet, ("".join(pieces) + hit.snippet[at:]).replace("\n", " ")


@click.command()
@ledger_option
@filter_options
@click.option("--order", type=click.Choice(["newest", "oldest", "corroborated"]), default="newest", show_default=True)
@click.option("--limit", "-n", type=click.IntRange(min=1), help="The most stories; 50 in a table, all otherwise.")
@click.option("--after", metavar="CURSOR", help="Go on where the page before ended.")
@click.option("--contested/--uncontested", default=None, help="Only stories that somebody denies, or nobody.")
@click.option("--origins", default=0, metavar="N", help="At least so many independent origins.")
@click.option("--articles", default=0, metavar="N", help="At least so many articles.")
@click.option("--rebuild", is_flag=True, help="Merge everything anew first.")
@format_option
def stories(
    ledger_path: str,
    wanted: Filter,
    order: Any,
    limit: int | None,
    after: str | None,
    contested: bool | None,
    origins: int,
    articles: int,
    rebuild: bool,
    form: str | None,
) -> int:
    """List stories: the same event in several articles, with who reports it and how many origins it has."""
    form = chosen_format(form)
    most = limit if limit is not None else 50 if form == "table" else sys.maxsize
    with existing(ledger_path) as ledger:
        if rebuild:
            merge.rebuild(ledger)
        bring_up_to_date(ledger)
        found: list[Story] = []
        cursor = after
        while True:
            page = store.list_stories(
                ledger,
                wanted,
                order=order,
                limit=min(most - len(found), 500),
                after=cursor,
                contested=contested,
                least_origins=origins,
                least_articles=articles,
            )
            found += page.items
            cursor = page.next
            if cursor is None or len(found) >= most:
                break
    if form == "csv":
        write_stories(found, sys.stdout)
    else:
        columns = (
            Column("story", 17), Column("date", 10), Column("type", 9), Column("status", 20), Column("art", 3), Column("out", 3),
            Column("orig", 4), Column("grade", 5), Column("actors"), Column("recipients"),
        )  # fmt: skip
        show_rows(found, form, columns, _story_row)
    tell_more(cursor)
    return exits.ok if found else exits.nothing_found


def _story_row(story: Story) -> tuple[object, ...]:
    return (
        story.id,
        story.date or story.first_seen,
        story.type,
        story.status + (" (contested)" if story.contested else ""),
        story.n_articles,
        story.n_outlets,
        story.n_origins,
        f"{story.reliability}{story.credibility}",
        "، ".join(actor.name for actor in story.actors),
        "، ".join(actor.name for actor in story.recipients),
    )


_stats_words = {
    "failed": "could not be coded", "contested": "contested stories", "waiting": "waiting to merge", "first": "first published",
    "last": "last published", "log_seq": "last log entry",
}  # fmt: skip


@click.command()
@ledger_option
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), help="text on a terminal, json otherwise.")
def stats(ledger_path: str, form: str | None) -> None:
    """Count what the ledger holds."""
    with existing(ledger_path) as ledger:
        found = store.stats(ledger)
    if (form or ("text" if sys.stdout.isatty() else "json")) == "json":
        print_json(found)
        return
    for name in found.__struct_fields__:
        value = getattr(found, name)
        if isinstance(value, dict):
            click.echo(f"{name.removeprefix('by_')}:")
            for key, count in value.items():
                click.echo(f"  {count:>8}  {key or '(none)'}")
        else:
            words = _stats_words.get(name, name.replace("_", " "))
            click.echo(f"{words:>18}  {value if value is not None else '-'}")


@click.command()
@ledger_option
def vacuum(ledger_path: str) -> None:
    """Pack the file and its word index; nothing is deleted."""
    with existing(ledger_path) as ledger:
        before, after = store.vacuum(ledger)
    click.echo(f"{before:,} bytes before, {after:,} after")


@click.command()
@ledger_option
@click.option("--head", help="A hash of the log noted earlier (verify and stats print it); it must still be there.")
def verify(ledger_path: str, head: str | None) -> int:
    """Check every invariant of the ledger; exit with 1 if one does not hold."""
    with existing(ledger_path) as ledger:
        breaches = store.verify(ledger, head=head) + merge.verify_stories(ledger)
        lost = any(breach.where == "table log" for breach in breaches)
        seq, digest = (0, "") if lost else store.head(ledger)
    for breach in breaches:
        click.echo(f"{breach.where}: {breach.message} ({breach.check})")
    click.echo(f"{len(breaches)} breaches; log ends at entry {seq} {digest}", err=True)
    return exits.failure if breaches else exits.ok
