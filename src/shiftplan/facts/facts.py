"""Everything that is given, in one value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple, Self

from pydantic import ConfigDict, model_validator

from ..clock import SLOT, day_start, resolve, slot_ceil, slot_floor, to_local
from .availability import suits
from .away import Away
from .burden import Burden
from .demand import Curve, Need, ShiftNeed
from .history import History
from .people import Availability, Person
from .published import Published
from .rotation import Rotation, RotaWeek, rotation_of
from .shifts import ShiftType
from .tables import Carried, Wish, Worked
from .team import Contract, Horizon, Site, Team


class Window(NamedTuple):
    """The stretch of instants this roster decides, and the end of its last shift.

    From *start* to *end* every shift that could be on duty is known. From *end* to *tail* shifts of
    the days after the horizon would be on duty too.
    """

    start: int
    end: int
    tail: int


class Facts(Away):
    """Team, sites, shift types, people, demand, leave, wishes, pins and history. Knows no rules.

    Raise ``ValidationError`` where facts contradict each other.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    team: Team
    horizon: Horizon
    contracts: tuple[Contract, ...] = (Contract(name="full-time"),)
    shifts: tuple[ShiftType, ...]
    curves: tuple[Curve, ...] = ()
    shift_needs: tuple[ShiftNeed, ...] = ()
    wishes: tuple[Wish, ...] = ()
    pins: tuple[Worked, ...] = ()
    carried: tuple[Carried, ...] = ()
    burden: Burden = Burden()
    history: History = History()
    published: Published | None = None
    """The roster published for this horizon, if there is one."""
    as_of: date | None = None
    """The day notice of a change is counted from, by the clock of the team's home; None is long
    before.
    """
    rotation: tuple[RotaWeek, ...] = ()
    rotation_start: date | None = None
    """First day of the week in which people are where the rows of ``rotation`` have them."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        from .consistency import clashes

        found = [f"{'.'.join(map(str, at))}: {message}" for at, message, _ in clashes(self)]
        if found:
            raise ValueError("; ".join(found))
        return self

    def __getstate__(self) -> dict[Any, Any]:
        """Return what is given, and nothing derived from it: another process derives it anew."""
        state = super().__getstate__()
        given = type(self).model_fields
        return {
            **state,
            "__dict__": {name: v for name, v in state["__dict__"].items() if name in given},
        }

    def changed(self, **values: Any) -> Self:
        """Return these facts with some fields changed, checked anew."""
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**{**kept, **values})

    # -- days ------------------------------------------------------------------------------------

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day of the horizon."""
        return tuple(self.first + timedelta(days=k) for k in range(7 * self.horizon.weeks))

    @property
    def first(self) -> date:
        """First day of the horizon."""
        return self.horizon.start

    @property
    def last(self) -> date:
        """Last day of the horizon."""
        return self.first + timedelta(days=7 * self.horizon.weeks - 1)

    @cached_property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """The horizon week by week, seven days each."""
        return tuple(self.days[k : k + 7] for k in range(0, len(self.days), 7))

    def notice(self, day: date) -> int | None:
        """Return how many days from ``as_of`` to *day*, below zero for a day gone by; None: any
        number.
        """
        return None if self.as_of is None else (day - self.as_of).days

    @cached_property
    def known_days(self) -> tuple[date, ...]:
        """The days on record before the horizon, then those of the horizon."""
        start = self.history.start
        before = (self.first - start).days if start and start < self.first else 0
        return tuple(self.first - timedelta(days=k) for k in range(before, 0, -1)) + self.days

    # -- who and what ----------------------------------------------------------------------------

    @cached_property
    def _shifts(self) -> Mapping[str, ShiftType]:
        return {s.code: s for s in self.shifts}

    def person(self, name: str) -> Person:
        """Return the person called *name*; raise ``KeyError`` if there is none."""
        return self._people[name]

    def has_person(self, name: str) -> bool:
        """Say whether somebody is called *name*."""
        return name in self._people

    def site(self, name: str) -> Site:
        """Return the site called *name*; raise ``KeyError`` if there is none."""
        return self._sites[name]

    def tz(self, person: str) -> str:
        """Return the zone *person* lives by."""
        return self._sites[self._people[person].site].timezone

    def shift(self, code: str) -> ShiftType:
        """Return the shift type with *code*; raise ``KeyError`` if there is none."""
        return self._shifts[code]

    def share(self, person: str) -> int:
        """Return the contract's share of full time, per cent."""
        wanted = self._people[person].contract
        return next(c.share for c in self.contracts if c.name == wanted)

    @cached_property
    def _codes(self) -> Mapping[str, tuple[str, ...]]:
        return {
            p.name: tuple(
                s.code
                for s in self.shifts
                if (not s.sites or p.site in s.sites) and set(s.requires) <= set(p.skills)
            )
            for p in self.people
        }

    def codes(self, person: str) -> tuple[str, ...]:
        """Return the shifts *person* may be given: those of their site whose skills they have."""
        return self._codes[person]

    def select(self, word: str) -> frozenset[str]:
        """Return the codes that *word* names: a code, a family (of a range) or a kind; ``any`` is
        all.
        """
        return self._selected.get(word, frozenset())

    @cached_property
    def _selected(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {"any": set(self._shifts)}
        for s in self.shifts:
            for word in (s.code, s.family, s.kind):
                found.setdefault(word, set()).add(s.code)
        return {word: frozenset(codes) for word, codes in found.items()}

    @property
    def selectors(self) -> frozenset[str]:
        """Every word ``select`` knows."""
        return frozenset(self._selected)

    @cached_property
    def dealt(self) -> Rotation | None:
        """Who follows which rota, if anybody does."""
        return rotation_of(self.rotation, self.rotation_start) if self.rotation_start else None

    # -- cells -----------------------------------------------------------------------------------

    def due(self, person: str, day: date) -> bool:
        """Say whether *day* counts for *person*: under contract and not on leave."""
        return self._people[person].employed(day) and not self.on_leave(person, day)

    @cached_property
    def _availability(self) -> Mapping[str, tuple[Availability, ...]]:
        who = {row.person for row in self.availability}
        return {name: tuple(r for r in self.availability if r.person == name) for name in who}

    def availability_of(self, person: str) -> tuple[Availability, ...]:
        """Return when *person* can work: their rows, none for any time."""
        return self._availability.get(person, ())

    def able(self, person: str, day: date, codes: Collection[str] | None = None) -> bool:
        """Say whether *person*, due on *day*, can work a shift then; one of *codes*, if given."""
        theirs = (
            self._codes[person] if codes is None else [c for c in self._codes[person] if c in codes]
        )
        return self.due(person, day) and any(suits(self, person, code, day) for code in theirs)

    @cached_property
    def _spans(self) -> dict[tuple[str, str, date], tuple[int, int]]:
        return {}

    def span(self, person: str, code: str, day: date) -> tuple[int, int]:
        """Return the instants at which *person*'s shift *code* of local *day* starts and ends."""
        return self.site_span(self._people[person].site, code, day)

    def site_span(self, site: str, code: str, day: date) -> tuple[int, int]:
        """Return the instants at which shift *code* of local *day* starts and ends at *site*."""
        key = (site, code, day)
        found = self._spans.get(key)
        if found is None:
            shift = self._shifts[code]
            begin = resolve(day, shift.start, self._sites[site].timezone).instant
            found = self._spans[key] = (begin, begin + shift.length)
        return found

    # -- cover -----------------------------------------------------------------------------------

    @cached_property
    def queues(self) -> Mapping[str, str]:
        """The skill each queue asks for."""
        return {c.queue: c.needs_skill for c in self.curves}

    @cached_property
    def window(self) -> Window:
        """Return the instants this roster answers for; periods one after another meet without a
        seam.

        It ends with the first moment a shift of the day after could be on duty. It starts with the
        first moment a shift of the first day could be, or, where nothing is on record before, when
        the last shift of the day before must be over.
        """
        worked = {(p.site, code) for p in self.people for code in self._codes[p.name]}
        if not worked:
            zones = [s.timezone for s in self.sites]
            begin = max(day_start(self.first, z) for z in zones)
            end = max(begin, min(day_start(self.last + timedelta(days=1), z) for z in zones))
            return Window(slot_floor(begin), slot_floor(end), slot_floor(end))
        before, after = self.first - timedelta(days=1), self.last + timedelta(days=1)
        first = min(self.site_span(site, code, self.first)[0] for site, code in worked)
        end = slot_floor(min(self.site_span(site, code, after)[0] for site, code in worked))
        tail = slot_ceil(max(self.site_span(site, code, self.last)[1] for site, code in worked))
        if self.history.knows(before):
            return Window(slot_floor(first), end, max(end, tail))
        over = max(self.site_span(site, code, before)[1] for site, code in worked)
        midnight = min(day_start(self.first, s.timezone) for s in self.sites)
        start = min(max(slot_ceil(over), slot_floor(midnight)), end)
        return Window(start, end, max(end, tail))

    @cached_property
    def _clocks(self) -> frozenset[str]:
        return frozenset(c.clock for c in self.curves)

    def need(self, instant: int) -> Mapping[str, Need]:
        """Return what each queue needs in the slot that starts at *instant*, all its curves added
        up.
        """
        total: dict[str, Need] = {}
        shown = {clock: to_local(instant, clock) for clock in self._clocks}
        for curve in self.curves:
            need = curve.need_at(shown[curve.clock])
            total[curve.queue] = total[curve.queue] + need if curve.queue in total else need
        return total

    @cached_property
    def needs(self) -> Mapping[int, Mapping[str, Need]]:
        """Need per slot start, over the window and its tail."""
        return {t: self.need(t) for t in range(self.window.start, self.window.tail, SLOT)}
