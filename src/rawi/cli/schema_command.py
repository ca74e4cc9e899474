"""``rawi schema``: the JSON Schema of what ``rawi code`` writes."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of one line of output, made from the types themselves."""
    import msgspec

    from rawi.model import CodedArticle

    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(CodedArticle)}
    click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
