"""What becomes of the events when a roster is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from .content import Content
from .event import Event, Stamp
from .pairs import pairs
from .uids import cell_uid, owner

_Group = tuple[str, str, str]
_CELL = ("shift", "off")
_SECOND = timedelta(seconds=1)

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

    *known* are all events on record that belong, or once belonged, to these days. What is missing
    from *contents* is cancelled; what returns before it was dropped from the files is confirmed
    again. A revision is counted where the event itself changes, and nowhere else: other names of
    colleagues make it newer, and no other revision. Leave is settled from *first* on, up to
    *until*.
    """
    stored = tuple(known)
    taken = {e.uid for e in stored}
    days = _Days(first, last, until)
    old = _by_group(e for e in stored if days.may_touch(e.content))
    new = _contents_by_group(c for c in contents if days.settle(c))

    found: list[Event] = []
    for group in sorted({*old, *new}):
        for event, content in _matched(old.get(group, []), new.get(group, []), at):
            if event is not None:
                found += _changed(event, content, days, at)
            elif content is not None:
                made = _made(content, plan, taken, at)
                taken.add(made.uid)
                found.append(made)
    return tuple(found)


@dataclass(frozen=True)
class _Days:
    """The days a publication speaks of."""

    first: date
    last: date
    until: date | None
    """The last day on which it settles leave; None is any."""

    def settle(self, content: Content) -> bool:
        """Say whether the publication says all there is to say about *content*."""
        if content.kind != "leave":
            return self.first <= content.day <= self.last
        begins_in_time = self.until is None or content.day <= self.until
        return content.last >= self.first and begins_in_time

    def may_touch(self, content: Content) -> bool:
        """Say whether *content* can be the same as something of these days."""
        # Leave of other days can be: a run of leave may have grown into these.
        return content.kind == "leave" or self.settle(content)


def _by_group(events: Iterable[Event]) -> dict[_Group, list[Event]]:
    found: dict[_Group, list[Event]] = {}
    for event in events:
        found.setdefault(_group(event.content), []).append(event)
    return found


def _contents_by_group(contents: Iterable[Content]) -> dict[_Group, list[Content]]:
    found: dict[_Group, list[Content]] = {}
    for content in contents:
        found.setdefault(_group(content), []).append(content)
    return found


def _group(content: Content) -> _Group:
    site = "" if content.who else content.site
    return content.key, content.kind, site


def _matched(old: Sequence[Event], new: Sequence[Content], at: datetime) -> Iterator[Matched]:
    """Pair events with what they are to say now, all of one person and of one kind."""
    live = [e for e in old if e.live]
    # Of several cancelled on one day the one cancelled last returns.
    gone = sorted((e for e in old if not e.live and e.kept(at)), key=_when_revised)
    kinds = [e.content.kind for e in old] + [content.kind for content in new]
    if kinds[0] == "leave":
        yield from _leave(live, gone, new)
    else:
        yield from _by_day(live, gone, new, moves=kinds[0] == "shift")


def _when_revised(event: Event) -> tuple[datetime, str]:
    return event.own.modified, event.uid


def _by_day(
    live: Sequence[Event], gone: Sequence[Event], new: Sequence[Content], *, moves: bool
) -> Iterator[Matched]:
    """Pair events of single days, which may have moved to another day if *moves*."""
    standing = {e.content.day: e for e in live}
    cancelled = {e.content.day: e for e in gone}
    wanted = {c.day: c for c in new}
    # A day off does not move: the day it was on is worked now, which is another event.
    not_moved_to = cancelled if moves else wanted
    before, after = _codes(e.content for e in live), _codes(new)
    for was, now in pairs(before, after, back=not_moved_to):
        content = wanted[now] if now else None
        if was is not None:
            yield standing[was], content
        elif now is not None:
            yield cancelled.get(now), content


def _codes(contents: Iterable[Content]) -> dict[date, str]:
    return {content.day: content.code for content in contents}


def _leave(
    live: Sequence[Event], gone: Sequence[Event], new: Sequence[Content]
) -> Iterator[Matched]:
    """Pair runs of leave: those that share a day are the same, however they grew or shrank."""
    left = sorted(new, key=lambda c: c.day)
    for event in sorted(live, key=_first_day):
        yield event, _take(left, event)
    for event in sorted(gone, key=_first_day):
        same = _take(left, event)
        if same is not None:  # what is cancelled and does not return stays as it is
            yield event, same
    yield from ((None, content) for content in left)


def _first_day(event: Event) -> tuple[date, str]:
    return event.content.day, event.uid


def _take(left: list[Content], event: Event) -> Content | None:
    """Take the first run of leave that shares a day with *event* out of those *left*, if any."""
    same = next((content for content in left if _touch(event.content, content)), None)
    if same is not None:
        left.remove(same)
    return same


def _touch(a: Content, b: Content) -> bool:
    return a.day <= b.last and b.day <= a.last


def _made(content: Content, plan: str, taken: set[str], at: datetime) -> Event:
    what = "cell" if content.kind in _CELL else content.kind
    who = owner(content.key, content.site)
    number = 1
    while (uid := cell_uid(plan, what, content.day, who, number)) in taken:
        number += 1
    stamp = Stamp(0, at)
    return Event(uid, content.day, "CONFIRMED", at, stamp, stamp, content)


def _changed(event: Event, content: Content | None, days: _Days, at: datetime) -> Iterator[Event]:
    """Yield *event* saying *content*, or cancelled if that is None, where that is a change."""
    if content is None and not days.settle(event.content):
        return  # leave of other days stands as it is
    after = _revised(event, content, at)
    if after != event:
        yield after


def _revised(event: Event, content: Content | None, at: datetime) -> Event:
    """Return *event* saying *content*, or cancelled if that is None, revised where that is a
    change.
    """
    if content is None:
        # Colleagues of a day that is no longer worked are nobody's business.
        after = replace(event, status="CANCELLED", content=replace(event.content, names=()))
    else:
        after = replace(event, status="CONFIRMED", content=content)
    turned = after.status != event.status
    if turned or after.content.shared != event.content.shared:
        after = replace(after, shared=_next(event.shared, at))
    if turned or after.content.itself != event.content.itself:
        after = replace(after, own=_next(event.own, at))
    elif after.content.names != event.content.names:
        after = replace(after, own=_renewed(event.own, at))
    return after


def _next(stamp: Stamp, at: datetime) -> Stamp:
    # A clock that was set back must not make a revision look older than the one before.
    return Stamp(stamp.sequence + 1, max(at, stamp.modified))


def _renewed(stamp: Stamp, at: datetime) -> Stamp:
    """Return the same revision with a later date: programs read it again, and report nothing."""
    # With neither a number nor a second more, Evolution would keep the names it has.
    return Stamp(stamp.sequence, max(at, stamp.modified + _SECOND))
