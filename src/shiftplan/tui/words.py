"""What edits do and what cells hold, as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rich.text import Text

from ..clock import hours, to_local
from ..facts import Cell, Facts
from ..plan import Finding
from ..roster import Roster
from ..rules import MUST
from ..session import CoverageChange, Effect, RuleChange

BREAKS, MENDS = "×", "✓"


def short_day(day: date) -> str:
    """Return a date as ``Thu 22 Oct``."""
    return f"{day:%a} {day.day} {day:%b}"


def effect_lines(effect: Effect) -> Iterator[Text]:
    """Yield what an edit breaks, then what it mends, then what it does to coverage."""
    if not (effect.rules or effect.coverage or effect.pending):
        yield Text("Breaks nothing and costs no coverage.", "green")
    for change in sorted(effect.rules, key=lambda c: (c.strength != MUST, c.after <= c.before)):
        yield from _rule_lines(change)
    for cover in effect.coverage:
        yield from _cover_line(cover)
    if effect.pending:
        yield Text(f"… still judging {', '.join(dict.fromkeys(effect.pending))}", "dim")


def _rule_lines(change: RuleChange) -> Iterator[Text]:
    worse = change.after > change.before
    bad = "bold red" if change.strength == MUST else "yellow"
    more = f" {change.after - change.before:+d}" if change.after != change.before else ""
    head = f"{change.strength}{more} · {change.kind}: "
    for sign, look, texts in ((BREAKS, bad, change.broken), (MENDS, "green", change.fixed)):
        for text in texts:
            yield Text.assemble((f"{sign} ", look), (head, look), text)
    if not change.broken and not change.fixed:
        yield Text.assemble(
            (f"{BREAKS if worse else MENDS} {head[:-2]}", bad if worse else "green")
        )


def _cover_line(change: CoverageChange) -> Iterator[Text]:
    parts = []
    for before, after, what in (
        (change.short_before, change.short_after, "minimum"),
        (change.below_before, change.below_after, "target"),
    ):
        if before != after:
            more = "more" if after > before else "less"
            parts.append(
                f"{hours(abs(after - before))} {more} below {what} ({hours(before)} → {hours(after)})"
            )
    if parts:
        worse = (change.short_after, change.below_after) > (
            change.short_before,
            change.below_before,
        )
        look = (
            ("bold red" if change.short_after > change.short_before else "yellow")
            if worse
            else "green"
        )
        yield Text.assemble(
            (f"{BREAKS if worse else MENDS} coverage · {change.queue}: ", look), ", ".join(parts)
        )


def verdict_in_short(effect: Effect) -> Text:
    """Return an effect in a few words: for a line in a list of choices."""
    parts = []
    musts = sum(c.after - c.before for c in effect.rules if c.strength == MUST)
    if musts:
        parts.append((f"musts {musts:+d}", "bold red" if musts > 0 else "green"))
    goals: dict[str, int] = {}
    for c in effect.rules:
        if c.strength != MUST:
            goals[c.strength] = goals.get(c.strength, 0) + c.after - c.before
    parts += [(f"{g} {d:+d}", "yellow" if d > 0 else "green") for g, d in goals.items() if d]
    for cover in effect.coverage:
        less = cover.short_after - cover.short_before
        if less:
            word = "short" if less > 0 else "filled"
            parts.append(
                (f"{cover.queue} {hours(abs(less))} {word}", "red" if less > 0 else "green")
            )
    if not parts:
        return Text("breaks nothing", "green")
    line = Text()
    for text, style in parts:
        line.append(", " if line else "").append(text, style)
    return line


def cell_line(roster: Roster, cell: Cell) -> Text:
    """Return what a cell holds: person, day, shift by the clock there and in UTC, leave, pin,
    wishes.
    """
    facts, (who, day) = roster.facts, cell
    person = facts.person(who)
    line = Text.assemble((who, "bold"), f", {person.site} · {short_day(day)} · ")
    code = roster.at(who, day)
    if code is not None:
        line.append(f"{code} {shift_words(facts, who, code, day)}")
    elif not person.employed(day):
        line.append("not under contract")
    else:
        line.append("leave" if facts.on_leave(who, day) else "day off")
    if facts.holiday(who, day):
        line.append(" · public holiday")
    if cell in roster.pinned:
        line.append(" · pinned")
    for wish in facts.wishes:
        if (wish.person, wish.date) == cell:
            line.append(
                f" · wishes {' '.join(filter(None, (wish.wish, wish.shift)))} (weight {wish.weight})"
            )
    return line


def shift_words(facts: Facts, who: str, code: str, day: date) -> str:
    """Return a shift's name and times by the person's clock and in UTC."""
    shift, tz = facts.shift(code), facts.tz(who)
    start, end = facts.span(who, code, day)
    here, utc = (f"{to_local(start, z):%H:%M}–{to_local(end, z):%H:%M}" for z in (tz, "UTC"))
    return f"{shift.name} {here} ({utc} UTC)".strip()


def finding_line(finding: Finding) -> Text:
    """Return a breach as a line: what pays for it, the rule, the sentence."""
    style = "bold red" if finding.strength == MUST else "yellow"
    head = f"{BREAKS} {finding.strength} · {finding.breach.rule}: "
    return Text.assemble((head, style), finding.breach.text)


def at_cell(findings: Iterable[Finding], cell: Cell) -> list[Finding]:
    """Return the breaches at a cell, musts first."""
    here = [f for f in findings if (f.breach.who, f.breach.day) == cell]
    return sorted(here, key=lambda f: f.strength != MUST)


def must_cells(findings: Iterable[Finding]) -> frozenset[Cell]:
    """Return the cells in which a must is broken."""
    return frozenset(
        (f.breach.who, f.breach.day)
        for f in findings
        if f.strength == MUST and f.breach.who is not None and f.breach.day is not None
    )
