"""What differs between two rosters, for people: each person in their local time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from ..publication import Change, PublishedShift, in_words
from ..publication.words import hours_ahead
from .page import TextPage, columns


def show_changes(page: TextPage, changes: Sequence[Change]) -> None:
    """Print *changes* person by person, each with the notice it gives."""
    for (who, _), found in groupby(changes, key=lambda change: change.person):
        theirs = list(found)
        page.head(f"{who} ({theirs[0].tz})")
        rows = [(in_words(change), f"notice {hours_ahead(change.notice)}") for change in theirs]
        page.lines(f"  {line}" for line in columns(rows))


def change_rows(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Return *changes* as ``--json`` prints them: in the person's local time, with the offset."""
    return [
        {
            "person": c.who,
            "timezone": c.tz,
            "what": c.what,
            "before": _shift(c.before),
            "after": _shift(c.after),
            "notice_hours": c.notice,
        }
        for c in changes
    ]


def _shift(shift: PublishedShift | None) -> dict[str, str] | None:
    if shift is None:
        return None
    begin, end = shift.local
    return {
        "date": shift.day.isoformat(),
        "shift": shift.code,
        "start": begin.isoformat(timespec="minutes"),
        "end": end.isoformat(timespec="minutes"),
    }
