"""A plan from its folder, or every problem in it at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..plan import Plan
from .build import keys
from .crossref import assemble
from .draft import Reader
from .entries import expanded, wrong_entries
from .files import Files
from .notices import clock_notices, grid_notices, holiday_notices
from .report import Report
from .words import key_in


@dataclass(frozen=True)
class Loaded:
    """A plan that is right, and where it comes from."""

    root: Path
    plan: Plan
    notices: tuple[str, ...]
    digest: str
    """SHA-256 over the plan file and every table it names."""
    rule_lines: tuple[int, ...]
    """The line of the plan file on which each rule, or the pack it comes from, stands."""
    rule_entries: tuple[int, ...]
    """The number of the entry in the plan file from which each rule comes; those of a pack share one."""


def load(folder: Path) -> Loaded:
    """Read the plan in *folder*.

    Raise ``PlanNotFound`` if there is none, and ``BadInput`` with all the problems of all its files.
    """
    report = Report()
    files = Files(folder, report)
    draft = Reader(files, report).read()
    assembled = assemble(draft, report)
    facts = assembled.facts
    for entry, place, text in wrong_entries(facts, draft, sound=assembled.sound):
        key, message = key_in(text, keys(type(entry)))
        sentence, _, hint = message.partition(". ")
        report.at(place, tuple(key.split(".")) if key else (), sentence, hint)
    report.stop_if_any()
    found, left_out = expanded(facts, draft)
    plan = Plan(facts, tuple(rule for rule, _ in found))
    notices = (
        *assembled.notices,
        *clock_notices(facts),
        *grid_notices(facts),
        *holiday_notices(plan),
        *left_out,
        *(text for rule in plan.rules for text in rule.notices(facts)),
    )
    places = [place for _, place in found]
    return Loaded(
        files.root,
        plan,
        notices,
        files.digest,
        tuple(place.line for place in places),
        tuple(int(place.path[-1]) for place in places),
    )
