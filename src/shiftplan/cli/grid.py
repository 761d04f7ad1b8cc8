"""A roster as people read it: one row a person, one column a day, site by site.

Everything is plain ASCII and means the same without colour: terminals and logs differ in what they
can show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from ..clock import hours
from ..facts import Facts, Person, ShiftType, Site
from ..roster import Roster

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "SA", "SU")
"""Names of weekdays, two columns each; the weekend stands out."""

OFF, LEAVE, HOLIDAY, PINNED = ".", "=", "PH", "!"
NAME_AT_MOST = 18
TOTALS = ("sh", " hours", "off")
"""Heads of the totals: shifts, paid hours, days off."""
STYLES = {"early": "cyan", "day": "green", "late": "yellow", "night": "magenta"}
"""Colour per kind of shift, where there is colour."""

WeekOption = tuple[date, ...]


def grid(roster: Roster, width: int) -> Iterator[Text]:
    """Yield the lines of *roster*, none wider than *width* unless one week alone is, then the
    legend.

    Weeks stand side by side as far as they fit and are stacked otherwise; totals follow the last
    week.
    """
    for site in roster.facts.sites:
        people = [p for p in roster.facts.people if p.site == site.name]
        if people:
            yield from _Block(roster, site, people, width).lines()
            yield Text()
    yield from _legend(roster, width)


class _Block:
    """The people of one site."""

    def __init__(self, roster: Roster, site: Site, people: Sequence[Person], width: int) -> None:
        self.roster, self.facts, self.site, self.people = roster, roster.facts, site, people
        self.name = min(NAME_AT_MOST, max(cell_len(p.name) for p in people))
        codes = [roster.at(p.name, d) or OFF for p in people for d in self.facts.days]
        pinned = any((p.name, d) in roster.pinned for p in people for d in self.facts.days)
        totals = sum(len(word) + 1 for word in TOTALS) + 2
        # One week and the totals always fit, codes cut short if need be.
        widest = max(2, (width - self.name - totals - 2) // 7 - 1)
        self.cell = min(widest, max(2, max(map(len, codes)) + pinned))
        fit = max(1, (width - self.name - totals) // (2 + 7 * (self.cell + 1)))
        rows = -(-len(self.facts.weeks) // fit)
        self.per_row = -(-len(self.facts.weeks) // rows)

    def lines(self) -> Iterator[Text]:
        """Yield the weeks that fit side by side, then those below them."""
        weeks = self.facts.weeks
        for k in range(0, len(weeks), self.per_row):
            part, last = weeks[k : k + self.per_row], k + self.per_row >= len(weeks)
            if k:
                yield Text()
            yield self._title(part)
            yield self._header(part, last)
            yield self._numbers(part, last)
            for person in self.people:
                yield self._row(person, part, last)

    def _title(self, weeks: Sequence[WeekOption]) -> Text:
        first, last = weeks[0][0], weeks[-1][-1]
        return Text.assemble(
            (self.site.name, "bold"),
            f" ({self.site.timezone}), {_heads(len(self.people))}, ",
            f"{first.day} {first:%b} to {last.day} {last:%b %Y}",
        )

    def _header(self, weeks: Sequence[WeekOption], last: bool) -> Text:
        def word(day: date) -> str:
            return HOLIDAY if self._holiday(day) else DAYS[day.weekday()]

        line = self._line(
            "", [[self._cell(word(d), _day_style(d)) for d in week] for week in weeks]
        )
        return line.append(" | " + " ".join(TOTALS)) if last else line

    def _numbers(self, weeks: Sequence[WeekOption], last: bool) -> Text:
        line = self._line(
            "", [[self._cell(f"{d.day:>2}", _day_style(d)) for d in week] for week in weeks]
        )
        return line.append(" |") if last else line

    def _row(self, person: Person, weeks: Sequence[WeekOption], last: bool) -> Text:
        cells = [[self._shift(person, d) for d in week] for week in weeks]
        line = self._line(person.name, cells)
        if last:
            duties = [d for d in self.roster.timeline(person.name) if d.day >= self.facts.first]
            off = sum(
                self.facts.due(person.name, d) and not self.roster.works(person.name, d)
                for d in self.facts.days
            )
            paid = sum(d.shift.paid for d in duties)
            figures = (str(len(duties)), hours(paid) if paid else "0h", str(off))
            line.append(
                " |" + "".join(f" {f:>{len(w)}}" for f, w in zip(figures, TOTALS, strict=True))
            )
        return line

    def _shift(self, person: Person, day: date) -> Text:
        code = self.roster.at(person.name, day)
        pinned = PINNED if (person.name, day) in self.roster.pinned else ""
        if code is not None:
            room = self.cell - len(pinned)
            short = code if len(code) <= room else code[: room - 1] + "~"
            return self._cell(short + pinned, STYLES.get(self.facts.shift(code).kind, ""))
        if self.facts.on_leave(person.name, day):
            return self._cell(LEAVE + pinned, "blue")
        return self._cell(OFF + pinned if person.employed(day) else "", "dim")

    def _cell(self, text: str, style: str) -> Text:
        return Text(set_cell_size(text, self.cell), style)

    def _line(self, name: str, weeks: Sequence[Sequence[Text]]) -> Text:
        line = Text(_fitted(name, self.name))
        for week in weeks:
            line.append(" |", "dim")
            for cell in week:
                line.append(" ").append_text(cell)
        return line

    def _holiday(self, day: date) -> bool:
        return self.facts.holiday(self.people[0].name, day)


def _fitted(name: str, width: int) -> str:
    """Return *name* in exactly *width* columns, its end cut off with ``~``."""
    return (
        set_cell_size(name, width)
        if cell_len(name) <= width
        else set_cell_size(name, width - 1) + "~"
    )


def _day_style(day: date) -> str:
    return "bold" if day.weekday() >= 5 else ""


def _legend(roster: Roster, width: int) -> Iterator[Text]:
    """Yield what every code and sign in the grid means, in lines of at most *width* if a word
    allows.
    """
    facts = roster.facts
    used = set(roster.cells.values())
    words = dict.fromkeys(_meaning(s) for s in facts.shifts if s.code in used)
    words |= {f"{OFF} off": None, "sh shifts": None}
    if any(facts.on_leave(p.name, d) for p in facts.people for d in facts.days):
        words |= {f"{LEAVE} leave": None}
    if roster.pinned:
        words |= {f"{PINNED} pinned": None}
    if any(facts.holiday(p.name, d) for p in facts.people for d in facts.days):
        words |= {f"{HOLIDAY} public holiday": None}
    line = ""
    for word in words:
        if line and len(line) + 3 + len(word) > width:
            yield Text(line, "dim")
            line = ""
        line += f" | {word}" if line else word
    yield Text(line, "dim")


def _meaning(shift: ShiftType) -> str:
    """Return what a code stands for; the codes of a range of starts share one text."""
    if shift.family != shift.code:
        return f"{shift.family}HHMM {shift.name} from HH:MM, {hours(shift.length)}".replace(
            "  ", " "
        )
    begin = timedelta(hours=shift.start.hour, minutes=shift.start.minute)
    end = begin + timedelta(minutes=shift.length)
    clock = f"{shift.start:%H:%M}-{end.seconds // 3600:02}:{end.seconds % 3600 // 60:02}"
    return f"{shift.code} {shift.name} {clock}".replace("  ", " ")


def title(facts: Facts) -> str:
    """Return whose roster it is, how many people it is for, and its days."""
    return f"{facts.team.name}: {_heads(len(facts.people))}, {facts.first} to {facts.last}"


def _heads(count: int) -> str:
    return f"{count} {'person' if count == 1 else 'people'}"
