"""A plan from its folder, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import BadInput, Problem, nearest
from ..facts import Facts
from ..plan import Plan
from ..rules import MUST, Rule
from ..rules.packs import PackEntry
from .build import keys
from .crossref import assemble
from .draft import Draft, DraftReader
from .files import Files
from .notices import clock_notices, grid_notices, holiday_notices
from .report import Place, Report
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
    rules: Mapping[int, Rule | PackEntry]
    """The rules and packs that are right by themselves, by their number in the file; those off too."""
    numbers: tuple[int, ...]
    """The number in the file of each rule of the plan; those of a pack have the pack's."""


def load(folder: Path) -> Loaded:
    """Read the plan in *folder*.

    Raise ``PlanNotFound`` if there is none, and ``BadInput`` with all the problems of all its
    files.
    """
    examined = examine(folder)
    if examined.loaded is None:
        raise BadInput(examined.problems)
    return examined.loaded


def examine(folder: Path, instead: Mapping[str, bytes | None] | None = None) -> Examined:
    """Read the plan in *folder* as far as it can be read, with *instead* in place of files by their
    name.

    Raise ``PlanNotFound`` if there is none.
    """
    report = Report()
    files = Files(folder, report, instead)
    draft = DraftReader(files, report).read()
    assembled = assemble(draft, report)
    facts = assembled.facts
    for entry, place, text in _wrong_rules(facts, draft, sound=assembled.sound):
        key, message = key_in(text, keys(type(entry)))
        sentence, _, hint = message.partition(". ")
        report.at(place, tuple(key.split(".")) if key else (), sentence, hint)
    entries = {int(place.path[-1]): entry for entry, place in draft.rules}
    if report.problems:
        return Examined(None, tuple(sorted(set(report.problems))), files.read, entries, ())
    found, told = _rules(facts, draft)
    told += [text for rule, _ in found for text in rule.notices(facts)]
    plan = Plan(facts, tuple(rule for rule, _ in found))
    notices = (
        *assembled.notices,
        *clock_notices(facts),
        *grid_notices(facts),
        *holiday_notices(plan),
        *told,
    )
    lines = tuple(place.line for _, place in found)
    numbers = tuple(int(place.path[-1]) for _, place in found)
    return Examined(
        Loaded(files.root, plan, notices, files.digest, lines), (), files.read, entries, numbers
    )


def _rules(facts: Facts, draft: Draft) -> tuple[list[tuple[Rule, Place]], list[str]]:
    """Return all rules, those of packs among them, with their places, and what packs leave out."""
    rules, notices = list[tuple[Rule, Place]](), list[str]()
    for entry, place in draft.rules:
        found: tuple[Rule, ...] = ()
        if not entry.enabled:
            continue
        if isinstance(entry, PackEntry):
            found, left_out = entry.expand(facts)
            notices += left_out
        else:
            found = (entry,)
        rules += [(rule, place) for rule in found]
    return rules, notices


def _wrong_rules(
    facts: Facts, draft: Draft, *, sound: bool
) -> Iterator[tuple[Rule | PackEntry, Place, str]]:
    """Yield what is wrong about entries of rules; while the facts are not right, what can be said
    anyway.
    """
    for entry, place in draft.rules:
        if not entry.enabled:
            continue
        if isinstance(entry, PackEntry):
            goals = entry.unknown_goals(facts.team.goals) if draft.whole("team") else ()
            texts = entry.problems(facts) if sound else goals
        else:
            texts = (text for _, text in Plan(facts, (entry,)).problems()) if sound else ()
            if (
                not sound
                and draft.whole("team")
                and entry.strength not in (MUST, *facts.team.goals)
            ):
                hint = nearest(entry.strength, (MUST, *facts.team.goals))
                texts = iter((f"strength: '{entry.strength}' is not one of the goals. {hint}",))
        yield from ((entry, place, text) for text in texts)
