"""The review queue: one record at a time, by keyboard or by plain forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from rawi.api.answers import status_of
from rawi.api.review import decide
from rawi.desk.corrections import from_fields, from_part, parts, party_roles, roles_of
from rawi.desk.filters import choices
from rawi.desk.messages import codes_of
from rawi.desk.reading import article_view
from rawi.desk.tables import Cell, Column, make_table
from rawi.desk.view import View, local, read_form
from rawi.errors import InputError, LedgerError
from rawi.ledger import (
    Filter,
    Ledger,
    StaleError,
    count_records,
    entries,
    get_article,
    get_record,
    list_records,
    reasons,
)
from rawi.model import Record

router = APIRouter()
Form = Annotated[dict[str, str], Depends(read_form)]
_queue_size = 20
_keys = (
    ("KeyJ", "j", "next"), ("KeyK", "k", "previous"), ("KeyA", "a", "accept"), ("KeyE", "e", "correct"), ("KeyX", "x", "reject"),
    ("KeyS", "s", "skip_record"), ("KeyU", "u", "undo"), ("Slash", "/", "search"), ("Slash", "?", "keys"),
)  # fmt: skip


def _queue(view: View, ledger: Ledger, skipped: bool) -> tuple[Record, ...]:
    wanted = Filter(reviews=("skipped",) if skipped else ("unreviewed",))
    queue: tuple[Record, ...] = view.pool.keep(
        ledger, ("queue", skipped), lambda: list_records(ledger, wanted, order="uncertain", limit=_queue_size).items
    )
    return queue


@router.get("/review")
def queue_page(request: Request) -> Response:
    """Show the queue, and the record that the coder is least sure of."""
    view = View(request)
    skipped = request.query_params.get("state") == "skipped"
    with view.pool.ledger() as ledger:
        queue = _queue(view, ledger, skipped)
        last = _last(view, ledger, request.query_params.get("last", "")[:80])
    if not queue or request.query_params.get("format"):
        return view.page("queue.html", [_table(view, queue)], last=last)
    return view.go(view.at(f"/review/{queue[0].id}"))


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
                Cell(view.sentence(one), f"/review/{one.id}"),
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
    return _show(View(request), id)


def _show(
    view: View, id: str, problem: str | None = None, given: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """Show a record; after a refused form also what was wrong with it, and the form as it was filled in."""
    given = given or {}
    asked = view.request.query_params
    state = "skipped" if "skipped" in (asked.get("state"), given.get("state")) else ""
    with view.pool.ledger() as ledger:
        detail = get_record(ledger, id)
        record = detail.record
        stored = get_article(ledger, record.article, version=record.version)
        queue = _queue(view, ledger, bool(state))
        waiting = _waiting(view, ledger, bool(state))
        last = _last(view, ledger, asked.get("last", "")[:80])
    ids = [one.id for one in queue]
    at = ids.index(id) if id in ids else None
    following = ids[at + 1] if at is not None and at + 1 < len(ids) else next((one for one in ids if one != id), None)
    before = ids[at - 1] if at else None
    return view.page(
        "record.html", [_table(view, queue)], status=status, detail=detail, record=record, stored=stored, queue=queue,
        following=following, before=before, waiting=waiting, problem=problem, given=given,
        reasons=reasons, parts=parts, roles=roles_of(record), party_roles=party_roles, keys=_keys, choices=choices, modes=codes_of("mode"),
        state=state, last=last, **article_view(stored.coded, [record]),
    )  # fmt: skip


def _waiting(view: View, ledger: Ledger, skipped: bool) -> int:
    wanted = Filter(reviews=("skipped",) if skipped else ("unreviewed",))
    count: int = view.pool.keep(ledger, ("waiting", skipped), lambda: count_records(ledger, wanted))
    return count


def _last(view: View, ledger: Ledger, id: str) -> tuple[Record, str] | None:
    """Return the record that was decided on before this one, and what was decided; None if there is none."""
    if not id:
        return None
    done = list(entries(ledger, target=id, limit=500))
    try:
        return (get_record(ledger, id).record, done[-1].action) if done else None
    except InputError:
        return None


@router.post("/review/{id}")
def decide_page(request: Request, id: str, form: Form) -> Response:
    """Take a decision and go on to the next record; undo stays with the record."""
    view = View(request)
    action = form.get("decision", "")
    try:
        _take(view, id, action, form)
    except StaleError:
        raise
    except (InputError, LedgerError) as error:
        return _refused(view, id, error, form)
    state = "&state=skipped" if form.get("state") == "skipped" else ""
    if action == "undo":
        return view.go(f"/review/{id}?last={id}{state}")
    following = form.get("following", "")
    return view.go(local(f"/review/{following}?last={id}{state}") if following else f"/review?last={id}{state}")


def _take(view: View, id: str, action: str, form: Mapping[str, str]) -> None:
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


def _refused(view: View, id: str, error: InputError | LedgerError, form: Mapping[str, str]) -> Response:
    """Show the record again with what was wrong, where there is such a record; else let the error be told."""
    status, _ = status_of(error)
    if status not in (400, 409):
        raise error
    return _show(view, id, view.problem(error), form, status)


@router.post("/review/{id}/part")
def part_page(request: Request, id: str, form: Form) -> Response:
    """Give words of the text a part in the event; the record stays on the screen."""
    view = View(request)
    try:
        with view.pool.ledger() as ledger:
            record = get_record(ledger, id).record
            stored = get_article(ledger, record.article, version=record.version)
            changes = from_part(stored, record, form)
            decide(ledger, id, "correct", who=view.caller.name, based_on=_revision(form), changes=changes)
    except StaleError:
        raise
    except (InputError, LedgerError) as error:
        return _refused(view, id, error, form)
    return view.go(f"/review/{id}")


def _revision(form: Mapping[str, str]) -> int | None:
    given = form.get("rev", "")
    return int(given) if given.isdigit() and len(given) < 15 else None
