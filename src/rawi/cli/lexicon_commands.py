"""``rawi lexicon check`` and ``rawi lexicon show WORD``."""

from __future__ import annotations

import click

from rawi.cli.code_command import lexicon_option
from rawi.cli.exits import failure, nothing_found


@click.group()
def lexicon() -> None:
    """Check the lexicon, or look a word up in it."""


@lexicon.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False))
@click.option("--strict", is_flag=True, help="Warnings fail too.")
def check(files: tuple[str, ...], strict: bool) -> int | None:
    """Check the shipped lexicon, and FILES of your own against it.

    Checks schema, ids, codes, dates of offices, letters, frames, modes, verbs and the marks of the examples.
    """
    from rawi.lexicon.lint import check_lexicon

    findings = check_lexicon(files)
    for finding in findings:
        click.echo(str(finding))
    errors = sum(f.level == "error" for f in findings)
    click.echo(f"lexicon: {errors} errors, {len(findings) - errors} warnings", err=True)
    return failure if errors or (strict and findings) else None


@lexicon.command()
@click.argument("word")
@lexicon_option
def show(word: str, overlays: tuple[str, ...]) -> int | None:
    """Show every reading of WORD: entries, inflection, actors, word sets, each with its file and line."""
    from rawi.cli.tables import Column, Page, Piece
    from rawi.lexicon.lexicon import open_lexicon
    from rawi.lexicon.locate import locate
    from rawi.lookup import look_up

    readings = look_up(open_lexicon(overlays), word)
    if not readings:
        click.echo(f"{word}: the lexicon has no reading of it; add one with --lexicon FILE", err=True)
        return nothing_found
    where = locate({reading.entry for reading in readings}, overlays)
    page = Page()
    columns = (Column("as", 9), Column("reading"), Column("entry"), Column("file", 32))
    rows = []
    for reading in readings:
        place = str(where.get(reading.entry, ""))
        rows.append(
            (
                [(Piece(reading.kind, "bold"),)],
                [(Piece(reading.citation), Piece(f"  {reading.form}", "dim"))],
                [(Piece(reading.entry),), (Piece(reading.means, "dim"),)],
                [(Piece(place, "dim"),)],
            )
        )
    click.echo("\n".join(page.table(columns, rows)), color=page.terminal)
    return None
