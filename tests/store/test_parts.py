"""A store is one small object that has its parts, each of which is read alone."""

from __future__ import annotations

from pathlib import Path

from shiftplan.store import open_store


def public(thing: object) -> set[str]:
    return {name for name in (*dir(thing), *vars(thing)) if not name.startswith("_")}


def test_store_and_parts_inherit_nothing_and_none_has_over_twenty_members(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        parts = [store.rosters, store.publications, store.ledger, store.links, store.record]
    for thing in (store, *parts):
        assert type(thing).__bases__ == (object,)
        assert len(public(thing)) <= 20, sorted(public(thing))
