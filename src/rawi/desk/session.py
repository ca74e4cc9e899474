"""Sign in and out, choose language and digits, see the tokens, read about the API."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from rawi.api.guard import token_cookie
from rawi.desk.messages import languages
from rawi.desk.reference import operations
from rawi.desk.tables import Column, make_table
from rawi.desk.view import View, local, read_form

router = APIRouter()
Form = Annotated[dict[str, str], Depends(read_form)]
_year = 365 * 86400


@router.get("/login")
def login_page(request: Request) -> Response:
    """Ask for a token."""
    view = View(request)
    return view.page("login.html", wrong=False)


@router.post("/login")
def login(request: Request, form: Form) -> Response:
    """Take a token and keep it in a cookie that scripts cannot read."""
    view = View(request)
    given = form.get("token", "").strip()
    tokens = view.settings.tokens
    if tokens is None or tokens.find(given) is None:
        return view.page("login.html", wrong=True, status=401)
    response = RedirectResponse("/", 303)
    response.set_cookie(token_cookie, given, httponly=True, samesite="strict", path="/")
    return response


@router.post("/logout")
def logout(request: Request, form: Form) -> Response:
    """Forget the token."""
    response = RedirectResponse("/login", 303)
    response.delete_cookie(token_cookie, path="/")
    return response


@router.post("/preferences")
def preferences(request: Request, form: Form) -> Response:
    """Keep the reader's language and digits, and go back to the page he was on."""
    response = RedirectResponse(local(form.get("back", "/")), 303)
    if form.get("lang") in languages:
        response.set_cookie("rawi_lang", form["lang"], max_age=_year, samesite="lax", httponly=True)
    if form.get("digits") in ("latin", "arab"):
        response.set_cookie("rawi_digits", form["digits"], max_age=_year, samesite="lax", httponly=True)
    return response


@router.get("/tokens")
def tokens_page(request: Request) -> Response:
    """Show who has a token, and when each was last used."""
    view = View(request)
    tokens = view.settings.tokens
    uses = tokens.last_uses() if tokens else {}
    columns = (
        Column("name"),
        Column("scope"),
        Column("created", "date"),
        Column("revoked", "date"),
        Column("last_use", "date"),
    )
    rows = [
        [token.name, token.scope, token.created, token.revoked, uses.get(token.name)]
        for token in (tokens.tokens() if tokens else ())
    ]
    return view.page("tokens.html", [make_table("tokens", columns, rows)])


@router.get("/api/docs")
def docs_page(request: Request) -> Response:
    """Show the API's reference, made from its OpenAPI document; it needs no other server."""
    document: dict[str, Any] = request.app.openapi()
    return View(request).page("docs.html", info=document["info"], them=list(operations(document)))
