"""Code a text that the reader pastes or uploads; nothing is stored."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from rawi.api.coding import code_aside
from rawi.desk.reading import article_view, record_cells, record_columns
from rawi.desk.tables import make_table
from rawi.desk.view import View, only, read_form
from rawi.errors import InputError
from rawi.model import CodedArticle, Record

router = APIRouter()
Form = Annotated[dict[str, str], Depends(read_form)]


@router.get("/code")
def form_page(request: Request) -> Response:
    """Show the form."""
    return View(request).page("code.html", coded=None, given={}, problem=None)


@router.post("/code")
async def code_page(request: Request, form: Form) -> Response:
    """Show what the coder reads out of the text."""
    view = View(request)
    given: dict[str, Any] = only(form, "title", "outlet", "published")
    given["text"] = form.get("text", "").strip() or form.get("file", "").strip()
    given["text"] = given["text"].replace("\r\n", "\n")
    try:
        coded = await code_aside(given, view.settings.overlays)
    except InputError as error:  # the form stays as it was filled in
        return view.page("code.html", status=400, coded=None, given=given, problem=view.problem(error))
    return await run_in_threadpool(_show, view, coded, given)


def _show(view: View, coded: CodedArticle, given: dict[str, Any]) -> Response:
    records = _records(coded)
    table = make_table("events", record_columns, (record_cells(record, coded.article.text) for record in records))
    return view.page("code.html", [table], coded=coded, given=given, problem=None, **article_view(coded, records))


def _records(coded: CodedArticle) -> list[Record]:
    """Return the events of a coded article as the records they would be."""
    article = coded.article
    return [
        Record(
            event.id, article.id, article.id, 1, article.outlet, article.published, article.title, event, coded.actors,
            tuple(hop for hop in coded.attributions if hop.id in event.chain), "unreviewed", 1, True, None, coded.coder,
        )
        for event in coded.events
    ]  # fmt: skip
