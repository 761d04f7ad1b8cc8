"""The roster as a grid of people and days, and the coverage by queue and quarter hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from ..clock import from_instant, hours, iso
from ..facts import Facts, Person
from ..roster import Roster
from ..roster.coverage import Interval
from ..roster.requirement import Requirement
from .sheets import Ending, csv_file
from .workbook import Book

WEEKEND = "#E8EEF7"
HEAD = "#D0D7E2"
SHORT = "#F4B6B0"
BELOW = "#FBE6B0"
UNKNOWN = "#D9CFEF"

COVERAGE = (
    "queue",
    "start_utc",
    "end_utc",
    "minimum",
    "target",
    "staffed",
    "short",
    "below_target",
    "not_judged",
    "not_judged_target",
    "rule",
    "requirement",
    "unit",
)


def grid(roster: Roster) -> tuple[list[str], list[list[str]]]:
    """Return the first line and one line per person, site by site: each day, shifts, paid hours."""
    facts = roster.facts
    head = ["person", "site", *(day.isoformat() for day in facts.days), "shifts", "paid hours"]
    lines = []
    for site in facts.sites:
        for person in facts.people:
            if person.site == site.name:
                lines.append(_grid_line(roster, person))
    return head, lines


def _grid_line(roster: Roster, person: Person) -> list[str]:
    facts = roster.facts
    codes = [roster.at(person.name, day) or "" for day in facts.days]
    worked = [code for code in codes if code]
    paid = sum(facts.shift(code).paid for code in worked)
    return [person.name, person.site, *codes, str(len(worked)), f"{paid / 60:g}"]


def roster(kind: Ending, made: Roster) -> bytes:
    """Return the roster as a grid."""
    head, lines = grid(made)
    if kind == ".csv":
        return csv_file(head, lines)
    book = Book()
    _roster_sheet(book, made, lines)
    return book.data()


def coverage(
    kind: Ending, found: Sequence[Interval], required: Sequence[Requirement] = ()
) -> bytes:
    """Return coverage, one line per queue and quarter hour in UTC; a spreadsheet colours gaps.

    What is *required* beside the queues follows: a line per stretch or day, and no queue.
    """
    lines = [(interval, *_OF_QUEUE) for interval in found]
    for requirement in required:
        of = requirement.rule, requirement.name, requirement.unit
        lines += [(replace(interval, queue=""), *of) for interval in requirement.intervals]
    if kind == ".csv":
        return csv_file(COVERAGE, map(_coverage_line, lines))
    book = Book()
    sheet = book.sheet("coverage")
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(COVERAGE):
        sheet.write_string(0, column, name, book.style(bold=True, bg_color=HEAD))
    sheet.set_column(1, 2, 17)
    for number, line in enumerate(lines, start=1):
        _write_interval(book, sheet, number, line)
    return book.data()


_OF_QUEUE = ("", "", "people")

Line: TypeAlias = tuple[Interval, str, str, str]
"""An interval, and of what: rule and requirement, empty for a queue, and the unit."""


def _coverage_line(line: Line) -> list[str]:
    interval, *of = line
    numbers = [str(number) for number in _numbers(interval)]
    return [interval.queue, iso(interval.start), iso(interval.end), *numbers, *of]


def _write_interval(book: Book, sheet: Any, number: int, line: Line) -> None:
    interval, *of = line
    colour = {}
    if interval.short:
        colour = {"bg_color": SHORT}
    elif not interval.is_judged:
        colour = {"bg_color": UNKNOWN}
    elif interval.below_target:
        colour = {"bg_color": BELOW}
    sheet.write_string(number, 0, interval.queue, book.style(**colour))
    moment = book.style(num_format="yyyy-mm-dd hh:mm", **colour)
    for column, instant in ((1, interval.start), (2, interval.end)):
        # Spreadsheets have no time zones; the column's name says that it is UTC.
        sheet.write_datetime(number, column, from_instant(instant).replace(tzinfo=None), moment)
    for column, figure in enumerate(_numbers(interval), start=3):
        sheet.write_number(number, column, figure, book.style(**colour))
    for column, text in enumerate(of, start=len(COVERAGE) - len(of)):
        sheet.write_string(number, column, text, book.style(**colour))


def _numbers(i: Interval) -> tuple[int, ...]:
    known = i.minimum, i.target, i.staffed, i.short, i.below_target
    return (*known, i.not_judged, i.not_judged_target)


def _roster_sheet(book: Book, roster: Roster, lines: Sequence[Sequence[str]]) -> None:
    days = len(roster.facts.days)
    sheet = book.sheet("roster")
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 1 + days, 7)
    _write_head(book, sheet, roster.facts)
    site_above = ""
    for line, cells in enumerate(lines, start=1):
        border = {"top": 1} if cells[1] != site_above else {}
        site_above = cells[1]
        _write_person(book, sheet, line, roster, cells, border)
    below = len(lines) + 1
    _write_totals(book, sheet, below, roster)
    _write_legend(sheet, below + 2, roster.facts)


def _write_head(book: Book, sheet: Any, facts: Facts) -> None:
    days = [f"{day:%a}\n{day.day} {day:%b}" for day in facts.days]
    weekend = {2 + k for k, day in enumerate(facts.days) if day.weekday() >= 5}
    for column, name in enumerate(["person", "site", *days, "shifts", "paid hours"]):
        colour = WEEKEND if column in weekend else HEAD
        style = book.style(bold=True, text_wrap=True, align="center", bg_color=colour)
        sheet.write_string(0, column, name, style)


def _write_person(
    book: Book,
    sheet: Any,
    line: int,
    roster: Roster,
    cells: Sequence[str],
    border: dict[str, Any],
) -> None:
    who, site, *rest = cells
    days = roster.facts.days
    sheet.write_string(line, 0, who, book.style(**border))
    sheet.write_string(line, 1, site, book.style(**border))
    for column, day in enumerate(days, start=2):
        look = _look(book, roster, who, day, border)
        sheet.write_string(line, column, rest[column - 2], look)
    for column, number in enumerate(rest[len(days) :], start=2 + len(days)):
        sheet.write_number(line, column, float(number), book.style(**border))


def _write_totals(book: Book, sheet: Any, line: int, roster: Roster) -> None:
    style = book.style(bold=True, top=1)
    sheet.write_string(line, 0, "at work", style)
    for column, day in enumerate(roster.facts.days, start=2):
        at_work = sum(roster.works(person.name, day) for person in roster.facts.people)
        sheet.write_number(line, column, at_work, style)


def _write_legend(sheet: Any, line: int, facts: Facts) -> None:
    sheet.write_string(line, 0, "Bold: pinned. Shaded: weekend, or a public holiday at the site.")
    for below, shift in enumerate(facts.shifts, start=line + 1):
        name = f", {shift.name}" if shift.name else ""
        sheet.write_string(below, 0, shift.code)
        sheet.write_string(below, 1, f"{shift.start:%H:%M}, {hours(shift.length)}{name}")


def _look(book: Book, roster: Roster, who: str, day: date, border: dict[str, Any]) -> Any:
    keys: dict[str, Any] = {"align": "center", **border}
    if day.weekday() >= 5 or roster.facts.holiday(who, day):
        keys["bg_color"] = WEEKEND
    if (who, day) in roster.pinned:
        keys["bold"] = True
    return book.style(**keys)
