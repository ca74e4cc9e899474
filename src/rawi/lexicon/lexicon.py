"""Open the lexicon: shipped files and user overlays, compiled once and kept in a cache."""

from __future__ import annotations

import functools
import gc
import os
import pickle
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rawi.lexicon.compile import compile_lexicon
from rawi.lexicon.compiled import Compiled
from rawi.lexicon.load import digest, lexicon_dir, lexicon_files, read_sources

# Raised whenever what the compiler writes changes, so that an old cache is never read as new.
compiler_version = "17"


@functools.cache
def open_lexicon(overlays: tuple[str, ...] = ()) -> Compiled:
    """Return the compiled lexicon with the entries of ``overlays`` (paths of YAML files) added.

    Raises:
        LexiconError: a file breaks its schema.
    """
    files = [*lexicon_files(), *(Path(p) for p in overlays)]
    shipped = lexicon_dir() / "compiled.pickle"
    stamp = _stamp(files)
    cache = _cache_dir() / f"lexicon-{stamp}.pickle"
    for path in (cache, shipped if not overlays else cache):
        found = _read(path)
        if found is not None and (path == cache or found.version):
            return found
    compiled = compile_lexicon(read_sources(files), digest(files))
    _write(cache, compiled)
    return compiled


def _stamp(files: Sequence[Path]) -> str:
    """Name a state of the files by size and time of change: cheaper than hashing them at every start."""
    import hashlib

    sha = hashlib.sha256(compiler_version.encode())
    code = Path(__file__).resolve().parent.parent
    for path in [
        *files,
        *sorted((code / "morph").glob("*.py")),
        *sorted((code / "lexicon").glob("*.py")),
        code / "text" / "fold.py",
    ]:
        try:
            stat = path.stat()
        except OSError:
            continue
        sha.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns};".encode())
    return sha.hexdigest()[:16]


def _cache_dir() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "rawi"


def _read(path: Path) -> Compiled | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    enabled = gc.isenabled()
    gc.disable()  # unpickling makes half a million small objects; collecting among them doubles the time
    try:
        found = pickle.loads(data)
    except Exception:  # a torn or foreign cache file is simply made again
        return None
    finally:
        if enabled:
            gc.enable()
    return found if isinstance(found, Compiled) else None


def _write(path: Path, compiled: Compiled) -> None:
    """Write the cache beside its place and move it there; a folder that cannot be written is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            pickle.dump(compiled, out, protocol=5)
        os.replace(temporary, path)
        for old in path.parent.glob("lexicon-*.pickle"):
            if old != path and old.stat().st_mtime < path.stat().st_mtime - 14 * 86400:
                old.unlink(missing_ok=True)
    except OSError:
        return
