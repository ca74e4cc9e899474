"""The review queue: one record at a time, by keyboard or by plain forms."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from rawi.api.review import decide
from rawi.desk.corrections import from_fields, from_part, parts, party_roles, roles_of
from rawi.desk.filters import choices
from rawi.desk.messages import codes_of
from rawi.desk.reading import article_view
from rawi.desk.tables import Cell, Column, make_table
from rawi.desk.view import View, local, read_form
from rawi.errors import InputError
from rawi.ledger import Filter, Ledger, get_article, get_record, list_records, reasons
from rawi.model import Record

router = APIRouter()
Form = Annotated[dict[str, str], Depends(read_form)]
_queue_size = 20
_keys = (
    ("KeyJ", "j", "next"), ("KeyK", "k", "previous"), ("KeyA", "a", "accept"), ("KeyE", "e", "correct"), ("KeyX", "x", "reject"),
    ("KeyS", "s", "skip_record"), ("KeyU", "u", "undo"), ("Slash", "/", "search"), ("Slash", "?", "keys"),
)  # fmt: skip


def _queue(view: View, ledger: Ledger) -> tuple[Record, ...]:
    skipped = view.request.query_params.get("state") == "skipped"
    wanted = Filter(reviews=("skipped",) if skipped else ("unreviewed",))
    queue: tuple[Record, ...] = view.pool.keep(
        ledger, ("queue", skipped), lambda: list_records(ledger, wanted, order="uncertain", limit=_queue_size).items
    )
    return queue


@router.get("/review")
def queue_page(request: Request) -> Response:
    """Show the queue, and the record that the coder is least sure of."""
    view = View(request)
    with view.pool.ledger() as ledger:
        queue = _queue(view, ledger)
    if not queue or request.query_params.get("format"):
        return view.page("queue.html", [_table(view, queue)])
    state = request.query_params.get("state")
    return view.go(f"/review/{queue[0].id}" + ("?state=skipped" if state == "skipped" else ""))


def _table(view: View, queue: tuple[Record, ...]) -> Any:
    columns = (
        Column("confidence", "num"),
        Column("published", "date"),
        Column("what"),
        Column("outlet"),
        Column("title"),
        Column("id", "id", "event"),
    )
    return make_table(
        "queue",
        columns,
        (
            [
                one.event.confidence,
                one.published,
                view.sentence(one),
                one.outlet,
                one.title,
                Cell(one.id, f"/review/{one.id}"),
            ]
            for one in queue
        ),
    )


@router.get("/review/{id}")
def record_page(request: Request, id: str) -> Response:
    """Show one record with the words it rests on, and the forms to decide on it."""
    view = View(request)
    with view.pool.ledger() as ledger:
        detail = get_record(ledger, id)
        record = detail.record
        stored = get_article(ledger, record.article, version=record.version)
        queue = _queue(view, ledger)
    ids = [one.id for one in queue]
    at = ids.index(id) if id in ids else None
    following = ids[at + 1] if at is not None and at + 1 < len(ids) else next((one for one in ids if one != id), None)
    before = ids[at - 1] if at else None
    return view.page(
        "record.html", [_table(view, queue)], detail=detail, record=record, stored=stored, queue=queue, following=following, before=before,
        reasons=reasons, parts=parts, roles=roles_of(record), party_roles=party_roles, keys=_keys, choices=choices, modes=codes_of("mode"),
        state="skipped" if request.query_params.get("state") == "skipped" else "", last=request.query_params.get("last", "")[:80],
        **article_view(stored.coded, [record]),
    )  # fmt: skip


@router.post("/review/{id}")
def decide_page(request: Request, id: str, form: Form) -> Response:
    """Take a decision and go on to the next record; undo stays with the record."""
    view = View(request)
    action = form.get("decision", "")
    with view.pool.ledger() as ledger:
        changes: dict[str, Any] | None = None
        if action == "correct":
            record = get_record(ledger, id).record
            changes = from_fields(record, form)
            # Of a record that somebody has changed meanwhile, that is said first (by ``decide``).
            if not changes and record.rev == _revision(form):
                raise InputError(f"{id}: nothing was changed; change a field, or accept the record")
        decide(
            ledger, id, action, who=view.caller.name, based_on=None if action == "undo" else _revision(form), reason=form.get("reason"),
            changes=changes, note=form.get("note") or None,
        )  # fmt: skip
    if action == "undo":
        return view.go(f"/review/{id}")
    following = form.get("following", "")
    state = "&state=skipped" if form.get("state") == "skipped" else ""
    return view.go(local(f"/review/{following}?last={id}{state}") if following else "/review")


@router.post("/review/{id}/part")
def part_page(request: Request, id: str, form: Form) -> Response:
    """Give words of the text a part in the event; the record stays on the screen."""
    view = View(request)
    with view.pool.ledger() as ledger:
        record = get_record(ledger, id).record
        stored = get_article(ledger, record.article, version=record.version)
        changes = from_part(stored, record, form)
        decide(ledger, id, "correct", who=view.caller.name, based_on=_revision(form), changes=changes)
    return view.go(f"/review/{id}")


def _revision(form: dict[str, str]) -> int | None:
    given = form.get("rev", "")
    return int(given) if given.isdigit() and len(given) < 15 else None
