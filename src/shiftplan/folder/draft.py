"""What could be read of a plan, section by section, and what was lost to errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from ..errors import count, nearest
from ..facts.names import canonical
from ..rules import RULES as KINDS
from ..rules import Rule
from ..rules.packs import PACKS, PackEntry
from . import sections
from .build import build, keys, required
from .csv_table import CsvRow, read_rows
from .files import PLAN, Files
from .report import Place, Report
from .toml_text import parse
from .validation_messages import in_quotes

Placed = tuple[Any, Place]

_NAMES = {
    "sites": ("name",),
    "contracts": ("name",),
    "people": ("name", "id"),
    "shifts": ("code",),
}
"""By which keys entries of a section are known to others."""

LISTED = "'shiftplan rules' lists the kinds."

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

    spelled: dict[tuple[str, int], str] = field(default_factory=dict)
    """Names as they are written, by file and line, where that is not as they are kept."""

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
        self._read_entries(raw, top)
        self._drop_long_codes()
        self._read_tables()
        self._read_rules(raw, top)
        return self.draft

    def _read_entries(self, raw: Mapping[str, Any], top: Place) -> None:
        for name, model in (*sections.SINGLE.items(), *sections.MANY.items()):
            made = [self._made(name, model, entry, at) for entry, at in self._raw(name, raw, top)]
            self.draft.entries[name] = [found for found in made if found]

    def _read_tables(self) -> None:
        for name, columns in sections.TABLES.items():
            entries = self.draft.entries[name]
            tables = [self._table(name, columns, entry, place) for entry, place in entries]
            self.draft.rows[name] = tables

    def _read_rules(self, raw: Mapping[str, Any], top: Place) -> None:
        for entry, place in self._raw(sections.RULES, raw, top):
            rule = self._rule(entry, place)
            if rule:
                self.draft.rules.append((rule, place))

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
        written = raw.get(name)
        if not written:
            return []
        once, listed = name in sections.SINGLE, isinstance(written, list)
        if once and not listed:
            return [(written, top.down(name))]
        if listed and not once:
            return [(entry, top.down(name, k)) for k, entry in enumerate(written)]
        if once:
            message, hint = "it stands once only, so in single brackets", f"Write [{name}]."
        else:
            message = "there may be several, so each stands in double brackets"
            hint = f"Write [[{name}]]."
        self.report.at(top, (name,), message, hint)
        self.draft.unread.add(name)
        return []

    def _made(self, name: str, model: type[BaseModel], raw: Any, place: Place) -> Placed | None:
        """Return *raw* as a value with its place, or None after noting what was lost with it."""
        value = build(model, raw, place, self.report)
        if value is not None:
            self._note_spelling(name, raw, place)
            return value, place
        self._lose(name, raw)
        return None

    def _note_spelling(self, name: str, raw: Mapping[str, Any], place: Place) -> None:
        """Note the name of an entry if it is written otherwise than all names are kept."""
        for key in _NAMES.get(name, ())[:1]:
            written = raw.get(key)
            if isinstance(written, str) and canonical(written) != written.strip(" "):
                self.draft.spelled[place.file, place.line] = written

    def _lose(self, name: str, raw: Any) -> None:
        """Note that an entry could not be read, by the name others may refer to, if it has one."""
        keys = _NAMES.get(name, ()) if isinstance(raw, Mapping) else ()
        known_as = {canonical(raw[key]) for key in keys if isinstance(raw.get(key), str)}
        if known_as - {""}:
            self.draft.lost.setdefault(name, set()).update(known_as - {""})
        else:
            self.draft.unread.add(name)

    def _drop_long_codes(self) -> None:
        """Leave out ranges whose codes would be too long with the start at their end."""
        for spec, place in tuple(self.draft.entries["shifts"]):
            if spec.starts is None or len(spec.code) <= LONGEST_RANGE:
                continue
            end = "codes end in the start: E0600"
            message = f"'{spec.code}' is too long for a range, whose {end}"
            hint = f"Use at most {count(LONGEST_RANGE, 'character')}."
            self.report.at(place, ("code",), message, hint)
            self.draft.entries["shifts"].remove((spec, place))
            self.draft.lost.setdefault("shifts", set()).add(spec.code)

    def _table(
        self, name: str, columns: sections.TableColumns, entry: Any, place: Place
    ) -> list[Placed]:
        """Return the rows of the table that *entry* names."""
        rows = self._csv_rows(columns, entry, place)
        if rows is None:
            self.draft.unread.add(name)
            return []
        found: list[Placed] = []
        for row in rows:
            if not row.whole:
                self._lose(name, row.cells)
                continue
            made = self._made(name, columns.row, row.cells, row.place)
            if made:
                found.append(made)
        return found

    def _csv_rows(
        self, columns: sections.TableColumns, entry: Any, place: Place
    ) -> list[CsvRow] | None:
        if not entry.table:
            return []  # a history that says that there is none
        text = self.files.text(entry.table, place)
        if text is None:
            return None
        known = keys(columns.row)
        needed = (*required(columns.row), *columns.there)
        return read_rows(text, entry.table, known, needed, self.report, ignored=columns.ignored)

    def _rule(self, raw: Any, place: Place) -> Rule | PackEntry | None:
        """Return the rule of one ``[[rules]]`` entry, whose ``kind`` says which, or its pack."""
        written = raw if isinstance(raw, Mapping) else {}
        kind = written.get("kind")
        if "pack" in written:
            if kind is None:
                return build(PackEntry, raw, place, self.report)
            message = "an entry has a kind or a pack, not both"
            self.report.at(place, ("pack",), message, "Make two of it.")
        elif kind is None:
            self.report.at(place, ("kind",), "is missing", LISTED)
        elif kind in PACKS.names:
            message = f"{in_quotes(kind)} is a pack"
            self.report.at(place, ("kind",), message, f'Write pack = "{kind}".')
        elif not isinstance(kind, str) or kind not in KINDS:
            hint = nearest(str(kind), KINDS) or LISTED
            self.report.at(place, ("kind",), f"{in_quotes(kind)} is no kind of rule", hint)
        else:
            return build(KINDS[kind], raw, place, self.report)
        return None
