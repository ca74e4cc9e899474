"""``rawi token``: make, list and revoke the tokens that let people into the desk."""

from __future__ import annotations

from typing import Any

import click

_file = click.option(
    "--token-file",
    "path",
    required=True,
    envvar="RAWI_TOKEN_FILE",
    type=click.Path(dir_okay=False),
    help="The file of tokens.",
)


@click.group()
def token() -> None:
    """Make, list and revoke tokens for the desk."""


@token.command()
@click.argument("name")
@click.option("--scope", type=click.Choice(["read", "review"]), default="read", show_default=True)
@_file
def add(name: str, scope: Any, path: str) -> None:
    """Make a token for NAME and print it; it cannot be shown again."""
    from rawi.api.tokens import TokenFile

    click.echo(TokenFile(path).add(name, scope))


@token.command("list")
@_file
def list_tokens(path: str) -> None:
    """List names, scopes, and when each token was made, last used and revoked."""
    from rawi.api.tokens import TokenFile

    tokens = TokenFile(path)
    uses = tokens.last_uses()
    click.echo("name\tscope\tcreated\tlast use\trevoked")
    for one in tokens.tokens():
        click.echo("\t".join((one.name, one.scope, one.created, uses.get(one.name, ""), one.revoked or "")))


@token.command()
@click.argument("name")
@_file
def revoke(name: str, path: str) -> None:
    """Take back the token of NAME; a running desk heeds it at once."""
    from rawi.api.tokens import TokenFile

    TokenFile(path).revoke(name)
