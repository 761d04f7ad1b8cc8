"""What importers share: how a family of problems is registered, and a plan folder in the making."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

from ..disk.formulas import csv_text
from ..errors import ShiftplanError
from ..folder.files import PLAN, decode
from ..folder.given_file import given_bytes
from ..folder.report import Report

Group = TypeVar("Group", bound=Hashable)

Row = Mapping[str, object]
"""A row of a table by its columns; all rows of a table have the same ones, in the same order."""

RuleKeys = dict[str, Any]
"""The keys of a rule; ``for_`` stands for the keyword ``for``."""

MONDAY = date(2024, 1, 1)
"""First day of a plan whose source knows only that it starts on a Monday."""

FIRST = ("team", "horizon")
"""Sections with which a plan file begins; its rules end it."""

WIDTH = 100
"""Characters after which a list goes on in the next line."""


@dataclass
class NewPlan:
    """The plan file and the tables it names, before they are written."""

    about: str
    """What stands above everything as a comment, in lines of moderate length."""
    single: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Sections that stand once: ``[team]``."""
    many: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Sections that may stand several times: ``[[sites]]``, ``[[rules]]``."""
    tables: dict[str, str] = field(default_factory=dict)
    """The text of each CSV file."""

    def add(self, section: str, /, **keys: Any) -> None:
        """Add an entry to a section that may stand several times; a ``_`` at the end of a key is
        left out.
        """
        entry = {key.rstrip("_"): value for key, value in keys.items() if value is not None}
        self.many.setdefault(section, []).append(entry)

    def table(self, name: str, rows: Iterable[Row]) -> None:
        """Add the section called *name* with its table, unless it has no *rows*."""
        lines = list(rows)
        if not lines:
            return
        columns = list(lines[0])
        text = csv_text(columns, [[line[column] for column in columns] for line in lines])
        self.single[name] = {"table": f"{name}.csv"}
        self.tables[f"{name}.csv"] = text

    def files(self) -> dict[str, str]:
        """Return every file of the plan folder with its text."""
        comment = "".join(f"# {line}\n" for line in self.about.splitlines())
        parts = [comment, *self._first(), *self._entries(), *self._tables(), *self._rules()]
        return {PLAN: "\n".join(parts), **self.tables}

    def _first(self) -> Iterator[str]:
        for name in FIRST:
            if name in self.single:
                yield _section(f"[{name}]", self.single[name])

    def _entries(self) -> Iterator[str]:
        for name, entries in self.many.items():
            if name != "rules":
                yield from (_section(f"[[{name}]]", entry) for entry in entries)

    def _tables(self) -> Iterator[str]:
        for name, keys in self.single.items():
            if name not in FIRST:
                yield _section(f"[{name}]", keys)

    def _rules(self) -> Iterator[str]:
        for rule in self.many.get("rules", []):
            yield _section("[[rules]]", rule)


Read = Callable[[Path, Report], NewPlan | None]
"""Returns the plan in a file, or None after reporting everything that is wrong with it."""


@dataclass(frozen=True)
class Family:
    """A published family of problems: what it is, and what reads its files."""

    name: str
    about: str
    read: Read


FAMILIES: dict[str, Family] = {}
"""Every family by its name."""


def family(name: str, about: str) -> Callable[[Read], Read]:
    """Register the decorated function as what reads the family called *name*."""

    def register(read: Read) -> Read:
        FAMILIES[name] = Family(name, about, read)
        return read

    return register


def read_text(source: Path, report: Report) -> str | None:
    """Return the text of a file, or None after reporting why there is none."""
    try:
        data = given_bytes(source, called="the file")
    except ShiftplanError as error:
        report.add(str(source), 0, "", error.message, error.hint)
        return None
    return decode(data, str(source), report)


def grouped(who: Mapping[str, Group]) -> dict[Group, dict[str, Any] | None]:
    """Return the ``for`` of a rule for each value that people have; None where it is everyone's."""
    groups: dict[Group, list[str]] = {}
    for name, value in who.items():
        groups.setdefault(value, []).append(name)
    filters: dict[Group, dict[str, Any] | None] = {}
    for value, names in groups.items():
        everyone = len(names) == len(who)
        filters[value] = None if everyone else {"names": names}
    return filters


def _section(header: str, keys: Mapping[str, Any]) -> str:
    lines = [f"{key} = {_toml(value)}\n" for key, value in keys.items()]
    return f"{header}\n{''.join(lines)}"


def _toml(value: Any) -> str:
    """Return *value* as TOML writes it."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key} = {_toml(part)}" for key, part in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list | tuple):
        return _list([_toml(part) for part in value])
    if isinstance(value, date | time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def _list(parts: list[str]) -> str:
    """Return a list in one line, or in several of moderate length."""
    lines = [""]
    for part in parts:
        if len(lines[-1]) + len(part) > WIDTH:
            lines.append("")
        lines[-1] += f"{part}, "
    if len(lines) == 1:
        return f"[{', '.join(parts)}]"
    # The first part may be so long by itself that the first line stays empty.
    kept = [f"  {line.rstrip()}\n" for line in lines if line]
    return f"[\n{''.join(kept)}]"
