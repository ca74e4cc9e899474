"""What the Python package promises: names, types, layers, what a wheel holds."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest

import rawi
from rawi import errors, model

root = Path(__file__).parents[2]


def test_all_of_rawi() -> None:
    assert rawi.__all__ == ["__version__", "code"]
    for name in rawi.__all__:
        assert hasattr(rawi, name)


def test_record_types_and_errors_are_at_hand() -> None:
    assert rawi.CodedArticle is model.CodedArticle
    assert rawi.RawiError is errors.RawiError
    with pytest.raises(AttributeError, match="module 'rawi' has no attribute 'Nothing'"):
        _ = rawi.Nothing


def test_every_error_is_in_the_tree() -> None:
    for name in ("InputError", "LexiconError", "LedgerError", "InternalError"):
        assert issubclass(getattr(errors, name), errors.RawiError)
        assert name in (errors.__doc__ or "")


def test_code_returns_typed_records() -> None:
    coded = rawi.code(
        "التقى وزير الخارجية القطري نظيره التركي في الدوحة أمس.", published="2024-12-10", outlet="الأفق", id="x"
    )
    assert isinstance(coded, model.CodedArticle)
    assert (coded.article.id, coded.article.outlet, coded.events[0].type) == ("x", "الأفق", "CONSULT")
    assert coded.coder is not None
    assert coded.coder.rawi == rawi.__version__
    with pytest.raises(rawi.InputError, match="code\\(\\): published is 'soon', not a date"):
        rawi.code("قال الوزير", published="soon")


def test_records_are_frozen_and_go_through_json() -> None:
    coded = rawi.code("التقى وزير الخارجية القطري نظيره التركي في الدوحة أمس.", published="2024-12-10")
    with pytest.raises(AttributeError):
        coded.events = ()  # type: ignore[misc]
    assert msgspec.json.decode(msgspec.json.encode(coded), type=model.CodedArticle) == coded


def test_import_is_cheap() -> None:
    code = "import sys, rawi; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()
    assert not {"msgspec", "yaml", "rawi.coder"} & set(loaded)


@pytest.mark.parametrize(
    "path", sorted((root / "src" / "rawi").rglob("__init__.py")), ids=lambda p: str(p.parent.relative_to(root / "src"))
)
def test_all_names_exist(path: Path) -> None:
    name = ".".join(path.parent.relative_to(root / "src").parts)
    if name in ("rawi.desk", "rawi.api"):
        pytest.importorskip("fastapi")
    module = importlib.import_module(name)
    assert module.__doc__, f"{name} has no docstring"
    for exported in getattr(module, "__all__", ()):
        assert hasattr(module, exported), f"{name}.{exported}"


def test_layers_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=root,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_nothing_but_the_command_line_prints_or_exits() -> None:
    for path in (root / "src" / "rawi").rglob("*.py"):
        if path.relative_to(root / "src" / "rawi").parts[0] != "cli":
            text = path.read_text("utf-8")
            for word in ("print(", "sys.exit("):
                assert not any(line.lstrip().startswith(word) for line in text.splitlines()), f"{path}: {word}"


def test_a_wheel_carries_its_lexicon_and_the_demonstration(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    build = "from hatchling.build import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
    name = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=root, capture_output=True, check=True, text=True
    ).stdout.split()[-1]
    with zipfile.ZipFile(tmp_path / name) as wheel:
        names = set(wheel.namelist())
        wheel.extractall(tmp_path / "site")
    shipped = {f"rawi/_lexicon/{p.relative_to(root / 'lexicon')}" for p in (root / "lexicon").rglob("*.yaml")}
    assert shipped <= names
    demo = {f"rawi/_demo/{path.name}" for path in (root / "examples" / "demo").iterdir()}
    assert "rawi/_demo/reports.jsonl" in demo
    assert demo <= names
    assert {"rawi/py.typed", "rawi/resolve/ranker.json", "rawi/ledger/migrations/0001_store.sql"} <= names
    assert not [n for n in names if n.endswith((".pyc", ".db"))]
    code = "import rawi, rawi.lexicon.load as l; print(rawi.__file__, l.lexicon_dir()); print(rawi.code('التقى وزير الخارجية القطري نظيره التركي.').events[0].type)"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True, env=environment)
    first, second = done.stdout.splitlines() or [done.stderr, ""]
    assert str(tmp_path / "site" / "rawi" / "_lexicon") in first
    assert second == "CONSULT"
    code = "import rawi.desk.demo as d; from pathlib import Path; print(d.demo_folder(), d.build_demo(Path('demo.db')))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, text=True, env=environment, cwd=tmp_path
    )
    folder, count = done.stdout.split() or [done.stderr, 0]
    assert folder == str(tmp_path / "site" / "rawi" / "_demo")
    assert int(count) >= 40
