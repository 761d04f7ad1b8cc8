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
from ..errors import count
from ..facts import Facts, Person, ShiftType, Site
from ..roster import Roster

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "SA", "SU")
"""Names of weekdays, two columns each; the weekend stands out."""

OFF, LEAVE, HOLIDAY, PINNED = ".", "=", "PH", "!"
NAME_AT_MOST = 18
TOTALS = ("sh", " hours", "off")
"""Headings of the totals: shifts, paid hours, days off."""
STYLES = {"early": "cyan", "day": "green", "late": "yellow", "night": "magenta"}
"""Colour per kind of shift, where there is colour."""

Week = tuple[date, ...]


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
        self.roster: Roster = roster
        self.facts: Facts = roster.facts
        self.site: Site = site
        self.people: Sequence[Person] = people
        self.name: int = min(NAME_AT_MOST, max(cell_len(person.name) for person in people))
        """Columns of the names."""
        totals = sum(len(word) + 1 for word in TOTALS) + 2
        # One week and the totals always fit, codes cut short if need be.
        widest = max(2, (width - self.name - totals - 2) // 7 - 1)
        self.cell: int = min(widest, max(2, self._longest_code()))
        """Columns of a day."""
        fit = max(1, (width - self.name - totals) // (2 + 7 * (self.cell + 1)))
        # Rows of weeks are of one length, rather than a long one and a short one.
        rows = -(-len(self.facts.weeks) // fit)
        self.per_row: int = -(-len(self.facts.weeks) // rows)

    def _longest_code(self) -> int:
        """Return the most columns that a cell of these people needs, with the sign of a pin."""
        longest, pinned = len(OFF), False
        for person in self.people:
            for day in self.facts.days:
                longest = max(longest, cell_len(self.roster.at(person.name, day) or OFF))
                pinned = pinned or (person.name, day) in self.roster.pinned
        return longest + pinned

    def lines(self) -> Iterator[Text]:
        """Yield the weeks that fit side by side, then those below them."""
        weeks = self.facts.weeks
        for first in range(0, len(weeks), self.per_row):
            part = weeks[first : first + self.per_row]
            last = first + self.per_row >= len(weeks)
            if first:
                yield Text()
            yield self._title(part)
            yield self._header(part, last)
            yield self._numbers(part, last)
            for person in self.people:
                yield self._row(person, part, last)

    def _title(self, weeks: Sequence[Week]) -> Text:
        first, last = weeks[0][0], weeks[-1][-1]
        return Text.assemble(
            (self.site.name, "bold"),
            f" ({self.site.timezone}), {count(len(self.people), 'person', 'people')}, ",
            f"{first.day} {first:%b} to {last.day} {last:%b %Y}",
        )

    def _header(self, weeks: Sequence[Week], last: bool) -> Text:
        line = self._line("", [[self._weekday(day) for day in week] for week in weeks])
        return line.append(" | " + " ".join(TOTALS)) if last else line

    def _weekday(self, day: date) -> Text:
        # Holidays go by the site, so anybody's are those of all in the block.
        holiday = self.facts.holiday(self.people[0].name, day)
        return self._cell(HOLIDAY if holiday else DAYS[day.weekday()], _day_style(day))

    def _numbers(self, weeks: Sequence[Week], last: bool) -> Text:
        line = self._line("", [[self._number(day) for day in week] for week in weeks])
        return line.append(" |") if last else line

    def _number(self, day: date) -> Text:
        return self._cell(f"{day.day:>2}", _day_style(day))

    def _row(self, person: Person, weeks: Sequence[Week], last: bool) -> Text:
        line = self._line(
            person.name, [[self._shift(person, day) for day in week] for week in weeks]
        )
        if last:
            line.append(" |")
            for figure, heading in zip(self._totals(person.name), TOTALS, strict=True):
                line.append(f" {figure:>{len(heading)}}")
        return line

    def _totals(self, who: str) -> tuple[str, str, str]:
        """Return shifts, paid hours and days off of the horizon."""
        worked = [d for d in self.roster.timeline(who) if d.day >= self.facts.first]
        paid = sum(assignment.shift.paid for assignment in worked)
        off = 0
        for day in self.facts.days:
            # A day of leave, or outside the contract, is no day off.
            if self.facts.due(who, day) and not self.roster.works(who, day):
                off += 1
        return str(len(worked)), hours(paid) if paid else "0h", str(off)

    def _shift(self, person: Person, day: date) -> Text:
        code = self.roster.at(person.name, day)
        pinned = PINNED if (person.name, day) in self.roster.pinned else ""
        if code is not None:
            # The sign of a pin is never cut off; a code that is too long ends in "~".
            room = self.cell - len(pinned)
            short = code if cell_len(code) <= room else _fitted(code, room)
            return self._cell(short + pinned, STYLES.get(self.facts.shift(code).kind, ""))
        if self.facts.on_leave(person.name, day):
            return self._cell(LEAVE + pinned, "blue")
        # A day outside the contract is blank: it is not a day off.
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


def _fitted(name: str, width: int) -> str:
    """Return *name* in exactly *width* columns, its end cut off with ``~``."""
    if cell_len(name) <= width:
        return set_cell_size(name, width)
    return set_cell_size(name, width - 1) + "~"


def _day_style(day: date) -> str:
    return "bold" if day.weekday() >= 5 else ""


def _legend(roster: Roster, width: int) -> Iterator[Text]:
    """Yield what every code and sign in the grid means, in lines of at most *width* if a word
    allows.
    """
    line = ""
    for word in _signs(roster):
        if line and len(line) + 3 + len(word) > width:
            yield Text(line, "dim")
            line = ""
        line += f" | {word}" if line else word
    yield Text(line, "dim")


def _signs(roster: Roster) -> Iterator[str]:
    """Yield each code and sign that is in the grid, with its meaning."""
    facts = roster.facts
    used = set(roster.cells.values())
    # The codes of a range of starts share one text.
    yield from dict.fromkeys(_meaning(shift) for shift in facts.shifts if shift.code in used)
    yield f"{OFF} off"
    yield "sh shifts"
    cells = [(person.name, day) for person in facts.people for day in facts.days]
    if any(facts.on_leave(who, day) for who, day in cells):
        yield f"{LEAVE} leave"
    if roster.pinned:
        yield f"{PINNED} pinned"
    if any(facts.holiday(who, day) for who, day in cells):
        yield f"{HOLIDAY} public holiday"


def _meaning(shift: ShiftType) -> str:
    """Return what a code stands for; the codes of a range of starts share one text."""
    # A shift may have no name, which leaves two blanks.
    if shift.family != shift.code:
        text = f"{shift.family}HHMM {shift.name} from HH:MM, {hours(shift.length)}"
        return text.replace("  ", " ")
    begin = timedelta(hours=shift.start.hour, minutes=shift.start.minute)
    end = begin + timedelta(minutes=shift.length)
    clock = f"{shift.start:%H:%M}-{end.seconds // 3600:02}:{end.seconds % 3600 // 60:02}"
    return f"{shift.code} {shift.name} {clock}".replace("  ", " ")


def title(facts: Facts) -> str:
    """Return whose roster it is, how many people it is for, and its days."""
    people = count(len(facts.people), "person", "people")
    return f"{facts.team.name}: {people}, {facts.first} to {facts.last}"
