"""What every page needs: language and digits of the reader, who he is, and one way of answering."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlencode

import jinja2
from fastapi import Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from rawi import __version__
from rawi.analysis.contradiction import chain_of, parties_of
from rawi.api.answers import public_message
from rawi.api.guard import Caller, form_token, form_token_fits
from rawi.api.pool import Pool
from rawi.api.settings import Settings
from rawi.desk.highlight import visible
from rawi.desk.markup import options_html, table_html, with_dates
from rawi.desk.messages import languages, translate
from rawi.desk.problems import tell
from rawi.desk.tables import Table, as_csv, as_json
from rawi.errors import InputError, LedgerError
from rawi.model import Record, Sector

_arabic_digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_folder = Path(__file__).resolve().parent


def _finalize(value: Any) -> Any:
    """Show nothing for None, and no hidden character that turns the direction of writing."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_folder / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    finalize=_finalize,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
templates.filters["tojson_"] = lambda value: json.dumps(value, ensure_ascii=False)
templates.filters["dates"] = with_dates
templates.globals["sectors"] = get_args(Sector)
templates.globals["version"] = __version__
templates.globals["parties_of"] = parties_of
templates.globals["chain_of"] = chain_of


class FormError(InputError):
    """A form that does not come from a page of this session."""


class View:
    """One request, as pages see it."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.pool: Pool = request.app.state.pool
        self.settings: Settings = request.app.state.settings
        self.caller: Caller = request.state.caller
        asked = request.query_params.get("lang") or request.cookies.get("rawi_lang")
        accepted = "en" if request.headers.get("accept-language", "").lower().startswith("en") else "ar"
        self.lang = asked if asked in languages else accepted
        self.rtl = self.lang == "ar"
        self.arabic_digits = request.cookies.get("rawi_digits") == "arab"

    def t(self, key: str, **values: object) -> str:
        """Return the words of a key in the reader's language."""
        return translate(key, self.lang, **{name: self.num(value) for name, value in values.items()})

    def num(self, value: object) -> str:
        """Return a number or date in the reader's digits."""
        text = "" if value is None else f"{value:,}" if isinstance(value, int) and abs(value) >= 10000 else str(value)
        return text.translate(_arabic_digits) if self.arabic_digits else text

    def days(self, count: int) -> str:
        """Return a number of days in words, as the grammar of the language counts."""
        if not self.rtl:
            return f"{self.num(count)} {'day' if count == 1 else 'days'}"
        few, many = 3 <= count % 100 <= 10, 11 <= count % 100 <= 99
        return {1: "يوم واحد", 2: "يومان"}.get(
            count
        ) or f"{self.num(count)} {'أيام' if few else 'يوما' if many else 'يوم'}"

    def commas(self, words: Iterable[str]) -> str:
        """Return words with the comma of the language between them."""
        return ("، " if self.rtl else ", ").join(words)

    def side(self, key: str) -> str:
        """Return the name of a side in the reader's language."""
        arabic, english = self.pool.sides.directory.names(key)
        state, dot, sector = key.partition(".")
        if dot and len(state) == 3 and state.isupper():
            return f"{(arabic if self.rtl else english).rpartition(' · ')[0]} · {self.t('sector.' + sector)}"
        return arabic if self.rtl else english

    def here(self, **changes: object) -> str:
        """Return the address of this page with some parameters changed; None leaves one out."""
        return self.at(self.request.url.path, **changes)

    def at(self, path: str, **changes: object) -> str:
        """Return the address of another page with the parameters of this one, some of them changed."""
        kept = [(name, value) for name, value in self.request.query_params.multi_items() if name not in changes]
        kept += [(name, str(value)) for name, value in changes.items() if value is not None]
        return path + ("?" + urlencode(kept) if kept else "")

    def table(self, table: Table, caption: str = "", empty: str = "") -> Markup:
        """Return a table as HTML."""
        return table_html(self, table, caption, empty)

    def options(self, sides: Sequence[str], chosen: str) -> Markup:
        """Return sides as the options of a choice; one that is chosen but not among them comes first."""
        them = sides if not chosen or chosen in sides else [chosen, *sides]
        return options_html(((one, self.side(one)) for one in them), chosen)

    def page(self, template: str, tables: Sequence[Table] = (), *, status: int = 200, **values: Any) -> Response:
        """Answer with a page, or with one of its tables as CSV or JSON if the address says ``format=``."""
        form = self.request.query_params.get("format")
        if form in ("csv", "json") and tables:
            name = self.request.query_params.get("table")
            table = next((one for one in tables if one.name == name), tables[0])
            return as_csv(table) if form == "csv" else as_json(table)
        html = templates.get_template(template).render(
            v=self, t=self.t, num=self.num, lang=self.lang, rtl=self.rtl, caller=self.caller, tables={one.name: one for one in tables},
            form_token=form_token(self.settings.secret, self.caller.session), path=self.request.url.path, query=self.request.query_params,
            has_tokens=self.settings.tokens is not None, **values,
        )  # fmt: skip
        return HTMLResponse(html, status)

    def problem(self, error: InputError | LedgerError) -> str:
        """Return what an error says in the reader's language, or its own words."""
        message = public_message(str(error))
        return tell(message, self.lang) or message

    def go(self, address: str) -> Response:
        """Send the reader to another page of this server."""
        return RedirectResponse(local(address), 303)

    def told(self, field: str, value: Any) -> str:
        """Return the value of a field, as a comparison of two states of a record gives it, in words."""
        if value is None or value in ("", [], {}):
            return "–"
        if field in ("type", "mode", "status", "review"):
            return self.t(f"{field}.{value}")
        if field == "chain":
            return self.commas(f"{_named(self, who)} ({self.t('stance.' + stance)})" for who, stance, _ in value)
        if field in ("actors", "recipients"):
            return self.commas(_named(self, one) for one in value)
        if field == "third_parties":
            return self.commas(
                f"{_named(self, one)} ({self.t('role.' + role)})" for role, them in value.items() for one in them
            )
        if field == "place":
            return str(value[0])
        return self.num(value) if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)

    def sentence(self, record: Record) -> str:
        """Return a record in a few words: what, who, whom."""
        sides = [self.commas(actor.name for actor in parties_of(record, role)) for role in ("actor", "recipient")]
        return f"{self.t('type.' + record.event.type)}: " + (" · ".join(filter(None, sides)) or "–")


def _named(view: View, who: Sequence[str] | None) -> str:
    """Return the name of an actor given as [entity or name, country, sector]."""
    if who is None:
        return view.t("agentless")
    arabic, english = view.pool.sides.directory.names(who[0])
    return arabic if view.rtl else english


def local(address: str) -> str:
    """Return an address if it is a path of this server, else that of the first page."""
    fine = address.startswith("/") and not address.startswith(("//", "/\\")) and not any(ord(c) < 33 for c in address)
    return address if fine and "\\" not in address else "/"


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form that a page of this session sent; several values of a field are joined by newlines.

    Raises:
        FormError: the form is not from a page of this session, or is no form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise FormError("form: this is not a form; go back and send it again")
    fields: dict[str, list[str]] = {}
    async with request.form(max_files=1, max_fields=200, max_part_size=600_000) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
            else:
                fields.setdefault(name, []).append((await value.read(600_000)).decode("utf-8", "replace"))
    found = {name: "\n".join(values) for name, values in fields.items()}
    settings: Settings = request.app.state.settings
    if not form_token_fits(settings.secret, request.state.caller.session, found.pop("csrf", None)):
        raise FormError("form: it does not come from a page of this session; open the page again and repeat")
    return found


def only(values: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return the fields of a form with these names that are not empty."""
    return {name: values[name].strip() for name in names if values.get(name, "").strip()}
