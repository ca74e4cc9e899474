"""Fill the disk under every kind of writing: clear error, file intact, and the same command goes on when there is room.

usage: python bench/ledger_full_disk.py [--articles 600]

A file system of a few megabytes (tmpfs, in a mount namespace of its own) is filled by `rawi add`, or by a big file
while decisions, an upgrade with its backup, and exports are tried. All commands run as processes, with the real coder.
After each refusal `verify` must find nothing and what was told to be kept must be there. Exits with 77 where no file
system can be mounted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

root = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(root / "src"), str(root / "tests"), str(root / "bench")]

import ledger_kill  # noqa: E402

from fixtures.corpus import corpus  # noqa: E402

cannot_mount = 77


class Small:
    """A small file system with a ledger in it, and what went wrong on it."""

    def __init__(self, folder: Path, megabytes: float) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.ledger = folder / "rawi.db"
        self.problems: list[str] = []
        self._mount(megabytes)

    def _mount(self, megabytes: float, *options: str) -> None:
        sizes = ",".join(("size=" + str(int(megabytes * 1024)) + "k", *options))
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", sizes, "tmpfs", self.folder], capture_output=True)
        if done.returncode:
            sys.exit(cannot_mount)

    def grow(self, megabytes: float) -> None:
        """Make room."""
        (self.folder / "filler").unlink(missing_ok=True)
        self._mount(megabytes, "remount")

    def fill(self) -> None:
        """Leave no byte free."""
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                return

    def close(self) -> None:
        """Take the file system away."""
        subprocess.run(["umount", "-l", self.folder], check=True)

    def rawi(self, *arguments: str, out: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command on the ledger."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(root / "src"),
            "RAWI_LEDGER": str(self.ledger),
            "RAWI_REVIEWER": "هدى",
        }
        command = [sys.executable, "-m", "rawi.cli.main", *arguments]
        if out is not None:
            with out.open("w") as stream:
                return subprocess.run(command, stdout=stream, stderr=subprocess.PIPE, text=True, env=environment)
        return subprocess.run(command, capture_output=True, text=True, env=environment)

    def expect(self, what: str, holds: object, told: object = "") -> None:
        """Note a problem where something does not hold."""
        if not holds:
            self.problems.append(f"{what}: {told}")

    def expect_refusal(self, done: subprocess.CompletedProcess[str], what: str, where: Path | str) -> None:
        """A refusal names the file, says that there is no room, and what to do."""
        said = done.stderr
        self.expect(f"{what}: exit code", done.returncode == 1, done.returncode)
        self.expect(f"{what}: where", str(where) in said, said)
        self.expect(f"{what}: what", "full" in said or "No space left" in said, said)
        self.expect(f"{what}: what to do", "free some space" in said, said)
        self.expect(f"{what}: no trace of the program's own", "Traceback" not in said and "fault" not in said, said)

    def expect_whole(self, what: str) -> None:
        """The ledger has no breach."""
        done = self.rawi("verify")
        self.expect(f"{what}: verify", done.returncode == 0, done.stdout + done.stderr)

    def stats(self) -> dict[str, int]:
        """Return the counts of the ledger."""
        found: dict[str, int] = json.loads(self.rawi("stats").stdout)
        return found


def write_news(path: Path, count: int) -> None:
    """Write articles of our own to be coded."""
    with path.open("w", encoding="utf-8") as stream:
        for coded, _ in corpus(count):
            article = coded.article
            given = {"id": article.id, "outlet": article.outlet, "published": article.published, "text": article.text}
            stream.write(json.dumps(given, ensure_ascii=False) + "\n")


def try_add(small: Small, news: Path, count: int) -> str:
    """Add until the disk is full, and again with room."""
    small.expect_refusal(small.rawi("add", str(news)), "add", "rawi.db")
    small.expect_whole("add")
    kept = small.stats()["articles"]
    small.expect("add: something was kept", 0 < kept < count, kept)
    small.grow(200)
    again = small.rawi("add", str(news))
    small.expect("add again", again.returncode == 0 and f"{kept} known" in again.stdout, again.stdout + again.stderr)
    small.expect_whole("add again")
    small.expect("add again: all are there", small.stats()["articles"] == count, small.stats()["articles"])
    return f"add: full after {kept} articles, all kept; {count} after making room"


def try_review(small: Small) -> str:
    """Decide until the disk is full, and again with room."""
    records = [json.loads(line)["id"] for line in small.rawi("list", "-n", "60").stdout.splitlines()]
    small.fill()
    told = 0
    for n, record in enumerate(records):
        action = ("correct", record, "--set", "status=planned") if n % 2 else ("accept", record)
        done = small.rawi("review", *action)
        told += '"seq"' in done.stdout
        if done.returncode:
            break
    small.expect_refusal(done, "review", "rawi.db")
    small.expect("review: refused means not decided", '"seq"' not in done.stdout, done.stdout)
    small.grow(200)
    small.expect_whole("review")
    small.expect(
        "review: decisions told are kept", small.stats()["decisions"] == told, (small.stats()["decisions"], told)
    )
    again = small.rawi("review", *action)
    small.expect("review again", again.returncode == 0 and '"seq"' in again.stdout, again.stderr)
    small.expect_whole("review again")
    return f"review: refused after {told} decisions, all kept; the refused one taken after making room"


def try_export(small: Small, elsewhere: Path) -> str:
    """Export into the full file system, and again with room."""
    other = small.rawi("export", "--out", str(elsewhere))
    small.expect("export elsewhere", other.returncode == 0, other.stderr)
    small.fill()
    for name, options in {
        "out.jsonl": (), "out.csv": ("--format", "csv"), "stories.jsonl": ("--what", "stories"), "articles.jsonl": ("--what", "articles"),
    }.items():  # fmt: skip
        target = small.folder / name
        small.expect_refusal(small.rawi("export", *options, "--out", str(target)), f"export {name}", target)
        small.expect(f"export {name}: no half file", not target.exists() and not list(small.folder.glob("*.part")))
    piped = small.rawi("export", out=small.folder / "piped.jsonl")
    small.expect_refusal(piped, "export to standard output", "standard output")
    small.expect_whole("export")
    small.grow(200)
    done = small.rawi("export", "--out", str(small.folder / "out.jsonl"))
    small.expect("export again", done.returncode == 0, done.stderr)
    small.expect("export again: all of it", (small.folder / "out.jsonl").read_bytes() == elsewhere.read_bytes())
    return f"export: refused four times into files and once through a pipe, none left half; {elsewhere.stat().st_size:,} bytes after making room"


def try_upgrade(small: Small, old: Path) -> str:
    """Upgrade an old file where there is no room for the backup, then where there is none for the new index."""
    size = old.stat().st_size
    shutil.copy(old, small.ledger)
    told = []
    for megabytes, missing in ((1.5 * size / 2**20, "backup"), ((2 * size + 100_000) / 2**20, "upgrade")):
        small.grow(megabytes)
        small.expect_refusal(small.rawi("stats"), f"upgrade without room for the {missing}", "rawi.db")
        small.expect(f"{missing}: no half copy", not list(small.folder.glob("*.part*")), list(small.folder.iterdir()))
        (small.folder / "rawi.db.v1.bak").unlink(missing_ok=True)
        told.append(missing)
    small.grow(200)
    small.expect("upgrade: all are there", small.stats()["articles"] == ledger_kill.old_articles, small.stats())
    small.expect_whole("upgrade")
    small.expect("upgrade: backup", (small.folder / "rawi.db.v1.bak").exists(), list(small.folder.iterdir()))
    return (
        f"upgrade: refused for want of room for {' and '.join(told)}, the file still as it was; done after making room"
    )


def run(folder: Path, articles: int) -> tuple[list[str], list[str]]:
    """Try everything in ``folder``; returns what happened, and what should not have."""
    news = folder / "news.jsonl"
    write_news(news, articles)
    _, old = ledger_kill.prepare(folder)
    said: list[str] = []
    problems: list[str] = []
    small = Small(folder / "small", 0.004 * articles + 1)
    said.append(try_add(small, news, articles))
    said.append(try_export(small, folder / "whole.jsonl"))
    said.append(try_review(small))
    problems += small.problems
    small.close()
    small = Small(folder / "small", 200)
    said.append(try_upgrade(small, old))
    small.close()
    return said, problems + small.problems


def main() -> None:
    """Run in a mount namespace and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.inside:
        unshare = shutil.which("unshare")
        inside = [sys.executable, __file__, "--inside", "--articles", str(options.articles)]
        if unshare is None or subprocess.run([unshare, "-rm", "true"], capture_output=True).returncode:
            sys.exit(cannot_mount)
        os.execv(unshare, [unshare, "-rm", *inside])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        said, problems = run(Path(folder), options.articles)
    for line in said + [f"PROBLEM {problem}" for problem in problems]:
        print(line)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
