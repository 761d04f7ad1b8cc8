"""Tests of the store are run on each kind of database, but for what only one of them has."""

from __future__ import annotations

import pytest

from shiftplan.store import DATABASE_URL

from .databases import KINDS, on_each


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is on each kind of database as often as there are kinds."""
    if on_each(metafunc.module.__name__, metafunc.function):
        metafunc.fixturenames.append("database")
        metafunc.parametrize("database", KINDS, indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The kind of database that everything is kept in; a new one of that kind."""
    if request.param == "postgresql":
        monkeypatch.setenv(DATABASE_URL, request.getfixturevalue("server").empty())
    return str(request.param)
