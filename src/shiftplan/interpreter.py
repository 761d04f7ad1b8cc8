"""Another Python of ours: a plan folder is data, so nothing that lies in one is ever run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "shiftplan"

_LIBRARIES = ("ortools", "numpy", "pydantic", "textual")
"""Where these lie, the others lie as well."""

_START = """
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from runpy import run_module

# The package itself is the starter's, whatever is installed beside this Python.
spec = PathFinder.find_spec({package!a}, [{root!a}])
package = module_from_spec(spec)
sys.modules[{package!a}] = package
spec.loader.exec_module(package)
# At the end, where they take the place of nothing that this Python has by itself.
sys.path += [place for place in {places!a} if place not in sys.path]
sys.argv = [{module!a}, *sys.argv[1:]]
run_module({module!a}, run_name="__main__", alter_sys=True)
"""


def python(module: str, *words: str) -> list[str]:
    """Return the command line that runs *module* of this package with *words* as its arguments.

    It imports from where this Python is installed and where this program lies, never from the
    current folder or from what the environment adds.
    """
    return [sys.executable, "-I", *_rest(module, words)]


def python_with_seed(module: str, *words: str) -> tuple[list[str], dict[str, str]]:
    """Return such a command line, and the environment it needs, which keeps ``PYTHONHASHSEED``.

    Sets are then gone through in the same order in each run.
    """
    kept = {}
    for name, value in os.environ.items():
        # What else Python reads names code to run, or changes nothing that matters here.
        if not name.startswith("PYTHON") or name == "PYTHONHASHSEED":
            kept[name] = value
    return [sys.executable, "-P", "-s", *_rest(module, words)], kept


def _rest(module: str, words: Sequence[str]) -> list[str]:
    places = list(dict.fromkeys(_places()))
    start = _START.format(package=_PACKAGE, root=_home(_PACKAGE), places=places, module=module)
    return ["-X", f"utf8={sys.flags.utf8_mode}", "-c", start, *words]


def _places() -> Iterator[str]:
    """Yield the folders in which this Python finds the libraries."""
    here = os.path.realpath(os.curdir)
    own = _home(_PACKAGE)
    for library in _LIBRARIES:
        place = _home(library)
        # The current folder counts only for who has installed this very program there.
        if place and (place == own or os.path.realpath(place) != here):
            yield place


def _home(package: str) -> str:
    """Return the absolute path of the folder or archive that holds *package*; empty if none."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return ""
    return str(Path(spec.submodule_search_locations[0]).absolute().parent)
