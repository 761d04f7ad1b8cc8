"""Which tests are run on which kind of database."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

KINDS = ("sqlite", "postgresql")

_MODULES = (
    "test_border",
    "test_ledger",
    "test_older",
    "test_opening",
    "test_people",
    "test_publications",
    "test_store",
)
_ALONE = "sqlite_alone"

Test = TypeVar("Test", bound=Callable[..., object])


def sqlite_alone(test: Test) -> Test:
    """Mark what is about a file in the plan folder."""
    setattr(test, _ALONE, True)
    return test


def on_each(module: str, test: Callable[..., object]) -> bool:
    """Say whether *test* is run on each kind of database."""
    if module.rpartition(".")[2] not in _MODULES or hasattr(test, _ALONE):
        return False
    # What draws examples makes a folder for each of them by itself.
    return not hasattr(test, "hypothesis")
