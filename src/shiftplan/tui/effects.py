"""What an edit breaks, fixes and does to coverage, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from ..clock import hours
from ..errors import count
from ..plan.amounts import amount
from ..rules import MUST
from ..session import CoverageChange, Effect, RuleChange

BREAKS, FIXES = "×", "✓"
HARD_RULE = "hard rule"

Part = tuple[str, str]
"""A few words, and their style."""


# -- in full ---------------------------------------------------------------------------------------


def effect_lines(effect: Effect) -> Iterator[Text]:
    """Yield what an edit breaks, then what it fixes, then what it does to coverage."""
    if not (effect.rules or effect.coverage or effect.pending):
        yield Text("Breaks nothing and costs no coverage.", "green")
    for change in sorted(effect.rules, key=_severity):
        yield from _rule_lines(change)
    for queue in effect.coverage:
        line = _coverage_line(queue)
        if line is not None:
            yield line
    if effect.pending:
        # Several rules of one kind may be pending; naming the kind once is enough.
        yield Text(f"… still judging {', '.join(dict.fromkeys(effect.pending))}", "dim")


def _severity(change: RuleChange) -> tuple[bool, bool]:
    """Return by what changes are sorted: hard rules first, and what gets worse before the rest."""
    return change.strength != MUST, change.after <= change.before


def _rule_lines(change: RuleChange) -> Iterator[Text]:
    """Yield a line for every sentence that comes or goes."""
    look = "bold red" if change.strength == MUST else "yellow"
    head = f"{_heading(change)} · {change.kind}: "
    # What is broken still, but by less than before, is no new breach.
    less = change.after < change.before
    for text in change.broken:
        mark = f"{BREAKS} still, {head}" if less else f"{BREAKS} {head}"
        yield Text.assemble((mark, look), text)
    for text in change.fixed:
        yield Text.assemble((f"{FIXES} {head}", "green"), text)


def _heading(change: RuleChange) -> str:
    """Return what a change counts towards: hard rules, or a goal and by how much."""
    if change.strength == MUST:
        # No amount: the sentence that follows says it, and a hard rule broken a little is broken.
        return HARD_RULE
    more = change.after - change.before
    return f"{change.strength} {_signed(change.kind, more)}" if more else change.strength


def _signed(kind: str, number: int) -> str:
    return f"{'+' if number > 0 else '-'}{amount(kind, abs(number))}"


def _coverage_line(change: CoverageChange) -> Text | None:
    """Return what changes for a queue as one line, or None if nothing does."""
    short = _more_or_less(change.short_before, change.short_after, "minimum")
    below = _more_or_less(change.below_before, change.below_after, "target")
    parts = [part for part in (short, below) if part]
    if not parts:
        return None
    # What is missing below the minimum counts first; the target only where that stays the same.
    before = (change.short_before, change.below_before)
    worse = (change.short_after, change.below_after) > before
    look = "green"
    if worse:
        look = "bold red" if change.short_after > change.short_before else "yellow"
    head = f"{BREAKS if worse else FIXES} coverage · {change.queue}: "
    return Text.assemble((head, look), ", ".join(parts))


def _more_or_less(before: int, after: int, what: str) -> str:
    """Return by how many hours more or less staff is below *what*, nothing if it is the same."""
    if before == after:
        return ""
    word = "more" if after > before else "less"
    return f"{hours(abs(after - before))} {word} below {what} ({hours(before)} → {hours(after)})"


# -- in short --------------------------------------------------------------------------------------


def effect_in_short(effect: Effect) -> Text:
    """Return an effect in a few words: for a line in a list of choices."""
    parts = [
        *_hard_rules_in_short([c for c in effect.rules if c.strength == MUST]),
        *_goals_in_short([c for c in effect.rules if c.strength != MUST]),
        *_coverage_in_short(effect.coverage),
    ]
    line = Text()
    for text, style in parts:
        line.append(", " if line else "").append(text, style)
    return line if parts else Text("breaks nothing", "green")


def _hard_rules_in_short(changes: Sequence[RuleChange]) -> Iterator[Part]:
    """Yield what becomes of hard rules: worse ones for themselves, and better ones after them.

    Amounts of different rules are never added up: a breach of one is not made good by another.
    """
    worse = [change for change in changes if change.after > change.before]
    better = [change for change in changes if change.after < change.before]
    # As many may be broken as before, but by another amount: a rest of 8h has become one of 6h.
    if worse:
        more = sum(len(change.broken) - len(change.fixed) for change in worse)
        text = f"+{count(more, 'breach', 'breaches')}" if more > 0 else "worse"
        yield f"hard rules {text}", "bold red"
    if better:
        fewer = sum(len(change.fixed) - len(change.broken) for change in better)
        text = f"-{count(fewer, 'breach', 'breaches')}" if fewer > 0 else "better"
        yield f"hard rules {text}", "green"


def _goals_in_short(changes: Sequence[RuleChange]) -> Iterator[Part]:
    by_goal: dict[str, list[RuleChange]] = {}
    for change in changes:
        by_goal.setdefault(change.strength, []).append(change)
    for goal, found in by_goal.items():
        more = sum(change.after - change.before for change in found)
        if more:
            kinds = {change.kind for change in found}
            # Amounts of several kinds have no unit in common: then the number stands alone.
            kind = kinds.pop() if len(kinds) == 1 else ""
            yield f"{goal} {_signed(kind, more)}", "yellow" if more > 0 else "green"


def _coverage_in_short(changes: Sequence[CoverageChange]) -> Iterator[Part]:
    for change in changes:
        less = change.short_after - change.short_before
        if less > 0:
            yield f"{change.queue} {hours(less)} short", "red"
        elif less < 0:
            yield f"{change.queue} {hours(-less)} filled", "green"
