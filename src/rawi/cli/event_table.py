"""Show a coded article as a table: what, when, who to whom, and on whose word."""

from __future__ import annotations

from collections.abc import Sequence

from rawi.articles import Unread
from rawi.cli.tables import Column, Line, Page, Piece
from rawi.model import Actor, Attribution, CodedArticle, Event

columns = (
    Column("", 3),
    Column("what", 13),
    Column("when", 10),
    Column("who, to whom"),
    Column("on whose word, and through whom"),
)
_status_style = {"occurred": "green", "ongoing": "green", "planned": "yellow", "possible": "yellow", "negated": "red"}


def article_table(result: CodedArticle | Unread, page: Page) -> list[str]:
    """Return the lines that show one coded article, or its error."""
    if isinstance(result, Unread):
        return [page.line(Piece("failed ", "red"), Piece(result.error)), ""]
    out = [_heading(result, page)]
    actors = {actor.id: actor for actor in result.actors}
    hops = {hop.id: hop for hop in result.attributions}
    if result.events:
        rows = [
            (
                [(Piece(event.id, "dim"),)],
                _what(event, result.article.text),
                _when(event),
                party_lines(event, actors),
                chain_lines([hops[i] for i in event.chain], actors),
            )
            for event in result.events
        ]
        out += page.table(columns, rows)
    else:
        out.append("no event found")
    for hop in silent(result):
        name = actors[hop.source].name if hop.source else "?"
        cue = result.article.text[slice(*hop.cue)] if hop.cue else ""
        out += page.paragraph((Piece("silent: ", "dim"), Piece(name), Piece(" · "), Piece(cue, "dim")), "")
    for warning in result.warnings:
        out += page.paragraph((Piece("note: ", "yellow"), Piece(warning.message)), "")
    return [*out, ""]


def silent(coded: CodedArticle) -> list[Attribution]:
    """Return the attributions of those who stay silent: stance decline, named by no event's chain."""
    spoken = {i for event in coded.events for i in event.chain}
    return [hop for hop in coded.attributions if hop.stance == "decline" and hop.id not in spoken]


def _heading(coded: CodedArticle, page: Page) -> str:
    article = coded.article
    pieces = [Piece(article.id, "bold")]
    for value in (article.published, article.outlet, article.title):
        if value:
            pieces += [Piece("  "), Piece(value)]
    return page.line(*pieces)


def _what(event: Event, text: str) -> list[Line]:
    lines: list[Line] = [(Piece(event.type, "bold"),)]
    if event.mode:
        lines.append((Piece(event.mode),))
    lines.append((Piece(event.status, _status_style[event.status]),))
    lines.append((Piece(text[slice(*event.trigger)], "dim"),))
    return lines


def _when(event: Event) -> list[Line]:
    if event.date is None:
        return [(Piece("·", "dim"),)]
    return [(Piece(day),) for day in event.date.value.split("/")]


def party_lines(event: Event, actors: dict[str, Actor]) -> list[Line]:
    """Return one line a party: actors, then recipients after an arrow, then third parties with their role."""
    out: list[Line] = [_party(actors[i], "") for i in event.actors]
    out += [_party(actors[i], "→ ") for i in event.recipients]
    out += [_party(actors[t.actor], f"{t.role}: ") for t in event.third_parties]
    if event.place is not None:
        out.append((Piece("in ", "dim"), Piece(event.place.text)))
    return out or [(Piece("·", "dim"),)]


def _party(actor: Actor, before: str) -> Line:
    # the code first: it is Latin, so it stays at the edge of the column whatever direction the name has
    code = f"{actor.country or '—'} {actor.sector} "
    return (
        (Piece(before), Piece(code, "cyan"), Piece(actor.name)) if before else (Piece(code, "cyan"), Piece(actor.name))
    )


def chain_lines(chain: Sequence[Attribution], actors: dict[str, Actor]) -> list[Line]:
    """Return one line a hop, the innermost source first."""
    out: list[Line] = []
    for depth, hop in enumerate(chain):
        name = actors[hop.source].name if hop.source else "—"
        how = hop.grade.replace("_", " ") + ("" if hop.stance == "assert" else f", {hop.stance}")
        out.append((Piece("via " if depth else "", "dim"), Piece(name), Piece(f" ({how})", "dim")))
    return out or [(Piece("the outlet itself", "dim"),)]
