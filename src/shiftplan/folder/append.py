"""Rows added to a table of the plan; whatever else is in its file keeps its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..disk import read_bytes, write_text
from ..errors import CannotWrite, ShiftplanError
from . import edit, edit_csv
from .files import PLAN
from .turn import turn_in
from .write import refuse_overwriting


def append_rows(root: Path, section: str, rows: Sequence[Mapping[str, str]]) -> str:
    """Add *rows*, by column, to the table of a section of the plan in *root*; return its name.

    A plan without that section gets it, with a table of that name. Files appear whole or not at
    all, and nobody else's rows are lost. Raise ``ShiftplanError`` or ``CannotWrite``.
    """
    with turn_in(root):
        plan = _read(root / PLAN)
        named = edit.written(plan).get(section)
        if not isinstance(named, dict):
            return _new_table(root, plan, section, rows)
        name = str(named["table"])
        table = edit_csv.parse(_read(root / name))
        for row in rows:
            table = table.add(row)
        write_text(root / name, table.text)
        return name


def _new_table(root: Path, plan: str, section: str, rows: Sequence[Mapping[str, str]]) -> str:
    """Write *rows* into a new table and name it in the text of the *plan*, both or neither."""
    name = f"{section}.csv"
    refuse_overwriting(root, [name])
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [[row.get(column, "") for column in columns] for row in rows]
    renewed = edit.name_table(plan, section, name)
    write_text(root / name, edit_csv.compose(columns, lines))
    try:
        write_text(root / PLAN, renewed)
    except CannotWrite:
        (root / name).unlink(missing_ok=True)
        raise
    return name


def _read(path: Path) -> str:
    try:
        return read_bytes(path).decode()
    except OSError as error:
        raise ShiftplanError(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise ShiftplanError(f"{path} is not UTF-8.", "Save it again as UTF-8 text.") from None
