"""``rawi explain``: why each event of a report is in the record, and what nearly was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rawi.cli.code_command import article_options
from rawi.cli.exits import failure, nothing_found, some_failed

if TYPE_CHECKING:
    from rawi.cli.tables import Page, Piece
    from rawi.explain import EventExplanation, Explanation, NearMiss
    from rawi.lexicon.locate import Location

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
@click.option("--all", "every", is_flag=True, help="Show also the words of which no sense fits.")
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON, one article a line.")
def explain(
    file: str, event: str | None, date: str | None, outlet: str | None, title: str | None, overlays: tuple[str, ...],
    identifier: str | None, every: bool, as_json: bool,
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
            _print(explanation, event, overlays, every)
    if identifier is not None and not shown and not failed:
        raise click.UsageError(f"{file}: no article has the id {identifier!r}; see the ids with rawi code --format csv")
    if failed:
        return some_failed if shown else failure
    return None if shown else nothing_found


def _print_json(explanation: Explanation) -> None:
    import msgspec

    click.echo(msgspec.json.encode(explanation).decode())


def _print(explanation: Explanation, event: str | None, overlays: tuple[str, ...], every: bool) -> None:
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
        lines += [
            page.line(Piece("{trigger} " + " ".join(f"[{mark}:{name}]" for mark, name in _marks.items()), "dim")),
            "",
        ]
    for one in events:
        lines += [*_event_lines(explanation, one, page, where), ""]
    if event is None:
        near = [m for m in explanation.near_misses if every or not m.unmet]
        far = len(explanation.near_misses) - len(near)
        lines.append(
            page.line(
                Piece(f"near misses: {len(near)}", "bold"),
                Piece(f"; {far} more words of which no sense fits (--all)" if far else ""),
            )
        )
        for miss in near:
            lines += _miss_lines(coded.article.text, miss, page, where)
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
    out += page.paragraph(
        tuple(_marked(mark, words) for mark, words in mark_parts(text, one.sentence, one.parts)), "    "
    )

    def say(label: str, *pieces: Piece) -> None:
        out.extend(page.paragraph((Piece(f"{label:12}", "dim"), *pieces), "    "))

    say("entry", Piece(f"{one.entry}  ({_place(one.entry, where)})"))
    say("rules", Piece(", ".join(one.rules) or "none but the frame of the entry"))
    roles = [("actor", i) for i in event.actors] + [("recipient", i) for i in event.recipients]
    for role, i in [*roles, *((t.role, t.actor) for t in event.third_parties)]:
        actor = actors[i]
        known = f", entity {actor.entity}" if actor.entity else ""
        say(role, Piece(actor.name), Piece(f"  ({i}: {actor.country or 'no country'} {actor.sector}{known})"))
    if event.date is None:
        say("date", Piece("none: the text gives nothing for it"))
    elif event.date.text is None:
        say("date", Piece(f"{event.date.value}, inferred"))
    else:
        say("date", Piece(f"{event.date.value} from "), Piece(event.date.text))
    if not one.chain:
        say("chain", Piece("empty: the outlet says so itself"))
    for depth, reasons in enumerate(one.chain):
        hop = hops[reasons.attribution]
        name = actors[hop.source].name if hop.source else "nobody named"
        cue = text[slice(*hop.cue)] if hop.cue else "no cue"
        made = f"{reasons.entry or 'carried'}{' by ' + reasons.rule if reasons.rule else ''}"
        say(
            "via" if depth else "chain",
            Piece(name),
            Piece(f"  {hop.stance}, {hop.grade}; cue "),
            Piece(cue),
            Piece(f"  ({made})"),
        )
    return out


def _marked(mark: str, words: str) -> Piece:
    from rawi.cli.tables import Piece

    if mark == "-":
        return Piece(words)
    return Piece(f"[{mark}:{words}]" if mark else f"{{{words}}}", _styles.get(mark, "green"))


def _miss_lines(text: str, miss: NearMiss, page: Page, where: dict[str, Location]) -> list[str]:
    from rawi.cli.tables import Piece

    start, stop = miss.trigger
    before = text[miss.sentence[0] : start].split(" ")[-5:]
    after = text[stop : miss.sentence[1]].split(" ")[:6]
    words = (Piece(" ".join(before)), Piece("{" + text[start:stop] + "}", "yellow"), Piece(" ".join(after)))
    more = f" and {len(miss.entries) - 1} more" if len(miss.entries) > 1 else ""
    entry = f"{miss.entries[0]}{more} ({_place(miss.entries[0], where)})"
    reason = (Piece("/".join(miss.types), "bold"), Piece(f"  {miss.reason}  "), Piece(entry, "dim"))
    return [*page.paragraph(words, "  "), *page.paragraph(reason, "      ")]


def _place(entry: str, where: dict[str, Location]) -> str:
    return str(where[entry]) if entry in where else "no file"
