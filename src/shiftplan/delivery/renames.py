"""Who is called otherwise since the last publication, and who only seems to have come and gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from ..facts import Facts
from ..publication import (
    Content,
    Event,
    LikelyRename,
    Renamed,
    Seen,
    likely_renames,
    renamed,
)
from ..store import Store

LATELY = timedelta(days=31)
"""Whoever has nothing on record from so long before the first day on has left before."""


def renamed_since(known: Iterable[Event], facts: Facts) -> tuple[Renamed, ...]:
    """Return who is called otherwise in *facts* than in the latest of the events *known*."""
    before: dict[str, str] = {}
    for event in sorted(known, key=lambda e: (e.shared.modified, e.uid)):
        if event.live and event.content.who:
            before[event.content.key] = event.content.who
    return renamed(before.items(), ((key, name) for name, key in facts.keys.items()))


def likely_since(
    store: Store, facts: Facts, says: Iterable[Content], at: datetime
) -> tuple[LikelyRename, ...]:
    """Return who is gone from *facts*, and who is new and may well be the same person.

    *says* is what is to be published of *facts* at the instant *at*.
    """
    known = _by_person(
        event.content
        for event in store.publications.events(facts, at)
        if event.live and event.content.last >= facts.first - LATELY
    )
    now = _by_person(says)
    keys = {*facts.keys.values()}
    ids = store.record.ids(facts)
    gone = [_seen(theirs, facts, ids) for key, theirs in known.items() if key not in keys]
    new = [_seen(theirs, facts, ids) for key, theirs in now.items() if key not in known]
    return likely_renames(gone, new)


def _by_person(contents: Iterable[Content]) -> dict[str, list[Content]]:
    found: dict[str, list[Content]] = {}
    for content in contents:
        if content.who:
            found.setdefault(content.key, []).append(content)
    return found


def _seen(theirs: list[Content], facts: Facts, ids: Mapping[str, str]) -> Seen:
    """Return one person as they are shown in the calendars of the days of *facts*."""
    latest = max(theirs, key=lambda content: content.day)
    shifts = {c.day: c.code for c in theirs if c.code and facts.first <= c.day <= facts.last}
    return Seen(latest.who, ids.get(latest.key, latest.key), latest.site, shifts)
