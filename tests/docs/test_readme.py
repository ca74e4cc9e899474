"""The documentation holds: Python blocks run, console blocks give what they show, files and targets that are named exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

root = Path(__file__).parents[2]
documents = sorted([*root.glob("*.md"), *(root / "docs").glob("*.md"), root / "lexicon" / "README.md"])
find_block = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
find_link = re.compile(r"\]\((?!https?:)([^)#]+)")
find_target = re.compile(r"(?<=`)make ([a-z]+)")


def blocks(path: Path, language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return [body for name, body in find_block.findall(path.read_text("utf-8")) if name == language]


def commands(block: str) -> list[tuple[str, list[str]]]:
    """Return the commands of a console block, each with the lines it shows."""
    out: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            out.append((line[2:], []))
        elif out and line.strip():
            out[-1][1].append(line.rstrip())
    return out


def test_python_blocks_of_the_readme_run() -> None:
    names: dict[str, object] = {}
    for block in blocks(root / "README.md", "python"):
        exec(compile(block, "README.md", "exec"), names)


@pytest.mark.parametrize("path", documents, ids=lambda p: str(p.relative_to(root)))
def test_python_blocks_are_python(path: Path) -> None:
    for block in blocks(path, "python"):
        compile(block, str(path), "exec")


@pytest.mark.parametrize("path", documents, ids=lambda p: str(p.relative_to(root)))
def test_console_blocks_give_what_they_show(path: Path) -> None:
    here = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for block in blocks(path, "console"):
        for command, shown in commands(block):
            done = subprocess.run(command, shell=True, cwd=root, capture_output=True, check=False, text=True, env=here)
            assert done.returncode == 0, f"{command}: {done.stderr}"
            printed = [line.rstrip() for line in done.stdout.splitlines()]
            assert [line for line in shown if line not in printed] == [], done.stdout


@pytest.mark.parametrize("path", documents, ids=lambda p: str(p.relative_to(root)))
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [link for link in find_link.findall(text) if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", documents, ids=lambda p: str(p.relative_to(root)))
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(find_target.findall(path.read_text("utf-8"))) <= targets
