"""``rawi desk``: the web desk and the API on a ledger."""

from __future__ import annotations

import getpass
import ipaddress
import os
import socket
from pathlib import Path

import click

from rawi.errors import InputError
from rawi.ledger.database import default_path


@click.command()
@click.argument("ledger", required=False, type=click.Path(dir_okay=False))
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; any but loopback needs --token-file.",
)
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one."
)
@click.option("--demo", is_flag=True, help="Open a demonstration ledger.")
@click.option(
    "--token-file", type=click.Path(dir_okay=False), help="Let in only who has a token of this file; see 'rawi token'."
)
@click.option("--allow-host", multiple=True, metavar="NAME", help="Another name under which the desk is asked for.")
@click.option(
    "--lexicon",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="Overlay for coding texts; may be repeated.",
)
@click.option(
    "--reviewer", envvar="RAWI_REVIEWER", help="Who decides, where there are no tokens; your user name if not given."
)
def desk(
    ledger: str | None, host: str, port: int, demo: bool, token_file: str | None, allow_host: tuple[str, ...],
    lexicon: tuple[str, ...], reviewer: str | None,
) -> None:  # fmt: skip
    """Open LEDGER in the browser: read, check, review."""
    try:
        import uvicorn

        from rawi.api.settings import Settings
        from rawi.api.tokens import TokenFile
        from rawi.desk.app import create_app
        from rawi.desk.demo import build_demo, demo_overlays
    except ModuleNotFoundError as error:
        raise InputError(f"desk: {error.name} is not installed; run: pip install 'rawi[desk]'") from error

    if not is_loopback(host) and token_file is None:
        raise InputError(
            f"--host: {host} can be reached from elsewhere; give --token-file FILE ('rawi token add' makes one), or stay on 127.0.0.1"
        )
    path = Path(ledger or os.environ.get("RAWI_LEDGER") or default_path)
    if demo:
        path = Path(ledger) if ledger else _demo_ledger()
        click.echo(f"{build_demo(path)} reports in {path}", err=True)
        lexicon = (*demo_overlays(), *lexicon)
    tokens = TokenFile(token_file) if token_file else None
    if tokens is not None:
        tokens.tokens()
    hosts = () if host in ("0.0.0.0", "::") else (host, f"[{host}]")
    app = create_app(Settings(path, lexicon, (*hosts, *allow_host), tokens, reviewer or _user()))
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=False, timeout_keep_alive=5,
        h11_max_incomplete_event_size=32_768, limit_concurrency=200,
    )  # fmt: skip

    class Announcing(uvicorn.Server):
        """A server that tells its address once it listens."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Start, and tell."""
            await super().startup(sockets)
            click.echo(f"http://{shown}:{sock.getsockname()[1]}/")

    sock = config.bind_socket()
    # Taken over by every connection: without it a small answer waits 40 ms for the acknowledgement of its head.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    shown = f"[{host}]" if ":" in host else host
    Announcing(config).run(sockets=[sock])


def _demo_ledger() -> Path:
    """Return where the demonstration ledger is kept: in the user's own cache folder."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rawi"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "demo.db"


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"
