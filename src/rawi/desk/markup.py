"""Tables as HTML, built here and not by a template: a page may hold thousands of cells, and a template's call for each is dear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Protocol

from markupsafe import Markup, escape

from rawi.desk.highlight import visible
from rawi.desk.tables import Cell, Column, Table

_date = re.compile("[0-9\u0660-\u0669]{4}-[0-9\u0660-\u0669]{2}(?:-[0-9\u0660-\u0669]{2})?")
_arabic = re.compile("[\u0621-\u064a\u0671-\u06d3]")


class Reader(Protocol):
    """What a table must know of its reader: words of the language, digits, and addresses of this page."""

    def t(self, key: str) -> str:
        """Return the words of a key."""
        ...

    def num(self, value: object) -> str:
        """Return a number or date in the reader's digits."""
        ...

    def here(self, **changes: object) -> str:
        """Return the address of this page with some parameters changed."""
        ...


@lru_cache(maxsize=8192)
def safe(text: str) -> str:
    """Return a text escaped for HTML, with nothing hidden in it that turns the direction of writing."""
    return str(escape(visible(text)))


@lru_cache(maxsize=8192)
def isolated(text: str) -> str:
    """Return a text as HTML that keeps its own order; one with an Arabic letter reads from the right, whatever it begins with."""
    return f'<bdi dir="{"rtl" if _arabic.search(text) else "auto"}">{with_dates(text)}</bdi>'


def with_dates(text: str) -> Markup:
    """Return a text as HTML in which ISO dates keep their order: after Arabic letters their parts would change places."""
    return Markup(_date.sub(r'<bdi dir="ltr">\g<0></bdi>', safe(text)))


def table_html(reader: Reader, table: Table, caption: str = "", empty: str = "") -> Markup:
    """Return a table with its caption and the links to the same as CSV and JSON; a sentence where it has no rows."""
    if not table.rows:
        return Markup(f'<p class="empty">{safe(empty or reader.t("nothing"))}</p>')
    name, words = safe(table.name), safe(caption or reader.t(table.name))
    shown = [_shower(reader, column) for column in table.columns]
    # On a narrow screen a row is a card, and each cell says the heading of its column.
    classes = [f'<td class="c-{column.kind}" data-t="{safe(_words(reader, column))}">' for column in table.columns]
    out = [
        f'<div class="table">\n<div class="scroll" tabindex="0" role="region" aria-label="{words}">\n<table id="t-{name}"{_stacked(table)}>\n',
        f"<caption>{safe(caption)}</caption>\n" if caption else "",
        "<thead><tr>",
        *(_heading(reader, column) for column in table.columns),
        "</tr></thead>\n<tbody>\n",
    ]
    for row in table.rows:
        out.append("<tr>")
        for open_, show, one in zip(classes, shown, row, strict=True):
            value = show(one)
            out += (open_, f'<a href="{safe(one.href)}">{value}</a>' if one.href and value else value, "</td>")
        out.append("</tr>\n")
    out.append('</tbody>\n</table>\n</div>\n<p class="formats">')
    links = " ".join(
        f'<a href="{safe(reader.here(format=form, table=table.name))}" aria-label="{form.upper()}: {words}">{form.upper()}</a>'
        for form in ("csv", "json")
    )
    return Markup(f"{''.join(out)}{safe(reader.t('download'))}: {links}</p>\n</div>\n")


def options_html(options: Iterable[tuple[str, str]], chosen: str) -> Markup:
    """Return the options of a choice, given as (value, words)."""
    return Markup("").join(
        Markup(f'<option value="{safe(value)}"{" selected" if value == chosen else ""}>{safe(words)}</option>')
        for value, words in options
    )


def _stacked(table: Table) -> str:
    """Return the class of a table whose rows may become cards: not one that is read across, nor a short one."""
    return ' class="cards"' if len(table.columns) > 3 and table.name not in ("matrix", "compare") else ""


def _words(reader: Reader, column: Column) -> str:
    return column.title[1:] if column.title.startswith("=") else reader.t(column.title or column.key)


def _heading(reader: Reader, column: Column) -> str:
    return f'<th scope="col" class="c-{column.kind}">{safe(_words(reader, column))}</th>'


def _shower(reader: Reader, column: Column) -> Callable[[Cell], str]:
    """Return what turns the values of a column into HTML; a code is looked up once a table."""
    codes: dict[tuple[str, Any], str] = {}
    flags = ("agree", "differ") if column.key == "agree" else ("contested", "")

    def show(one: Cell) -> str:
        value, kind = one.value, one.kind or column.kind
        if value is None or value == "":
            return f"<small>{safe(reader.t('direct'))}</small>" if kind == "through" else ""
        if kind in ("text", "through"):
            return isolated(str(value))
        if kind == "num":
            return f'<bdi dir="ltr">{safe(reader.num(value))}</bdi>'
        if kind == "date":
            return f'<bdi dir="ltr" class="nowrap">{safe(reader.num(value))}</bdi>'
        if kind == "chain":  # who told whom, joined by arrows that point to the left
            return f'<bdi dir="rtl">{safe(str(value))}</bdi>'
        if kind == "id":
            return f'<bdi dir="ltr" class="id">{safe(str(value))}</bdi>'
        if (kind, value) not in codes:
            codes[kind, value] = _flag(value) if kind == "flag" else _code(kind, value)
        return codes[kind, value]

    def _flag(value: Any) -> str:
        words = flags[0 if value else 1]
        good = value if column.key == "agree" else not value
        return f'<span class="tag {"good" if good else "bad"}">{safe(reader.t(words))}</span>' if words else ""

    def _code(kind: str, value: Any) -> str:
        words = safe(reader.t(f"{kind}.{value}"))
        if kind == "field":
            return words
        return f'<span class="tag k-{safe(kind)} v-{safe(str(value))}">{words}</span>'

    return show
