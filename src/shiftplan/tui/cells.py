"""What a cell of the roster holds, and what is broken there, as lines for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.text import Text

from ..clock import to_local
from ..facts import Cell, Facts, Wish
from ..plan import Finding
from ..roster import Roster
from ..rules import MUST
from .dates import short_day
from .effects import BREAKS, HARD_RULE


def cell_line(roster: Roster, cell: Cell) -> Text:
    """Return what a cell holds: person, day, shift in local time and UTC, leave, pin, wishes."""
    facts, (who, day) = roster.facts, cell
    line = Text.assemble((who, "bold"), f", {facts.person(who).site} · {short_day(day)} · ")
    line.append(_content(roster, cell))
    if facts.holiday(who, day):
        line.append(" · public holiday")
    if cell in roster.pinned:
        line.append(" · pinned")
    for wish in facts.wishes:
        if (wish.person, wish.date) == cell:
            line.append(f" · wishes {_wished(wish)} (weight {wish.weight})")
    return line


def _content(roster: Roster, cell: Cell) -> str:
    facts, (who, day) = roster.facts, cell
    code = roster.at(who, day)
    if code is not None:
        return f"{code} {shift_in_words(facts, who, code, day)}"
    # Leave outside the contract is no leave: there is nothing to be away from.
    if not facts.person(who).employed(day):
        return "not under contract"
    return "leave" if facts.on_leave(who, day) else "day off"


def _wished(wish: Wish) -> str:
    # A wish for a day off names no shift.
    return f"{wish.wish} {wish.shift}" if wish.shift else wish.wish


def shift_in_words(facts: Facts, who: str, code: str, day: date) -> str:
    """Return a shift's name and times, in the person's local time and in UTC."""
    start, end = facts.span(who, code, day)
    local = _times(start, end, facts.tz(who))
    return f"{facts.shift(code).name} {local} ({_times(start, end, 'UTC')} UTC)".strip()


def _times(start: int, end: int, tz: str) -> str:
    # A shift is shorter than a day and its date is known, so the times alone are enough.
    return f"{to_local(start, tz):%H:%M}–{to_local(end, tz):%H:%M}"


def finding_line(finding: Finding) -> Text:
    """Return a breach as a line: what pays for it, the rule, the sentence."""
    hard = finding.strength == MUST
    head = f"{BREAKS} {HARD_RULE if hard else finding.strength} · {finding.breach.rule}: "
    return Text.assemble((head, "bold red" if hard else "yellow"), finding.breach.text)


def at_cell(findings: Iterable[Finding], cell: Cell) -> list[Finding]:
    """Return the breaches at a cell, those of hard rules first."""
    here = [f for f in findings if (f.breach.who, f.breach.day) == cell]
    return sorted(here, key=lambda f: f.strength != MUST)


def broken_cells(findings: Iterable[Finding]) -> frozenset[Cell]:
    """Return the cells in which a hard rule is broken."""
    cells = set()
    for finding in findings:
        who, day = finding.breach.who, finding.breach.day
        # A breach about several people, or about a whole week, stands in no cell.
        if finding.strength == MUST and who is not None and day is not None:
            cells.add((who, day))
    return frozenset(cells)
