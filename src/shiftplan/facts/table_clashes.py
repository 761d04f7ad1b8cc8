"""Lines of dated tables about nobody, about other days, or about shifts that cannot be worked."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import nearest
from .clash import Clash, FactPath, no_shift, nobody, outside, repeats
from .given import GivenFacts
from .tables import Wish, Worked

_ABOUT_PEOPLE = ("leave", "leave_balances", "availability", "wishes", "pins", "carried")


def table_clashes(facts: GivenFacts) -> Iterator[Clash]:
    """Yield every contradiction in the tables about people."""
    names = {p.name for p in facts.people}
    for table in _ABOUT_PEOPLE:
        for k, row in enumerate(getattr(facts, table)):
            yield from nobody((table, k, "person"), row.person, names)
    yield from _wishes(facts)
    yield from _pins(facts)
    for k, pin in enumerate(facts.pins):
        yield from _unworkable(facts, ("pins", k, "shift"), pin)
        yield from _outside_contract(facts, ("pins", k, "date"), pin)


def _wishes(facts: GivenFacts) -> Iterator[Clash]:
    # Different wishes for one day can stand beside each other; the same one twice cannot.
    again = set(repeats((w.person, w.date, w.wish, w.shift) for w in facts.wishes))
    for k, wish in enumerate(facts.wishes):
        yield from _of_a_day(facts, "wishes", k, wish)
        if k in again:
            yield _two_lines("wishes", k, wish)


def _pins(facts: GivenFacts) -> Iterator[Clash]:
    again = set(repeats((pin.person, pin.date) for pin in facts.pins))
    for k, pin in enumerate(facts.pins):
        yield from _of_a_day(facts, "pins", k, pin)
        if k in again:
            yield _two_lines("pins", k, pin)


def _of_a_day(facts: GivenFacts, table: str, k: int, row: Wish | Worked) -> Iterator[Clash]:
    yield from outside((table, k, "date"), row.date, facts)
    if row.shift:
        yield from no_shift((table, k, "shift"), row.shift, facts)


def _two_lines(table: str, k: int, row: Wish | Worked) -> Clash:
    message = f"{row.person} has two lines for {row.date}."
    return Clash((table, k, "date"), message, "Keep one of them.")


def _outside_contract(facts: GivenFacts, at: FactPath, pin: Worked) -> Iterator[Clash]:
    """Yield that *pin* gives its person a shift before they join or after they leave, if so."""
    if not pin.shift or not facts.has_person(pin.person):
        return  # a day off is no shift
    outside = facts.person(pin.person).off_contract(pin.date)
    if outside:
        message = f"{pin.person} is pinned to {pin.shift} on {pin.date}, {outside}."
        yield Clash(at, message, "Delete the line, or correct the contract in the people table.")


def _unworkable(facts: GivenFacts, at: FactPath, pin: Worked) -> Iterator[Clash]:
    """Yield that *pin* names no code, or one its person cannot work, if so."""
    if not pin.shift:
        return  # a day off
    codes = facts.codes(pin.person) if facts.has_person(pin.person) else ()
    if all(pin.shift != s.code for s in facts.shifts):
        message = f"a pin names one shift code; '{pin.shift}' is none."
        yield Clash(at, message, nearest(pin.shift, codes))
    elif facts.has_person(pin.person) and pin.shift not in codes:
        message = (
            f"{pin.person} cannot work '{pin.shift}': it is for another site or requires other "
            "skills."
        )
        yield Clash(at, message, nearest(pin.shift, codes))
