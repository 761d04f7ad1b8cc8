"""ARCHITECTURE.md is what the imports are, and the imports go one way."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from .imports import PACKAGE, circles, imports, modules, room

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "ARCHITECTURE.md").read_text()

TOP_LEVEL = {"__main__", "clock", "errors", "interpreter"}
"""Modules that may stand at the top of the house, beside its packages."""

MOST_ROOMS = 22


def _drawn(heading: str) -> list[str]:
    """Return the lines of the drawing under *heading* of the page."""
    found = re.search(rf"^## {heading}$.*?^```text\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert found, f"ARCHITECTURE.md has a drawing under '{heading}'"
    return found[1].splitlines()


def _floors() -> list[set[str]]:
    """Return the rooms of each floor as drawn, from the top down."""
    lines = [line.split("│")[0] for line in _drawn("The rooms")]
    return [set(line.split()) for line in lines if line.strip()]


def _arrows() -> dict[str, set[str]]:
    """Return for each room the rooms it uses, as drawn."""
    pairs = (line.split("→") for line in _drawn("Who uses whom"))
    return {name.strip(): set(used.split()) for name, used in pairs}


def _room_imports() -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for module, others in imports().items():
        found[room(module)].update(room(other) for other in others)
    return {name: used - {name, ""} for name, used in found.items() if name not in ("", "__main__")}


@pytest.mark.slow
def test_the_drawing_shows_every_room_once() -> None:
    floors = _floors()
    assert sorted(name for floor in floors for name in floor) == sorted(_room_imports())


@pytest.mark.slow
def test_the_drawn_arrows_are_the_imports() -> None:
    assert _arrows() == {name: used for name, used in _room_imports().items() if used}


@pytest.mark.slow
def test_every_arrow_goes_down() -> None:
    level = {name: k for k, floor in enumerate(_floors()) for name in floor}
    up = [
        (name, other)
        for name, used in _room_imports().items()
        for other in used
        if level[other] <= level[name]
    ]
    assert up == []


def test_few_rooms_stand_at_the_top() -> None:
    paths = [p for p in (ROOT / "src" / "shiftplan").iterdir() if p.suffix == ".py" or p.is_dir()]
    files = {p.stem for p in paths if p.suffix == ".py"} - {"__init__"}
    assert files <= TOP_LEVEL
    rooms = {p.name for p in paths if p.is_dir() and p.name != "__pycache__"} | files
    assert len(rooms) <= MOST_ROOMS


@pytest.mark.slow
def test_no_modules_need_each_other() -> None:
    """Hold for imports that serve types alone, and for imports inside functions, as well."""
    assert [sorted(circle) for circle in circles(imports())] == []


def test_every_file_the_page_names_is_there_with_what_it_is_named_for() -> None:
    """A file may be followed by a name in it: `` `solver/search.py`, `search` ``."""
    named = re.findall(r"`([a-z_/]+\.py)`(?:,\s+`([A-Za-z_.]+)`)?", PAGE)
    assert len(named) > 50
    for file, name in named:
        places = [ROOT / file, ROOT / "src" / "shiftplan" / file]
        found = [place for place in places if place.is_file()]
        assert found, file
        last = name.rpartition(".")[2]
        assert not last or re.search(rf"\b(def|class) {last}\b", found[0].read_text()), (file, name)


@pytest.mark.slow
def test_no_public_class_is_defined_twice() -> None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for module, path in modules().items():
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(module)
    assert {name: where for name, where in found.items() if len(where) > 1} == {}


ALONE = """
import gc, importlib, os, sys
for library in {libraries}:
    importlib.import_module(library)
gc.freeze()
gc.disable()
below = {below}

def tried(module):
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    try:
        importlib.import_module(module)
    except BaseException as error:
        print(f"{{module}}: {{error!r}}", flush=True)
        os._exit(1)
    os._exit(not all([tried(inner) for inner in below.get(module, ())]))

def known(module):
    importlib.import_module(module)
    for inner in below.get(module, ()):
        known(inner)

right = True
for room in {rooms}:
    if tried(room):
        known(room)
    else:
        right = False
sys.exit(not right)
"""
"""Import each module in a process that knows the libraries, the packages around it and the rooms
below its own only.

Python imports the packages around a module first, so that a process forked after those is in the
state in which a fresh one would come to the module. What the rooms below hold has been imported
alone before, and needs nothing of the rooms above: another test holds that.
"""

LIBRARIES = (
    "caldav.davclient",
    "icalendar",
    "openpyxl",
    "ortools.sat.python.cp_model",
    "pydantic",
    "rich.table",
    "sqlalchemy.orm",
    "starlette.applications",
    "textual.app",
    "textual.widgets",
    "tomlkit",
    "typer",
    "uvicorn",
)
"""Imported once for all; whether they can be imported is not the question."""


@pytest.mark.slow
@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are forked, which this system cannot"
)
def test_every_module_can_be_imported_alone() -> None:
    below: dict[str, list[str]] = defaultdict(list)
    for name in modules():
        if not name.endswith("__main__"):  # which runs the program
            below[name.rpartition(".")[0]].append(name)
    script = ALONE.format(libraries=LIBRARIES, below=dict(below), rooms=_from_below())
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def _from_below() -> list[str]:
    """Return the packages and modules at the top of the house, those first that others need."""
    needs: dict[str, set[str]] = {room(name): set() for name in modules() if room(name)}
    for name, used in imports().items():
        if room(name):
            needs[room(name)] |= {room(one) for one in used} - {room(name), ""}
    order = TopologicalSorter(needs).static_order()
    return [f"{PACKAGE}.{one}" for one in order if one != "__main__"]
