"""A plan from its folder, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import BadInput, Problem, nearest
from ..plan import Plan
from ..rules import Rule
from .build import keys
from .crossref import assemble
from .draft import Draft, Reader
from .files import Files
from .notices import clock_notices, grid_notices
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


@dataclass(frozen=True)
class Examined:
    """What can be said of a plan folder, right or wrong."""

    loaded: Loaded | None
    """The plan, None if anything is wrong."""
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes]
    """Every file that could be read, by name."""
    rules: Mapping[int, Rule]
    """The rules that are right by themselves, by their number in the plan file; those switched off too."""


def load(folder: Path) -> Loaded:
    """Read the plan in *folder*.

    Raise ``PlanNotFound`` if there is none, and ``BadInput`` with all the problems of all its files.
    """
    examined = examine(folder)
    if examined.loaded is None:
        raise BadInput(examined.problems)
    return examined.loaded


def examine(folder: Path, instead: Mapping[str, bytes | None] | None = None) -> Examined:
    """Read the plan in *folder* as far as it can be read, with *instead* in place of files by their name.

    Raise ``PlanNotFound`` if there is none.
    """
    report = Report()
    files = Files(folder, report, instead)
    draft = Reader(files, report).read()
    assembled = assemble(draft, report)
    used = [(rule, place) for rule, place in draft.rules if rule.enabled]
    plan = Plan(assembled.facts, tuple(rule for rule, _ in used))
    for number, text in plan.problems() if assembled.sound else _strange_goals(plan, draft):
        rule, place = used[number]
        key, message = key_in(text, keys(type(rule)))
        sentence, _, hint = message.partition(". ")
        report.at(place, tuple(key.split(".")) if key else (), sentence, hint)
    rules = {int(place.path[-1]): rule for rule, place in draft.rules}
    if report.problems:
        return Examined(None, tuple(sorted(set(report.problems))), files.read, rules)
    notices = (*assembled.notices, *clock_notices(plan.facts), *grid_notices(plan.facts))
    lines = tuple(place.line for _, place in used)
    return Examined(Loaded(files.root, plan, notices, files.digest, lines), (), files.read, rules)


def _strange_goals(plan: Plan, draft: Draft) -> Iterator[tuple[int, str]]:
    """Yield what can be said about the rules while the facts are not right."""
    for number, rule in enumerate(plan.rules):
        if draft.whole("team") and rule.strength not in plan.goals:
            hint = nearest(rule.strength, plan.goals)
            yield number, f"strength: '{rule.strength}' is not one of the goals. {hint}"
