"""A plan from its folder, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import nearest
from ..plan import Plan
from .build import keys
from .crossref import assemble
from .draft import Draft, Reader
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
    """The line of the plan file on which each rule stands."""


def load(folder: Path) -> Loaded:
    """Read the plan in *folder*.

    Raise ``PlanNotFound`` if there is none, and ``BadInput`` with all the problems of all its files.
    """
    report = Report()
    files = Files(folder, report)
    draft = Reader(files, report).read()
    assembled = assemble(draft, report)
    plan = Plan(assembled.facts, tuple(rule for rule, _ in draft.rules))
    for number, text in plan.problems() if assembled.sound else _strange_goals(plan, draft):
        rule, place = draft.rules[number]
        key, message = key_in(text, keys(type(rule)))
        sentence, _, hint = message.partition(". ")
        report.at(place, tuple(key.split(".")) if key else (), sentence, hint)
    report.stop_if_any()
    notices = (
        *assembled.notices,
        *clock_notices(plan.facts),
        *grid_notices(plan.facts),
        *holiday_notices(plan),
    )
    return Loaded(files.root, plan, notices, files.digest, tuple(place.line for _, place in draft.rules))


def _strange_goals(plan: Plan, draft: Draft) -> Iterator[tuple[int, str]]:
    """Yield what can be said about the rules while the facts are not right."""
    for number, rule in enumerate(plan.rules):
        if draft.whole("team") and rule.strength not in plan.goals:
            hint = nearest(rule.strength, plan.goals)
            yield number, f"strength: '{rule.strength}' is not one of the goals. {hint}"
