"""Killed writers, several writers at once, a full disk. The full runs are in bench/ledger_kill.py and ledger_writers.py."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from fixtures.corpus import corpus
from fixtures.reports import talks
from rawi.ledger import (
    Ledger,
    LedgerBusyError,
    LedgerFullError,
    accept,
    add_coded,
    add_many,
    entries,
    get_record,
    list_records,
    verify,
)
from rawi.ledger.review import StaleError
from rawi.merge import update

bench = Path(__file__).resolve().parents[3] / "bench"
sys.path.insert(0, str(bench))


@pytest.mark.slow
def test_killed_writers_leave_a_whole_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KILL_ARTICLES", "400")
    import ledger_kill

    monkeypatch.setattr(ledger_kill, "old_articles", 400)

    tallies = ledger_kill.run(tmp_path, {"add": 3, "review": 3, "migrate": 2}, seed=7)
    for kind, tally in tallies.items():
        assert (tally.breaches, tally.lost) == ([], []), kind


@pytest.mark.slow
def test_eight_writers_lose_nothing(tmp_path: Path) -> None:
    import ledger_writers

    told, problems = ledger_writers.run(tmp_path / "rawi.db", 8, 4)
    assert problems == []
    assert sum(len(one["entries"]) for one in told) > 0
    assert sum(len(one["articles"]) for one in told) > 0


_decide = """
import sys
from rawi.ledger import Ledger, StaleError, accept, correct
with Ledger(sys.argv[1]) as ledger:
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        correct(ledger, sys.argv[2], {"status": sys.argv[3]}, who=sys.argv[3], based_on=1)
        print("done")
    except StaleError as error:
        print("stale", error.changes[0]["who"])
"""


def test_of_two_reviewers_at_once_one_is_told_what_the_other_did(ledger: Ledger) -> None:
    add_coded(ledger, talks())
    record = list_records(ledger).items[0].id
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _decide, str(ledger.path), record, status],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(bench.parent / "src")},
        )
        for status in ("planned", "possible")
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = sorted(process.communicate()[0].strip() for process in processes)
    winner = next(entries(ledger)).who
    assert told == ["done", f"stale {winner}"]
    assert get_record(ledger, record).record.event.status == winner
    assert not verify(ledger)


def test_a_busy_ledger_is_told_after_the_wait(ledger: Ledger) -> None:
    add_coded(ledger, talks())
    with Ledger(ledger.path, wait=0.2) as other, ledger.write():
        assert list_records(other).items  # reading never waits
        with pytest.raises(LedgerBusyError, match="run the command again"):
            accept(other, list_records(other).items[0].id, who="هدى")
    with Ledger(ledger.path) as again:
        accept(again, list_records(again).items[0].id, who="هدى")


def test_a_stale_reader_sees_one_state(ledger: Ledger) -> None:
    add_coded(ledger, talks())
    with Ledger(ledger.path) as other, other.read() as db:
        before = db.execute("SELECT count(*) FROM article").fetchone()
        add_many(ledger, [coded for coded, _ in corpus(5)])
        assert db.execute("SELECT count(*) FROM article").fetchone() == before


def fill_until_full(ledger: Ledger) -> int:
    """Add articles until there is no room; returns how many were committed."""
    done = 0
    for coded, _ in corpus(5000):
        try:
            add_coded(ledger, coded)
            done += 1
            if done % 50 == 0:
                update(ledger)
        except LedgerFullError as error:
            assert "all that was committed is safe" in str(error)  # noqa: PT017
            return done
    raise AssertionError("the disk never got full")


def check_after_full(path: Path, done: int) -> None:
    with Ledger(path) as ledger:
        assert not verify(ledger)
        assert ledger.db.execute("SELECT count(*) FROM article").fetchone() == (done,)


def test_a_full_disk_by_page_limit(ledger: Ledger) -> None:
    ledger.db.execute("PRAGMA max_page_count = 400")
    done = fill_until_full(ledger)
    assert done > 10
    check_after_full(ledger.path, done)
    add_coded(Ledger(ledger.path), talks())


@contextmanager
def tmpfs(folder: Path, size: str) -> Iterator[Path]:
    """Mount a small file system; skips where that is not allowed."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("needs the right to mount a tmpfs")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(tmp_path: Path) -> None:
    with tmpfs(tmp_path / "small", "3m") as folder:
        path = folder / "rawi.db"
        with Ledger(path) as ledger:
            done = fill_until_full(ledger)
            assert done > 10
            # The same process can go on reading, and say the same again.
            assert list_records(ledger).items
            with pytest.raises(LedgerFullError):
                add_many(ledger, [coded for coded, _ in corpus(done + 400)][done + 1 :])
        spare = folder / "spare"
        assert not spare.exists()
        check_after_full(path, done)


def test_a_full_disk_during_an_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ledger_kill

    monkeypatch.setattr(ledger_kill, "old_articles", 200)
    _, old = ledger_kill.prepare(tmp_path)
    size = old.stat().st_size
    with tmpfs(tmp_path / "small", str(size + size // 2)) as folder:
        path = folder / "rawi.db"
        path.write_bytes(old.read_bytes())
        with pytest.raises(LedgerFullError):
            Ledger(path)
        assert not [name for name in folder.iterdir() if name.suffix == ".part"]
        (tmp_path / "after.db").write_bytes(path.read_bytes())
    with Ledger(tmp_path / "after.db") as ledger:
        assert not verify(ledger)
        assert ledger.db.execute("SELECT count(*) FROM article").fetchone() == (200,)


@pytest.mark.slow
def test_every_command_on_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add, review, upgrade and export as processes: refused clearly, nothing lost, done once there is room."""
    monkeypatch.setenv("KILL_OLD_ARTICLES", "200")
    command = [sys.executable, str(bench / "ledger_full_disk.py"), "--articles", "250"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode == 77:
        pytest.skip("needs the right to mount a tmpfs")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "PROBLEM" not in done.stdout


def test_a_ledger_on_a_disk_without_a_free_byte_can_be_read(tmp_path: Path) -> None:
    with tmpfs(tmp_path / "small", "2m") as folder:
        with Ledger(folder / "rawi.db") as ledger:
            add_coded(ledger, talks())
        with (folder / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while True:
                filler.write(bytes(4096))
        with Ledger(folder / "rawi.db") as ledger:
            record = list_records(ledger).items[0].id
            with pytest.raises(LedgerFullError, match="free some space"):
                accept(ledger, record, who="هدى")
        (folder / "filler").unlink()
        with Ledger(folder / "rawi.db") as ledger:
            accept(ledger, record, who="هدى")
            assert not verify(ledger)


def test_a_file_size_limit(tmp_path: Path) -> None:
    script = f"""
import resource, signal, sys
sys.path[:0] = [{str(bench.parent / "src")!r}, {str(bench.parent / "tests")!r}]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from fixtures.corpus import corpus
from rawi.ledger import Ledger, LedgerFullError, add_coded
with Ledger({str(tmp_path / "rawi.db")!r}) as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
    done = 0
    try:
        for coded, _ in corpus(5000):
            add_coded(ledger, coded)
            done += 1
    except LedgerFullError as error:
        print(done)
"""
    assert resource.RLIM_INFINITY  # the limit is the child's alone
    done = int(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)
    check_after_full(tmp_path / "rawi.db", done)


def test_reviewers_share_one_process_too(ledger: Ledger) -> None:
    add_coded(ledger, talks())
    record = list_records(ledger).items[0].id
    with Ledger(ledger.path) as other:
        accept(ledger, record, who="هدى", based_on=1)
        with pytest.raises(StaleError):
            accept(other, record, who="سامي", based_on=1)
