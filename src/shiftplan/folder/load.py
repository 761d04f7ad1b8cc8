"""A plan from its folder, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..errors import BadInput, Problem, nearest
from ..facts import Facts
from ..plan import Plan
from ..rules import MUST, Rule
from ..rules.packs import PackEntry
from .build import keys
from .crossref import Assembled, Places, assemble
from .draft import Draft, DraftReader
from .files import Files
from .identity import turn_to_names
from .notices import clock_notices, grid_notices, holiday_notices, unread_notices
from .report import Place, Report
from .sections import TABLES
from .validation_messages import key_in
from .write import clear_left_behind


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
    places: Places
    """Where each fact stands."""
    switched_off: frozenset[str]
    """The kinds of the rules that are switched off."""
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The files of the tables that each section names."""

    @property
    def people_table(self) -> str:
        """The file of the table of people."""
        return next(iter(self.tables.get("people", ())), "people.csv")

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """What is given and has no effect, in a sentence each: for those who make the roster."""
        return tuple(unread_notices(self.plan, self.places, self.switched_off))


@dataclass(frozen=True)
class Examined:
    """What can be said of a plan folder, right or wrong."""

    loaded: Loaded | None
    """The plan, None if anything is wrong."""
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes]
    """Every file that could be read, by name."""
    rules: Mapping[int, Rule | PackEntry]
    """The rules and packs that are right by themselves, by their number in the file.

    Those that are switched off are among them.
    """
    numbers: tuple[int, ...]
    """The number in the file of each rule of the plan; those of a pack have the pack's."""


def load(folder: Path) -> Loaded:
    """Read the plan in *folder*, and clear away what killed programs have left in it.

    Raise ``PlanNotFound`` if there is none, and ``BadInput`` with all the problems of all its
    files.
    """
    examined = examine(folder)
    clear_left_behind(folder, examined.files)
    if examined.loaded is None:
        raise BadInput(examined.problems)
    return examined.loaded


def examine(folder: Path, instead: Mapping[str, bytes | None] | None = None) -> Examined:
    """Read the plan in *folder* as far as it can be read.

    *instead* takes the place of files by their name; None is a file that is not there. Raise
    ``PlanNotFound`` if there is no plan.
    """
    report = Report()
    files = Files(folder, report, instead)
    draft = DraftReader(files, report).read()
    turn_to_names(draft)
    assembled = assemble(draft, report)
    _report_wrong_rules(assembled, draft, report)
    entries = {int(place.path[-1]): entry for entry, place in draft.rules}
    if report.problems:
        return Examined(None, tuple(sorted(set(report.problems))), files.read, entries, ())
    found, left_out = _rules(assembled.facts, draft)
    plan = Plan(assembled.facts, tuple(rule for rule, _ in found))
    notices = (*assembled.notices, *_notices(plan), *left_out, *_rule_notices(plan))
    lines = tuple(place.line for _, place in found)
    numbers = tuple(int(place.path[-1]) for _, place in found)
    off = _switched_off(draft)
    loaded = Loaded(
        files.root, plan, notices, files.digest, lines, assembled.places, off, _tables(draft)
    )
    return Examined(loaded, (), files.read, entries, numbers)


def _tables(draft: Draft) -> dict[str, tuple[str, ...]]:
    named = {}
    for section in TABLES:
        entries = draft.entries.get(section, [])
        named[section] = tuple(entry.table for entry, _ in entries)
    return named


def _notices(plan: Plan) -> Iterator[str]:
    yield from clock_notices(plan.facts)
    yield from grid_notices(plan.facts)
    yield from holiday_notices(plan)


def _switched_off(draft: Draft) -> frozenset[str]:
    """Return the kinds of the rules that are switched off."""
    rules = (entry for entry, _ in draft.rules if isinstance(entry, Rule))
    return frozenset(rule.kind for rule in rules if not rule.enabled)


def _rule_notices(plan: Plan) -> Iterator[str]:
    for rule in plan.rules:
        yield from rule.notices(plan.facts)


def _rules(facts: Facts, draft: Draft) -> tuple[list[tuple[Rule, Place]], list[str]]:
    """Return all rules, those of packs among them, with their places, and what packs leave out."""
    rules: list[tuple[Rule, Place]] = []
    notices: list[str] = []
    for entry, place in draft.rules:
        if not entry.enabled:
            continue
        if isinstance(entry, PackEntry):
            found, left_out = entry.expand(facts)
            notices += left_out
            rules += [(rule, place) for rule in found]
        else:
            rules.append((entry, place))
    return rules, notices


def _report_wrong_rules(assembled: Assembled, draft: Draft, report: Report) -> None:
    for entry, place in draft.rules:
        if not entry.enabled:
            continue
        if assembled.sound:
            texts = _problems(entry, assembled.facts)
        else:
            texts = _wrong_goals(entry, assembled.facts.team.goals, draft)
        for text in texts:
            key, message = key_in(text, keys(type(entry)))
            sentence, _, hint = message.partition(". ")
            report.at(place, tuple(key.split(".")) if key else (), sentence, hint)


def _problems(entry: Rule | PackEntry, facts: Facts) -> Iterator[str]:
    """Yield what is wrong about an entry of rules."""
    if isinstance(entry, PackEntry):
        yield from entry.problems(facts)
    else:
        yield from (text for _, text in Plan(facts, (entry,)).problems())


def _wrong_goals(entry: Rule | PackEntry, goals: tuple[str, ...], draft: Draft) -> Iterator[str]:
    """Yield what is wrong about the goals of an entry, whatever else is wrong with the facts."""
    if not draft.whole("team"):
        return
    if isinstance(entry, PackEntry):
        yield from entry.unknown_goals(goals)
    elif entry.strength not in (MUST, *goals):
        hint = nearest(entry.strength, (MUST, *goals))
        yield f"strength: '{entry.strength}' is not one of the goals. {hint}"
