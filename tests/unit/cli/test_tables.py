"""Tables that mix Arabic and Latin: columns keep their place, and no text steers the terminal."""

from __future__ import annotations

import pytest

from rawi.cli.tables import Column, Page, Piece, clean, columns_of, wrap

opened, closed = "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("text", "columns"),
    [("قطر", 3), ("قَطَرُ", 3), (f"{opened}قطر{closed}", 3), ("Qatar", 5), ("قطر\u200f", 3), ("日本", 4), ("", 0)],
)
def test_columns(text: str, columns: int) -> None:
    assert columns_of(text) == columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("سطر\nسطر", "سطر سطر"),
        ("\x1b[31mأحمر\x1b[0m", "[31mأحمر[0m"),
        ("\u202eمقلوب\u202c", "مقلوب"),
        (f"{closed}قطر{opened}", "قطر"),
        ("a\x07b\x9bc", "abc"),
    ],
)
def test_nothing_steers_the_terminal(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_wrapping_keeps_every_word_and_the_width() -> None:
    words = ["أكد", "مسؤول", "في", "وزارة", "الخارجية", "أن", "المحادثات", "مستمرة"]
    lines = wrap((Piece(" ".join(words[:3])), Piece(" " + " ".join(words[3:]), "dim")), 14)
    assert [w for line in lines for piece in line for w in piece.text.split()] == words
    assert all(sum(columns_of(p.text) for p in line) <= 14 for line in lines)


def test_a_word_longer_than_the_column_is_broken() -> None:
    lines = wrap((Piece("ا" * 25),), 10)
    assert [p.text for line in lines for p in line] == ["ا" * 10, "ا" * 10, "ا" * 5]


def table(page: Page) -> list[str]:
    rows = [([(Piece("e1"),)], [(Piece("وزير الخارجية العماني"),)], [(Piece("رويترز"), Piece(" (relay)", "dim"))])]
    return page.table((Column("", 3), Column("who", 12), Column("source", 18)), rows)


def test_on_a_terminal_every_arabic_piece_is_closed_on_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    lines = table(Page(terminal=True, width=80))
    assert all(line.count(opened) == line.count(closed) for line in lines)
    assert lines[1] == f"e1   {opened}وزير{closed}          {opened}رويترز{closed} (relay)"


def test_colour_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[2m" in "".join(table(Page(terminal=True, width=80)))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in "".join(table(Page(terminal=True, width=80)))


def test_in_a_file_there_are_no_isolates_and_no_colour() -> None:
    lines = table(Page(terminal=False, width=80))
    assert lines == ["     who           source", "e1   وزير          رويترز (relay)", "     الخارجية", "     العماني"]


def test_no_box_drawing() -> None:
    assert not any("\u2500" <= c <= "\u257f" for line in table(Page(terminal=True, width=80)) for c in line)
