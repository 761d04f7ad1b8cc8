"""A session is one small object that has its parts, each of which is read alone."""

from __future__ import annotations

from pathlib import Path

from .desk import opened

PARTS = (
    "steps",
    "judging",
    "roster_edits",
    "plan_edits",
    "tables",
    "versions",
    "publishing",
    "links",
    "exports",
)


def public(thing: object) -> set[str]:
    return {name for name in (*dir(thing), *vars(thing)) if not name.startswith("_")}


def test_session_and_parts_inherit_nothing_and_none_has_over_twenty_members(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as session:
        for thing in (session, *(getattr(session, part) for part in PARTS)):
            assert type(thing).__bases__ == (object,)
            assert len(public(thing)) <= 20, sorted(public(thing))
