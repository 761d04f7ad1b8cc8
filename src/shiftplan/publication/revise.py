"""What becomes of the events when a roster is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from .content import Content
from .event import Event, Stamp
from .pairs import pairs
from .uids import cell_uid, owner

_Group = tuple[str, str, str]
_CELL = ("shift", "off")

Matched = tuple[Event | None, Content | None]


def revise(
    known: Iterable[Event],
    contents: Iterable[Content],
    *,
    plan: str,
    first: date,
    last: date,
    at: datetime,
    until: date | None = None,
) -> tuple[Event, ...]:
    """Return the events that are new or changed once *contents* stand for the days *first* to
    *last*.

    *known* are all events on record that belong, or once belonged, to these days. What is missing from
    *contents* is cancelled; what returns before it was dropped from the files is confirmed again. A revision
    is counted where the content changes, and nowhere else. Leave is settled from *first* on, up to *until*.
    """
    stored = tuple(known)
    taken = {e.uid for e in stored}
    old: dict[_Group, list[Event]] = {}
    new: dict[_Group, list[Content]] = {}

    def settled(content: Content) -> bool:
        if content.kind == "leave":
            return content.last >= first and (until is None or content.day <= until)
        return first <= content.day <= last

    for e in stored:
        if settled(e.content) or e.content.kind == "leave":
            old.setdefault(_group(e.content), []).append(e)
    for c in contents:
        if settled(c):
            new.setdefault(_group(c), []).append(c)
    found = []
    for group in sorted({*old, *new}):
        for event, content in _matched(old.get(group, []), new.get(group, []), at):
            if event is not None and content is None and not settled(event.content):
                continue
            if event is None and content is not None:
                event = _made(content, plan, taken, at)
                taken.add(event.uid)
                found.append(event)
            elif event is not None:
                after = _revised(event, content, at)
                found += [after] if after != event else []
    return tuple(found)


def _group(content: Content) -> _Group:
    site = "" if content.who else content.site
    return content.who, content.kind, site


def _matched(old: Sequence[Event], new: Sequence[Content], at: datetime) -> Iterator[Matched]:
    """Pair events with what they are to say now, all of one person and of one kind."""
    live = [e for e in old if e.live]
    gone = sorted(
        (e for e in old if not e.live and e.kept(at)), key=lambda e: (e.own.modified, e.uid)
    )
    kind = (*(e.content for e in old), *new)[0].kind
    if kind == "leave":
        yield from _leave(live, gone, new)
        return
    by_day = {e.content.day: e for e in live}
    back = {e.content.day: e for e in gone}
    wanted = {c.day: c for c in new}
    codes = (
        {day: e.content.code for day, e in by_day.items()},
        {day: c.code for day, c in wanted.items()},
    )
    # A day off does not move: the day it was on is worked now, which is another event.
    held = wanted if kind != "shift" else back
    for was, now in pairs(*codes, back=held):
        event = by_day[was] if was else back.get(now) if now else None
        yield event, wanted[now] if now else None


def _leave(
    live: Sequence[Event], gone: Sequence[Event], new: Sequence[Content]
) -> Iterator[Matched]:
    """Pair runs of leave: those that share a day are the same, however they grew or shrank."""
    left = sorted(new, key=lambda c: c.day)
    for events, cancels in ((live, True), (gone, False)):
        for event in sorted(events, key=lambda e: (e.content.day, e.uid)):
            same = next((c for c in left if _touch(event.content, c)), None)
            if same is not None:
                left.remove(same)
            if same is not None or cancels:
                yield event, same
    yield from ((None, c) for c in left)


def _touch(a: Content, b: Content) -> bool:
    return a.day <= b.last and b.day <= a.last


def _made(content: Content, plan: str, taken: set[str], at: datetime) -> Event:
    what = "cell" if content.kind in _CELL else content.kind
    who = owner(content.who, content.site)
    number = 1
    while (uid := cell_uid(plan, what, content.day, who, number)) in taken:
        number += 1
    stamp = Stamp(0, at)
    return Event(uid, content.day, "CONFIRMED", at, stamp, stamp, content)


def _revised(event: Event, content: Content | None, at: datetime) -> Event:
    """Return *event* saying *content*, or cancelled if that is None, revised where that is a
    change.
    """
    said = content if content is not None else replace(event.content, names=())
    after = replace(event, status="CONFIRMED" if content is not None else "CANCELLED", content=said)
    turned = after.status != event.status
    if turned or said.shared != event.content.shared:
        after = replace(after, shared=_next(event.shared, at))
    if turned or said != event.content:
        after = replace(after, own=_next(event.own, at))
    return after


def _next(stamp: Stamp, at: datetime) -> Stamp:
    # A clock that was set back must not make a revision look older than the one before.
    return Stamp(stamp.sequence + 1, max(at, stamp.modified))
