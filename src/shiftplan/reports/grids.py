"""The roster as a grid of people and days, and the coverage by queue and quarter hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ..clock import from_instant, hours, iso
from ..roster import Roster
from ..roster.coverage import Interval
from .sheets import Ending, csv_file
from .workbook import Book

WEEKEND = "#E8EEF7"
HEAD = "#D0D7E2"
SHORT = "#F4B6B0"
BELOW = "#FBE6B0"

COVER = ("queue", "start_utc", "end_utc", "minimum", "target", "staffed", "short", "below_target")


def grid(roster: Roster) -> tuple[list[str], list[list[str]]]:
    """Return the first line and one line per person, site by site: each day, shifts, paid hours."""
    facts = roster.facts
    head = ["person", "site", *(day.isoformat() for day in facts.days), "shifts", "paid hours"]
    lines = []
    for site in facts.sites:
        for p in (p for p in facts.people if p.site == site.name):
            codes = [roster.at(p.name, day) or "" for day in facts.days]
            paid = sum(facts.shift(code).paid for code in codes if code)
            lines.append([p.name, p.site, *codes, str(sum(map(bool, codes))), f"{paid / 60:g}"])
    return head, lines


def roster(kind: Ending, made: Roster) -> bytes:
    """Return the roster as a grid."""
    head, lines = grid(made)
    if kind == ".csv":
        return csv_file(head, lines)
    book = Book()
    _roster_sheet(book, made, lines)
    return book.data()


def coverage(kind: Ending, found: Sequence[Interval]) -> bytes:
    """Return coverage, one line per queue and quarter hour in UTC; in a spreadsheet, gaps have a
    colour.
    """
    if kind == ".csv":
        rows = [[i.queue, iso(i.start), iso(i.end), *map(str, _heads(i))] for i in found]
        return csv_file(COVER, rows)
    book = Book()
    sheet = book.sheet("coverage")
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(COVER):
        sheet.write_string(0, column, name, book.style(bold=True, bg_color=HEAD))
    sheet.set_column(1, 2, 17)
    for line, i in enumerate(found, start=1):
        colour = {"bg_color": SHORT} if i.short else {"bg_color": BELOW} if i.below_target else {}
        sheet.write_string(line, 0, i.queue, book.style(**colour))
        for column, instant in ((1, i.start), (2, i.end)):
            moment = from_instant(instant).replace(tzinfo=None)
            sheet.write_datetime(
                line, column, moment, book.style(num_format="yyyy-mm-dd hh:mm", **colour)
            )
        for column, number in enumerate(_heads(i), start=3):
            sheet.write_number(line, column, number, book.style(**colour))
    return book.data()


def _heads(i: Interval) -> tuple[int, ...]:
    return i.minimum, i.target, i.staffed, i.short, i.below_target


def _roster_sheet(book: Book, roster: Roster, lines: Sequence[Sequence[str]]) -> None:
    facts = roster.facts
    sheet = book.sheet("roster")
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 1 + len(facts.days), 7)
    names = [
        "person",
        "site",
        *(f"{d:%a}\n{d.day} {d:%b}" for d in facts.days),
        "shifts",
        "paid hours",
    ]
    weekend = {2 + k for k, day in enumerate(facts.days) if day.weekday() >= 5}
    for column, name in enumerate(names):
        colour = WEEKEND if column in weekend else HEAD
        sheet.write_string(
            0, column, name, book.style(bold=True, text_wrap=True, align="center", bg_color=colour)
        )
    above = None
    for line, (who, site, *rest) in enumerate(lines, start=1):
        border = {"top": 1} if site != above else {}
        above = site
        sheet.write_string(line, 0, who, book.style(**border))
        sheet.write_string(line, 1, site, book.style(**border))
        for column, (day, code) in enumerate(zip(facts.days, rest, strict=False), start=2):
            sheet.write_string(line, column, code, _look(book, roster, who, day, border))
        for column, number in enumerate(rest[len(facts.days) :], start=2 + len(facts.days)):
            sheet.write_number(line, column, float(number), book.style(**border))
    line = len(lines) + 1
    sheet.write_string(line, 0, "at work", book.style(bold=True, top=1))
    for column, day in enumerate(facts.days, start=2):
        count = sum(roster.works(p.name, day) for p in facts.people)
        sheet.write_number(line, column, count, book.style(bold=True, top=1))
    sheet.write_string(
        line + 2, 0, "Bold: pinned. Shaded: weekend, or a public holiday at the site."
    )
    for k, shift in enumerate(facts.shifts):
        text = f"{shift.start:%H:%M}, {hours(shift.length)}" + (
            f", {shift.name}" if shift.name else ""
        )
        sheet.write_string(line + 3 + k, 0, shift.code)
        sheet.write_string(line + 3 + k, 1, text)


def _look(book: Book, roster: Roster, who: str, day: date, border: dict[str, Any]) -> Any:
    keys: dict[str, Any] = {"align": "center", **border}
    if day.weekday() >= 5 or roster.facts.holiday(who, day):
        keys["bg_color"] = WEEKEND
    if (who, day) in roster.pinned:
        keys["bold"] = True
    return book.style(**keys)
