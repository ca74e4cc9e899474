"""``rawi explain``: why each event of a report is in the record, and what nearly was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rawi.cli.code_command import article_options
from rawi.cli.exits import failure, nothing_found, some_failed

if TYPE_CHECKING:
    from rawi.articles import Unread
    from rawi.cli.tables import Page, Piece
    from rawi.explain import EventExplanation, Explanation, NearMiss
    from rawi.lexicon.locate import Location
    from rawi.model import Article

_marks = {
    "A": "actor", "R": "recipient", "H": "host", "M": "mediator", "B": "on behalf of", "T": "about", "S": "source", "C": "cue",
    "D": "date", "P": "place",
}  # fmt: skip
_styles = {"": "bold yellow", "A": "green", "R": "red", "S": "cyan", "C": "magenta", "D": "blue", "P": "blue"}


@click.command()
@click.argument("file")
@click.argument("event", required=False)
@article_options[0]
@article_options[1]
@article_options[2]
@article_options[3]
@click.option("--id", "identifier", metavar="ID", help="Only the article with this id, where the file holds several.")
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON, one article a line.")
def explain(
    file: str, event: str | None, date: str | None, outlet: str | None, title: str | None, overlays: tuple[str, ...],
    identifier: str | None, as_json: bool,
) -> int | None:  # fmt: skip
    """Explain the events of FILE ('-' for standard input), or only EVENT (such as e2).

    For each event: its sentence with the parts marked, the lexicon entry and the rules that fired, who says so, and
    what the date was read from. Then the words that could have carried an event and do not, each with the reason.
    """
    from rawi.articles import Unread
    from rawi.cli.reading import read_articles
    from rawi.explain import explain_article
    from rawi.lexicon.lexicon import open_lexicon

    lexicon = open_lexicon(overlays)
    failed = shown = 0
    for article in read_articles([file], date=date, outlet=outlet, title=title):
        if identifier is not None and article.id != identifier:
            continue
        if isinstance(article, Unread):
            click.echo(f"rawi: {article.error}", err=True)
            failed += 1
            continue
        shown += 1
        explanation = explain_article(article, lexicon)
        if as_json:
            _print_json(explanation)
        else:
            _print(explanation, event, overlays)
    if identifier is not None and not shown and not failed:
        raise click.UsageError(f"{file}: no article has the id {identifier!r}; see the ids with rawi code --format csv")
    if failed:
        return some_failed if shown else failure
    return None if shown else nothing_found


def _print_json(explanation: Explanation) -> None:
    import msgspec

    click.echo(msgspec.json.encode(explanation).decode())


def _print(explanation: Explanation, event: str | None, overlays: tuple[str, ...]) -> None:
    from rawi.cli.tables import Page, Piece
    from rawi.lexicon.locate import locate

    coded = explanation.coded
    events = [e for e in explanation.events if event in (None, e.event.id)]
    if event is not None and not events:
        known = ", ".join(e.event.id for e in explanation.events) or "none"
        raise click.UsageError(f"{coded.article.id}: there is no event {event!r}; there are: {known}")
    ids = {e.entry for e in events} | {h.entry for e in events for h in e.chain if h.entry}
    ids |= {i for m in explanation.near_misses for i in m.entries} if event is None else set()
    where = locate(ids, overlays)
    page = Page()
    lines = [page.line(Piece(coded.article.id, "bold"), Piece("  "), Piece(coded.article.title or "")).rstrip(), ""]
    if events:
        lines += [page.line(Piece("{trigger} " + " ".join(f"[{mark}:{name}]" for mark, name in _marks.items()), "dim")), ""]
    for one in events:
        lines += [*_event_lines(explanation, one, page, where), ""]
    if event is None:
        lines.append(page.line(Piece(f"near misses: {len(explanation.near_misses)}", "bold")))
        for miss in explanation.near_misses:
            lines += _miss_lines(coded.article, miss, page, where)
        lines += [page.line(Piece("note: ", "yellow"), Piece(w.message)) for w in coded.warnings]
    click.echo("\n".join(lines), color=page.terminal)


def _event_lines(explanation: Explanation, one: EventExplanation, page: Page, where: dict[str, Location]) -> list[str]:
    from rawi.cli.tables import Piece
    from rawi.explain import mark_parts

    event, text = one.event, explanation.coded.article.text
    actors = {a.id: a for a in explanation.coded.actors}
    hops = {h.id: h for h in explanation.coded.attributions}
    kind = f"{event.type}{'/' + event.mode if event.mode else ''} {event.status}"
    out = [page.line(Piece(f"{event.id}  {kind}", "bold"), Piece(f"  confidence {event.confidence:.2f}"))]
    marked = tuple(_marked(mark, words) for mark, words in mark_parts(text, one.sentence, one.parts))
    out += page.paragraph(marked, "    ")
    out.append(page.line(Piece("    entry    ", "dim"), Piece(f"{one.entry}  ({_place(one.entry, where)})")))
    out += page.paragraph((Piece("rules    ", "dim"), Piece(", ".join(one.rules) or "none but the frame of the entry")), "    ")
    for role, ids in (("actors", event.actors), ("recipients", event.recipients)):
        for i in ids:
            actor = actors[i]
            known = f", entity {actor.entity}" if actor.entity else ""
            out += page.paragraph(
                (Piece(f"{role:10} ", "dim"), Piece(f"{i} "), Piece(actor.name), Piece(f"  ({actor.country or 'no country'} {actor.sector}{known})")),
                "    ",
            )
    for third in event.third_parties:
        out += page.paragraph((Piece(f"{third.role:10} ", "dim"), Piece(f"{third.actor} "), Piece(actors[third.actor].name)), "    ")
    if event.date is None:
        said = (Piece("none: the text gives nothing for it"),)
    elif event.date.text is None:
        said = (Piece(f"{event.date.value}, inferred"),)
    else:
        said = (Piece(f"{event.date.value} from "), Piece(event.date.text))
    out += page.paragraph((Piece("date     ", "dim"), *said), "    ")
    if not one.chain:
        out.append(page.line(Piece("    chain    ", "dim"), Piece("empty: the outlet says so itself")))
    for depth, reasons in enumerate(one.chain):
        hop = hops[reasons.attribution]
        name = actors[hop.source].name if hop.source else "nobody named"
        cue = text[slice(*hop.cue)] if hop.cue else "no cue"
        made = f"{reasons.entry or 'carried'}{' by ' + reasons.rule if reasons.rule else ''}"
        pieces = (Piece("chain    " if not depth else "via      ", "dim"), Piece(name), Piece(f"  {hop.stance}, {hop.grade}; cue "), Piece(cue), Piece(f"  ({made})"))
        out += page.paragraph(pieces, "    ")
    return out


def _marked(mark: str, words: str) -> Piece:
    from rawi.cli.tables import Piece

    if mark == "-":
        return Piece(words)
    return Piece(f"[{mark}:{words}]" if mark else f"{{{words}}}", _styles.get(mark, "green"))


def _miss_lines(article: Article | Unread, miss: NearMiss, page: Page, where: dict[str, Location]) -> list[str]:
    from rawi.cli.tables import Piece
    from rawi.model import Article

    assert isinstance(article, Article)
    start, stop = miss.trigger
    before, after = article.text[max(miss.sentence[0], start - 30) : start], article.text[stop : min(miss.sentence[1], stop + 30)]
    head = page.paragraph((Piece("  "), Piece(before), Piece("{" + article.text[start:stop] + "}", "yellow"), Piece(after)), "")
    entry = miss.entries[0]
    more = f" and {len(miss.entries) - 1} more" if len(miss.entries) > 1 else ""
    return [*head, *page.paragraph((Piece("/".join(miss.types), "bold"), Piece(f"  {miss.reason}  ", ""), Piece(f"{entry}{more} ({_place(entry, where)})", "dim")), "      ")]


def _place(entry: str, where: dict[str, Location]) -> str:
    return str(where[entry]) if entry in where else "no file"
