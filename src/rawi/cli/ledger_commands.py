"""Commands of the ledger: add, list, show, search, stories, stats, vacuum, export, verify, rate."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

from rawi import ledger as store
from rawi import merge
from rawi.cli.ledger_options import (
    chosen_format,
    existing,
    filter_options,
    format_option,
    ledger_option,
    nothing_found,
    output,
    print_json,
    reviewer_option,
    show_rows,
    told,
)
from rawi.cli.ledger_text import article_text, record_text, story_text
from rawi.cli.review_commands import review
from rawi.export.csv_table import write_events, write_stories
from rawi.export.gold import gold_article
from rawi.export.jsonl import write_jsonl
from rawi.export.overlay import overlay_entries, overlay_yaml
from rawi.ledger import Filter, Ledger, ratings
from rawi.model import Article, CodedArticle, CoderVersion, Record, Story

Code = Callable[[Article], CodedArticle]

some_failed = 3
merge_every = 500  # articles added between two merges


def load_coder(overlays: tuple[str, ...]) -> tuple[Code, CoderVersion]:
    """Return what codes an article, and its version."""
    from rawi.coder import default_coder

    coder = default_coder(overlays)
    return coder.code, coder.version


@click.command()
@click.argument("files", nargs=-1)
@ledger_option
@click.option("--date", metavar="DATE", help="Publication date of articles that do not say theirs.")
@click.option("--outlet", help="Outlet of articles that do not say theirs.")
@click.option("--title", help="Title of articles that do not say theirs.")
@click.option("--lexicon", "overlays", multiple=True, type=click.Path(exists=True), help="Lexicon overlay.")
@click.option("--no-merge", is_flag=True, help="Leave the merging into stories for later.")
@click.option("--format", "-f", "form", type=click.Choice(["summary", "jsonl"]), default="summary", show_default=True)
@click.option("--quiet", "-q", is_flag=True, help="No progress on the terminal.")
@told
def add(
    files: tuple[str, ...],
    ledger_path: str,
    date: str | None,
    outlet: str | None,
    title: str | None,
    overlays: tuple[str, ...],
    no_merge: bool,
    form: str,
    quiet: bool,
) -> None:
    """Code articles and keep them (FILES: .txt, .json, .jsonl, or - for standard input).

    What is in the ledger already is passed over, so a run that was stopped can be repeated. The same URL with another
    text is a new version of the article. A newer coder supersedes what an older one read; decisions stay.
    """
    from rawi.cli.reading import read_articles

    code, version = load_coder(overlays)
    items = read_articles(files, date=date, outlet=outlet, title=title)
    with Ledger(ledger_path) as ledger:
        try:
            counts = run_add(ledger, items, code, version, lines=form == "jsonl", quiet=quiet, merging=not no_merge)
        except KeyboardInterrupt:
            click.echo("stopped; what was added is safe, and the same command goes on from here", err=True)
            sys.exit(130)
    if form == "summary":
        click.echo(", ".join(f"{counts[name]} {name}" for name in ("new", "version", "recoded", "known", "failed")))
    if counts["failed"]:
        sys.exit(some_failed if sum(counts.values()) > counts["failed"] else 1)


def run_add(
    ledger: Ledger,
    items: Iterable[Any],
    code: Code,
    version: CoderVersion | None,
    *,
    lines: bool = False,
    quiet: bool = True,
    merging: bool = True,
) -> Counter[str]:
    """Add articles, merge them into stories, say what failed or lapsed; returns how many came out how.

    Args:
        ledger: where to.
        items: articles, or rows of the reader with an ``id`` and an ``error``.
        code: codes one article.
        version: of the coder; what it has read before is not read again.
        lines: print one JSON line an article, once it is committed.
        quiet: no progress bar.
        merging: merge into stories as well.
    """
    counts: Counter[str] = Counter()

    def readable() -> Iterator[Article | CodedArticle]:
        for item in items:
            if isinstance(item, Article | CodedArticle):
                yield item
            else:
                _tell(counts, store.Added(item.id, None, "failed", error=item.error), lines)

    done = 0
    with _progress(quiet) as advance:
        for added in store.add_articles(ledger, readable(), code, version):
            _tell(counts, added, lines)
            done += 1
            advance(1)
            if merging and done % merge_every == 0:
                merge.update(ledger)
        if merging:
            merge.update(ledger)
    return counts


def _tell(counts: Counter[str], added: store.Added, lines: bool) -> None:
    counts[added.outcome] += 1
    if lines:
        print_json(added)
        sys.stdout.flush()
    if added.error:
        click.echo(added.error, err=True)
    for lapse in added.kept:
        click.echo(f"{lapse.record}: {lapse.decision}, {lapse.why}", err=True)
    for lapse in added.lapsed:
        click.echo(f"{lapse.record}: {lapse.decision} no longer applies: {lapse.why}", err=True)


def _progress(quiet: bool) -> AbstractContextManager[Callable[[int], None]]:
    """Return a progress bar on a terminal, or nothing."""
    if quiet or not sys.stderr.isatty():
        return nullcontext(lambda count: None)
    from rawi.cli.progress import progress

    return progress("articles")


@click.command("list")
@ledger_option
@filter_options
@click.option("--order", type=click.Choice(["newest", "oldest", "uncertain"]), default="newest", show_default=True)
@click.option("--limit", "-n", default=50, show_default=True)
@click.option("--after", metavar="CURSOR", help="Go on where the page before ended.")
@format_option
@told
def list_command(ledger_path: str, wanted: Filter, order: Any, limit: int, after: str | None, form: str | None) -> None:
    """List records."""
    with existing(ledger_path) as ledger:
        page = store.list_records(ledger, wanted, order=order, limit=limit, after=after)
    columns = ("id", "date", "type", "status", "review", "conf", "outlet", "actors", "recipients", "trigger")
    show_rows(page.items, chosen_format(form), columns, _record_row)
    _more(page.next)
    if not page.items:
        sys.exit(nothing_found)


def _record_row(record: Record) -> tuple[object, ...]:
    names = {actor.id: actor.name for actor in record.actors}
    event = record.event
    return (
        record.id,
        event.date.value if event.date else record.published,
        event.type,
        event.status,
        record.review,
        f"{event.confidence:.2f}",
        record.outlet,
        "، ".join(names[one] for one in event.actors),
        "، ".join(names[one] for one in event.recipients),
        record.title,
    )


def _more(cursor: str | None) -> None:
    if cursor is not None:
        click.echo(f"more with --after '{cursor}'", err=True)


@click.command()
@click.argument("name", metavar="ID")
@ledger_option
@click.option("--version", "version", type=int, help="An earlier version of an article's text.")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), help="text on a terminal, json otherwise.")
@told
def show(name: str, ledger_path: str, version: int | None, form: str | None) -> None:
    """Show a record, a story or an article (by ledger id, or the id it was given under)."""
    with existing(ledger_path) as ledger:
        found: Any
        if _is(ledger, "record", name):
            found = store.get_record(ledger, name)
            text = record_text(found, list(store.entries(ledger, target=name)))
        elif _is(ledger, "story", name):
            merge.update(ledger)
            found = store.get_story(ledger, name)
            text = story_text(found)
        else:
            found = store.get_article(ledger, name, version=version)
            text = article_text(found)
    if (form or ("text" if sys.stdout.isatty() else "json")) == "json":
        print_json(found)
    else:
        click.echo(text)


def _is(ledger: Ledger, kind: str, name: str) -> bool:
    with ledger.read() as db:
        return db.execute(f"SELECT 1 FROM {kind} WHERE {kind}_id = ?", (name,)).fetchone() is not None


@click.command()
@click.argument("query", nargs=-1, required=True)
@ledger_option
@filter_options
@click.option("--order", type=click.Choice(["rank", "newest"]), default="rank", show_default=True)
@click.option("--limit", "-n", default=20, show_default=True)
@click.option("--offset", default=0, help="Where the page before said that more begins.")
@format_option
@told
def search(
    query: tuple[str, ...], ledger_path: str, wanted: Filter, order: Any, limit: int, offset: int, form: str | None
) -> None:
    """Search the text of articles: words, "a phrase", prefix*, AND, OR, NOT (or -word), parentheses.

    Harakat, hamza and proclitics do not matter: وزير finds والوزير.
    """
    with existing(ledger_path) as ledger:
        hits = store.search(ledger, " ".join(query), wanted, order=order, limit=limit, offset=offset)
    columns = ("id", "date", "outlet", "snippet")
    show_rows(hits.items, chosen_format(form), columns, _hit_row)
    if hits.next is not None:
        click.echo(f"more with --offset {hits.next}", err=True)
    if not hits.items:
        sys.exit(nothing_found)


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
@click.option("--limit", "-n", type=int, help="The most stories; 50 in a table, all otherwise.")
@click.option("--after", metavar="CURSOR", help="Go on where the page before ended.")
@click.option("--contested/--uncontested", default=None, help="Only stories that somebody denies, or nobody.")
@click.option("--origins", default=0, metavar="N", help="At least so many independent origins.")
@click.option("--articles", default=0, metavar="N", help="At least so many articles.")
@click.option("--rebuild", is_flag=True, help="Merge everything anew first.")
@format_option
@told
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
) -> None:
    """List stories: the same event in several articles, with who reports it and how many origins it has."""
    form = chosen_format(form)
    most = limit if limit is not None else 50 if form == "table" else sys.maxsize
    with existing(ledger_path) as ledger:
        if rebuild:
            merge.rebuild(ledger)
        merge.update(ledger)
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
        columns = ("story", "date", "type", "status", "art", "out", "orig", "grade", "actors", "recipients")
        show_rows(found, form, columns, _story_row)
    _more(cursor)
    if not found:
        sys.exit(nothing_found)


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


@click.command()
@ledger_option
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), help="text on a terminal, json otherwise.")
@told
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
            click.echo(f"{name.replace('_', ' '):>12}  {value if value is not None else '-'}")


@click.command()
@ledger_option
@told
def vacuum(ledger_path: str) -> None:
    """Pack the file and its word index; nothing is deleted."""
    with existing(ledger_path) as ledger:
        before, after = store.vacuum(ledger)
    click.echo(f"{before:,} bytes before, {after:,} after")


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
@told
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
) -> None:
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
                    merge.update(ledger)
                    count = _export(ledger, wanted, what, form, shape, stream)
    if out not in (None, "-"):
        click.echo(f"{count} written to {out}", err=True)
    if not count:
        sys.exit(nothing_found)


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
    entries = overlay_entries(store.actor_corrections(ledger))
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
@ledger_option
@click.option("--head", help="A hash of the log noted earlier (verify and stats print it); it must still be there.")
@told
def verify(ledger_path: str, head: str | None) -> None:
    """Check every invariant of the ledger; exit with 1 if one does not hold."""
    with existing(ledger_path) as ledger:
        breaches = store.verify(ledger, head=head)
        seq, digest = store.head(ledger)
    for breach in breaches:
        click.echo(f"{breach.where}: {breach.message} ({breach.check})")
    click.echo(f"{len(breaches)} breaches; log ends at entry {seq} {digest}", err=True)
    if breaches:
        sys.exit(1)


@click.command()
@click.argument("name", required=False)
@click.argument("grade", required=False)
@ledger_option
@click.option("--kind", type=click.Choice(["outlet", "source"]), default="outlet", show_default=True)
@click.option("--file", "-F", "path", type=click.Path(exists=True, dir_okay=False), help="Ratings of many, as YAML.")
@reviewer_option
@click.option("--note", help="Why.")
@told
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
    with Ledger(ledger_path) as ledger:
        changed = [seq for seq in store.rate_many(ledger, wanted, who=reviewer, note=note) if seq is not None]
    click.echo(f"{len(changed)} of {len(wanted)} ratings changed")


commands: list[click.Command] = [
    add,
    list_command,
    show,
    search,
    stories,
    stats,
    vacuum,
    export,
    verify,
    review,
    rate,
]
