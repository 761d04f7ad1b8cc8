"""A person who is called otherwise stays who they are: roster, tables and rules follow the name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..errors import ShiftplanError
from ..facts import Cell
from ..folder import PLAN, edit, edit_csv, sections
from ..folder.edit_csv import CsvText
from .files import plan_text
from .history import Snapshot, Step

Texts = Mapping[str, str]


class Rename(NamedTuple):
    """One row of the table of people that gets another name."""

    row: int
    before: str
    after: str
    id: str
    """The id of the row, empty if it has none."""


def rename_of(people: CsvText, row: int, name: str) -> Rename | None:
    """Return the rename by which a row of *people* is called *name*; None if it is none.

    It is none where nobody had a name before, and where somebody else has either of them.
    """
    names, ids = _column(people, "name"), _column(people, "id")
    if not 0 <= row < len(names):
        return None
    before = names[row]
    others = {word.casefold() for k, word in enumerate(names) if k != row}
    others |= {word.casefold() for k, word in enumerate(ids) if k != row}
    taken = {before.casefold(), name.casefold()} & others
    if not before or not name or before == name or taken:
        return None
    return Rename(row, before, name, ids[row])


def renamed_texts(texts: Texts, people_file: str, rename: Rename, id: str) -> dict[str, str | None]:
    """Return the files that change by *rename*; *id* is what its row has as id, empty for none."""
    people = edit_csv.parse(texts[people_file]).set_cell(rename.row, "name", rename.after)
    if id:
        people = people.set_cell(rename.row, "id", id)
    found: dict[str, str | None] = {people_file: people.text}
    for section, file in _tables(texts):
        table = _parsed(texts, file)
        if section != "people" and table is not None:
            found[file] = _renamed_table(table, rename).text
    found[PLAN] = _renamed_rules(plan_text(texts), rename)
    return {file: text for file, text in found.items() if text != texts.get(file)}


def renamed_roster(
    snapshot: Snapshot, names: Mapping[str, str]
) -> tuple[dict[Cell, str | None], dict[Cell, bool]]:
    """Return the cells and pins that change when people get other names, by the old ones."""
    cells: dict[Cell, str | None] = {c: None for c in snapshot.cells if c[0] in names}
    pins = {cell: False for cell in snapshot.pins if cell[0] in names}
    for (who, day), code in snapshot.cells.items():
        if who in names:
            cells[names[who], day] = code
    pins |= {(names[who], day): True for who, day in snapshot.pins if who in names}
    return cells, pins


def followed(step: Step, snapshot: Snapshot) -> Step:
    """Return *step* with the roster of *snapshot* following whoever it gives another name.

    Who that is their ids say; a step that has a roster of its own stays as it is.
    """
    if not step.texts or step.cells or step.pins:
        return step
    before = _people(snapshot.texts)
    after = _people(step.forth(snapshot).texts)
    names = {}
    for key in before.keys() & after.keys():
        if before[key] != after[key]:
            names[before[key]] = after[key]
    if not names:
        return step
    cells, pins = renamed_roster(snapshot, names)
    moved = step.forth(snapshot).changed(cells=cells, pins=pins)
    return Step.between(step.label, snapshot, moved)


def _people(texts: Texts) -> dict[str, str]:
    """Return the names of the people in the files, by what tells who they are."""
    for section, file in _tables(texts):
        table = _parsed(texts, file)
        if section == "people" and table is not None:
            names, ids = _column(table, "name"), _column(table, "id")
            return {id or name: name for name, id in zip(names, ids, strict=True)}
    return {}


def _tables(texts: Texts) -> Iterator[tuple[str, str]]:
    """Yield section and file of each table that the plan file names."""
    try:
        written = edit.written(plan_text(texts))
    except ShiftplanError:
        return
    for section in sections.TABLES:
        entries = written.get(section, {})
        for entry in entries if isinstance(entries, list) else [entries]:
            file = entry.get("table") if isinstance(entry, Mapping) else None
            if isinstance(file, str):
                yield section, file


def _parsed(texts: Texts, file: str) -> CsvText | None:
    try:
        return edit_csv.parse(texts[file]) if file in texts else None
    except ShiftplanError:
        return None  # the text is no table, which is among the problems


def _column(table: CsvText, name: str) -> list[str]:
    """Return the cells of a column, row by row, empty where there are none."""
    at = table.columns.index(name) if name in table.columns else len(table.columns)
    return [row.cells[at] if at < len(row.cells) else "" for row in table.rows]


def _renamed_table(table: CsvText, rename: Rename) -> CsvText:
    for row, word in enumerate(_column(table, "person")):
        if word == rename.before:
            table = table.set_cell(row, "person", rename.after)
    for row, words in enumerate(_column(table, "people")):
        people = [word.strip() for word in words.split(";")]
        if rename.before in people:
            table = table.set_cell(row, "people", "; ".join(_renamed(people, rename)))
    return table


def _renamed_rules(text: str, rename: Rename) -> str:
    """Return the text of the plan file with the rules naming the new name."""
    try:
        entries = edit.written(text).get(sections.RULES, [])
    except ShiftplanError:
        return text
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        changed = _renamed_keys(entry, rename) if isinstance(entry, Mapping) else {}
        if changed:
            try:
                text = edit.change(text, (sections.RULES, number), changed)
            except ShiftplanError:
                continue  # nobody is called so any more, which is among the problems
    return text


def _renamed_keys(entry: Mapping[str, Any], rename: Rename) -> dict[str, Any]:
    """Return the keys of a rule that name the person, with the new name."""
    changed: dict[str, Any] = {}
    if _names(entry.get("who"), rename):
        changed["who"] = _renamed(entry["who"], rename)
    whom = entry.get("for")
    if isinstance(whom, Mapping) and _names(whom.get("names"), rename):
        changed["for"] = {**whom, "names": _renamed(whom["names"], rename)}
    return changed


def _names(words: object, rename: Rename) -> bool:
    return isinstance(words, list) and rename.before in words


def _renamed(words: Iterable[str], rename: Rename) -> list[str]:
    return [rename.after if word == rename.before else word for word in words]
