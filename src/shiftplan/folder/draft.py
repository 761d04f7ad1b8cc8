"""What could be read of a plan, section by section, and what was lost to errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from ..errors import nearest
from ..rules import RULES as KINDS
from ..rules import Rule
from ..rules.packs import PACKS, PackEntry
from . import sections
from .build import build, keys, required
from .csv_table import read_rows
from .files import PLAN, Files
from .report import Place, Report
from .toml_text import parse
from .words import shown

Placed = tuple[Any, Place]

_NAMES = {"sites": "name", "contracts": "name", "people": "name", "shifts": "code"}
"""By which key entries of a section are known to others."""

LONGEST_RANGE = 20
"""Characters of a range's code; with four for the start it is as long as a code may be."""


@dataclass
class Draft:
    """Values that are right by themselves, each with its place, by section."""

    entries: dict[str, list[Placed]] = field(default_factory=dict)
    """Entries of the plan file, rules apart."""
    rows: dict[str, list[list[Placed]]] = field(default_factory=dict)
    """Rows of the table that each entry names."""
    rules: list[tuple[Rule | PackEntry, Place]] = field(default_factory=list)
    """Rules, and packs that stand for several."""
    lost: dict[str, set[str]] = field(default_factory=dict)
    """Names of entries and rows that had errors; others may well refer to them."""
    unread: set[str] = field(default_factory=set)
    """Sections in which something is missing whose name is not known."""

    def one(self, name: str) -> Placed | None:
        """Return the entry of a section that stands once."""
        return next(iter(self.entries.get(name, [])), None)

    def table(self, name: str) -> list[Placed]:
        """Return the rows of a section that names one table."""
        return [found for rows in self.rows.get(name, []) for found in rows]

    def whole(self, *names: str) -> bool:
        """Say whether everything in the sections called *names* could be read."""
        return not any(name in self.unread or self.lost.get(name) for name in names)


class DraftReader:
    """Reads the plan file and every table it names; reports what is wrong with each by itself."""

    def __init__(self, files: Files, report: Report) -> None:
        self.files = files
        self.report = report
        self.draft = Draft()

    def read(self) -> Draft:
        """Return what could be read."""
        text = self.files.text(PLAN)
        parsed = None if text is None else parse(text, PLAN, self.report)
        if parsed is None:
            self.draft.unread.update(sections.SECTIONS)
            return self.draft
        raw, top = parsed
        self._check_sections(raw, top)
        for name, model in (*sections.SINGLE.items(), *sections.MANY.items()):
            made = [self._made(name, model, entry, at) for entry, at in self._raw(name, raw, top)]
            self.draft.entries[name] = [found for found in made if found]
        self._drop_long_codes()
        for name, columns in sections.TABLES.items():
            tables = [self._table(name, columns, e, at) for e, at in self.draft.entries[name]]
            self.draft.rows[name] = tables
        for entry, place in self._raw(sections.RULES, raw, top):
            rule = self._rule(entry, place)
            if rule:
                self.draft.rules.append((rule, place))
        return self.draft

    def _check_sections(self, raw: Mapping[str, Any], top: Place) -> None:
        for name in raw:
            if name not in sections.SECTIONS:
                self.report.at(top, (name,), "unknown section", nearest(name, sections.SECTIONS))
        for name in sections.REQUIRED:
            if not raw.get(name):
                header = f"[[{name}]]" if name in sections.MANY else f"[{name}]"
                self.report.at(top, (name,), f"the section {header} is missing", "Add it.")
                self.draft.unread.add(name)

    def _raw(self, name: str, raw: Mapping[str, Any], top: Place) -> list[tuple[Any, Place]]:
        """Return the entries of a section as they are written."""
        if not raw.get(name):
            return []
        written, many = raw[name], name not in sections.SINGLE
        if many and isinstance(written, list):
            return [(entry, top.down(name, k)) for k, entry in enumerate(written)]
        if not many and not isinstance(written, list):
            return [(written, top.down(name))]
        if many:
            message, hint = (
                "there may be several, so each stands in double brackets",
                f"Write [[{name}]].",
            )
        else:
            message, hint = "it stands once only, so in single brackets", f"Write [{name}]."
        self.report.at(top, (name,), message, hint)
        self.draft.unread.add(name)
        return []

    def _made(self, name: str, model: type[BaseModel], raw: Any, place: Place) -> Placed | None:
        """Return *raw* as a value with its place; if that fails, remember by what name others know
        it.
        """
        value = build(model, raw, place, self.report)
        if value is not None:
            return value, place
        self._lose(name, raw)
        return None

    def _lose(self, name: str, raw: Any) -> None:
        known_as = raw.get(_NAMES.get(name, ""), "") if isinstance(raw, Mapping) else ""
        if known_as and isinstance(known_as, str):
            self.draft.lost.setdefault(name, set()).add(known_as.strip())
        else:
            self.draft.unread.add(name)

    def _drop_long_codes(self) -> None:
        """Leave out ranges whose codes would be too long with the start at their end."""
        for spec, place in tuple(self.draft.entries["shifts"]):
            if spec.starts is not None and len(spec.code) > LONGEST_RANGE:
                message = (
                    f"'{spec.code}' is too long for a range, whose codes end in the start: E0600"
                )
                self.report.at(
                    place, ("code",), message, f"Use at most {LONGEST_RANGE} characters."
                )
                self.draft.entries["shifts"].remove((spec, place))
                self.draft.lost.setdefault("shifts", set()).add(spec.code)

    def _table(
        self, name: str, columns: sections.TableColumns, entry: Any, place: Place
    ) -> list[Placed]:
        """Return the rows of the table that *entry* names."""
        text = self.files.text(entry.table, place)
        known, needed = keys(columns.row), (*required(columns.row), *columns.there)
        rows = (
            None
            if text is None
            else read_rows(text, entry.table, known, needed, self.report, ignored=columns.ignored)
        )
        if rows is None:
            self.draft.unread.add(name)
            return []
        for row in rows:
            if not row.whole:
                self._lose(name, row.cells)
        made = [self._made(name, columns.row, row.cells, row.place) for row in rows if row.whole]
        return [found for found in made if found]

    def _rule(self, raw: Any, place: Place) -> Rule | PackEntry | None:
        """Return the rule of one ``[[rules]]`` entry, whose ``kind`` says which, or its pack."""
        kind = raw.get("kind") if isinstance(raw, Mapping) else None
        if isinstance(raw, Mapping) and "pack" in raw:
            if kind is None:
                return build(PackEntry, raw, place, self.report)
            self.report.at(
                place, ("pack",), "an entry has a kind or a pack, not both", "Make two of it."
            )
        elif isinstance(kind, str) and kind in PACKS.names:
            self.report.at(place, ("kind",), f"{shown(kind)} is a pack", f'Write pack = "{kind}".')
        elif kind is None:
            self.report.at(place, ("kind",), "is missing", "'shiftplan rules' lists the kinds.")
        elif not isinstance(kind, str) or kind not in KINDS:
            hint = nearest(str(kind), KINDS) or "'shiftplan rules' lists the kinds."
            self.report.at(place, ("kind",), f"{shown(kind)} is no kind of rule", hint)
        else:
            return build(KINDS[kind], raw, place, self.report)
        return None
