"""Exit codes, and how each kind of failure ends the program.

0  ok
1  failure: nothing could be done, or the output could not be written (a closed pipe included)
2  wrong usage
3  some articles failed; each is in the output with its error
4  nothing found: everything was read and no event is in it
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from typing import Any

import click

from rawi.errors import RawiError

ok, failure, usage, some_failed, nothing_found = 0, 1, 2, 3, 4
_no_room = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def run(command: Callable[[], Any]) -> int:
    """Run ``command`` and return its exit code; what Rawi raises on purpose becomes one line on standard error."""
    try:
        code = command()
        sys.stdout.flush()
    except click.exceptions.Abort:
        return _fail("stopped")
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except RawiError as error:
        return _fail(str(error))
    except BrokenPipeError:
        _let_go(sys.stdout)
        return failure
    except OSError as error:
        _let_go(sys.stdout)
        return _fail(write_failed(error))
    except Exception as error:
        if os.environ.get("RAWI_DEBUG"):
            raise
        return _fail(
            f"a fault of Rawi itself ({type(error).__name__}: {error}); please report it with what RAWI_DEBUG=1 shows"
        )
    return code if isinstance(code, int) else ok


def _fail(message: str) -> int:
    click.echo(f"rawi: {message}", err=True)
    return failure


def write_failed(error: OSError, where: str | None = None) -> str:
    """Say in words that output could not be written, and what to do."""
    where = where or error.filename or "standard output"
    todo = "free some space or write elsewhere" if error.errno in _no_room else "check the name and the rights"
    return f"{where}: cannot be written ({error.strerror}); {todo}"


def _let_go(stream: Any) -> None:
    """Point a stream that cannot be written at nothing, so that closing it at exit raises no second error."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return
