"""A table that a page shows and that the same address gives as CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from starlette.responses import Response

from rawi.api.answers import answer
from rawi.export.csv_table import cell


class Cell(msgspec.Struct, frozen=True):
    """A value with the address it leads to; ``kind`` where it is another than the column's."""

    value: Any
    href: str | None = None
    kind: str | None = None


class Column(msgspec.Struct, frozen=True):
    """A column: the key of its title, and how its values are shown.

    ``kind`` is text, num, date, id, chain (names joined by arrows), through (sides, of whom none may be
    named), or the prefix of translated codes (type, status, grade ...).
    """

    key: str
    kind: str = "text"
    title: str = ""


class Table(msgspec.Struct, frozen=True):
    """Rows under columns; ``name`` tells the tables of a page apart."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def values(self) -> list[dict[str, Any]]:
        """Return the rows as plain values."""
        return [{column.key: one.value for column, one in zip(self.columns, row, strict=True)} for row in self.rows]


def make_table(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Table:
    """Return a table; values that are not cells become cells that lead nowhere."""
    return Table(
        name,
        tuple(columns),
        tuple(tuple(one if isinstance(one, Cell) else Cell(one) for one in row) for row in rows),
    )


def as_csv(table: Table) -> Response:
    """Return a table as CSV: UTF-8, empty cells for what is not known, cells that a spreadsheet would run disarmed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.key for column in table.columns])
    for row in table.rows:
        writer.writerow(
            [cell("; ".join(map(str, one.value)) if isinstance(one.value, list | tuple) else one.value) for one in row]
        )
    return Response(
        out.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="rawi-{table.name}.csv"'},
    )


def as_json(table: Table) -> Response:
    """Return a table as JSON."""
    return answer({"table": table.name, "items": table.values()})
