"""What is imported is declared, what is declared is imported, what only some need is an extra."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from shiftplan.cli.extras import EXTRAS

from .cli.tiny import write_plan
from .imports import SRC, modules

PROJECT = tomllib.loads((SRC.parent / "pyproject.toml").read_text())["project"]

LOADED_BY_OTHERS = {"psycopg"}
"""SQLAlchemy loads it by its name."""

LOADED_BY_NOTHING = {"pandas"}
"""The project was asked for with it, and the reports to come are made of its frames."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: Iterable[str]) -> set[str]:
    """Return the names in a list of requirements."""
    return {plain(re.split(r"[\[<>=!~; ]", text)[0]) for text in requirements}


@cache
def imported() -> dict[str, set[str]]:
    """Return what is imported from elsewhere, each with the modules that do."""
    installed = packages_distributions()
    found: dict[str, set[str]] = {}
    for module, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text())):
            for name in _roots(node):
                for distribution in installed.get(name, [name]):
                    found.setdefault(plain(distribution), set()).add(module)
    return found


def _roots(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        names = [node.module or ""]
    else:
        return []
    roots = [name.partition(".")[0] for name in names]
    return [root for root in roots if root not in sys.stdlib_module_names and root != "shiftplan"]


def extras() -> dict[str, set[str]]:
    optional = PROJECT["optional-dependencies"]
    return {name: named(needed) for name, needed in optional.items() if name != "dev"}


@pytest.mark.slow
def test_what_is_imported_is_declared() -> None:
    declared = named(PROJECT["dependencies"]).union(*extras().values())
    assert {name: where for name, where in imported().items() if name not in declared} == {}


def test_what_is_declared_is_imported() -> None:
    declared = named(PROJECT["dependencies"]).union(*extras().values())
    assert declared - set(imported()) == LOADED_BY_OTHERS | LOADED_BY_NOTHING


def test_what_only_some_need_is_an_extra_and_tests_have_them_all() -> None:
    everyone = named(PROJECT["dependencies"])
    assert extras()["caldav"] == {"caldav"}
    assert extras()["web"] == {"aiohttp", "textual-serve"}
    assert {plain(package): EXTRAS[package] for package in EXTRAS} == {
        package: name for name in ("caldav", "web") for package in extras()[name]
    }
    for needed in extras().values():
        assert not needed & everyone
        assert needed <= named(PROJECT["optional-dependencies"]["dev"])


MISSING = """
import sys

class Missing:
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in {missing}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing)
from shiftplan.__main__ import run
run()
"""


def without_extras(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the command where nothing but what everyone needs is installed."""
    missing = {"aiohttp", "caldav", "keyring", "niquests", "pandas", "textual_serve"}
    command = [sys.executable, "-c", MISSING.format(missing=missing), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "tui --web",
            "error: this needs the package 'aiohttp', which is not installed. "
            "Run pip install 'shiftplan[web]'.\n",
        ),
        (
            "caldav push --url https://dav.example.org/x/ --team",
            "error: this needs the package 'caldav', which is not installed. "
            "Run pip install 'shiftplan[caldav]'.\n",
        ),
    ],
)
def test_a_missing_extra_is_named_with_the_command_that_installs_it(
    tmp_path: Path, line: str, says: str
) -> None:
    done = without_extras(*line.split(), "-C", write_plan(tmp_path / "plan"))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", says)


@pytest.mark.slow
def test_all_else_works_without_the_extras(tmp_path: Path) -> None:
    plan = write_plan(tmp_path / "plan")
    for line in ("solve --time-limit 1", "links --team"):
        done = without_extras(*line.split(), "-C", plan)
        assert done.returncode == 0, (line, done.stderr)
    assert without_extras("tui", "--help").returncode == 0
