"""Edits of ``shiftplan.toml`` that touch nothing but the entry meant: comments and order stay."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import tomlkit

from ..errors import ShiftplanError
from .edit_table import BY_HAND, MARK, Values, comments_in, put_all, value_at
from .files import PLAN
from .places import Path, headers_of
from .toml_items import item_of


def written(text: str) -> dict[str, Any]:
    """Return what the plan file holds; raise ``ShiftplanError`` while it is not TOML."""
    try:
        return tomllib.loads(text.removeprefix(MARK))
    except (ValueError, RecursionError) as error:
        message = f"{PLAN} is not valid TOML: {error}."
        raise ShiftplanError(message, "Fix its text first.") from None


def change(text: str, path: Path, values: Values) -> str:
    """Return *text* with *values* set in the table at *path*, as in ``("rules", 3)``.

    Keys not named stay as they are. Raise ``ShiftplanError`` if that cannot be done without
    touching more.
    """
    raw = written(text)
    before = value_at(raw, path)
    if not isinstance(before, Mapping):
        raise ShiftplanError(f"{PLAN} has no table there to edit.", BY_HAND)
    values = _really_changed(before, values)
    span = block(text, path)
    made = put_all(text, path, values) if span is None else _put_in_block(text, span, path, values)
    after = {key: value for key, value in {**before, **values}.items() if value is not None}
    _make_sure(made, _replaced(raw, path, after))
    return made


def _really_changed(before: Mapping[str, Any], values: Values) -> Values:
    """Return the values that are not there already; 1, 1.0 and true are equal, but not the same."""
    changed = {}
    for key, value in values.items():
        old = before.get(key)
        if value != old or type(value) is not type(old):
            changed[key] = value
    return changed


def _put_in_block(text: str, span: tuple[int, int], path: Path, values: Values) -> str:
    """Return *text* with *values* in the table whose lines are *span*; it is edited by itself."""
    start, end = span
    lines = text.split("\n")
    part = "\n".join(lines[start:end])
    bare = part.removeprefix(MARK)
    mark = part[: len(part) - len(bare)]
    inside = (path[0], 0) if len(path) > 1 else (path[0],)
    edited = put_all(bare + "\n", inside, values).removesuffix("\n").removesuffix("\r")
    # Split at \n, a line of a Windows text ends in \r.
    line_end = "\r" if bare.endswith("\r") else ""
    return "\n".join((*lines[:start], f"{mark}{edited}{line_end}", *lines[end:]))


def add_entry(text: str, section: str, values: Values, at: int | None = None) -> str:
    """Return *text* with an entry of ``[[section]]`` added last, or before number *at*."""
    raw = written(text)
    there = _entries(raw, section)
    at = len(there) if at is None else min(max(at, 0), len(there))
    plain = {key: value for key, value in values.items() if value is not None}
    lines = [f"[[{section}]]\n"]
    for key, value in plain.items():
        lines.append(f"{tomlkit.key(key).as_string()} = {item_of(value).as_string()}\n")
    made = _inserted(text, section, "".join(lines), at, len(there))
    _make_sure(made, {**raw, section: [*there[:at], plain, *there[at:]]})
    return made


def duplicate_entry(text: str, section: str, number: int) -> str:
    """Return *text* with a copy of an entry, comments inside it too, below it."""
    raw = written(text)
    there = _entries(raw, section)
    start, end = _span(text, section, number)
    entry = "\n".join(text.split("\n")[start:end]).removeprefix(MARK)
    entry = entry.replace("\r\n", "\n").removesuffix("\r")
    made = _inserted(text, section, f"{entry}\n", number + 1, len(there))
    _make_sure(made, {**raw, section: [*there[: number + 1], *there[number:]]})
    return made


def remove_entry(text: str, section: str, number: int) -> str:
    """Return *text* without an entry; comments on lines of their own stay where they are."""
    raw = written(text)
    there = _entries(raw, section)
    start, end = _span(text, section, number)
    lines = text.split("\n")
    kept = comments_in("\n".join(lines[start:end]), section)
    mark = MARK if lines[start].startswith(MARK) else ""
    if not kept and _empty_lines_meet(lines, start, end):
        end += 1
    made = mark + "\n".join((*lines[:start], *kept, *lines[end:])).removesuffix("\r")
    left = {**raw, section: [*there[:number], *there[number + 1 :]]}
    # Without its last entry a section is not there at all.
    if not left[section]:
        del left[section]
    _make_sure(made, left)
    return made


def _empty_lines_meet(lines: list[str], start: int, end: int) -> bool:
    """Say whether an empty line, or the beginning, and an empty line are around these lines."""
    empty_before = start == 0 or not lines[start - 1].strip()
    empty_after = end < len(lines) - 1 and not lines[end].strip()
    return empty_before and empty_after


def _entries(raw: Mapping[str, Any], section: str) -> list[Any]:
    there = raw.get(section, [])
    if not isinstance(there, list):
        raise ShiftplanError(f"[{section}] should stand in double brackets.", BY_HAND)
    return there


def _span(text: str, section: str, number: int) -> tuple[int, int]:
    found = block(text, (section, number))
    if found is None:
        raise ShiftplanError(f"There is no [[{section}]] header for it.", BY_HAND)
    return found


def name_table(text: str, section: str, file: str) -> str:
    """Return *text* with ``[section]`` naming the table *file*: at its end, if it is not there."""
    raw = written(text)
    if isinstance(raw.get(section), Mapping):
        # A history may be there that says that there is none, in place of a table.
        return change(text, (section,), {"none": None, "table": file})
    made = _appended(text, f"[{section}]\ntable = {item_of(file).as_string()}\n")
    _make_sure(made, {**raw, section: {"table": file}})
    return made


def block(text: str, path: Path) -> tuple[int, int] | None:
    """Return the first line (from 0) of the table at *path* and the line after its last key.

    Return None if it has no header of its own.
    """
    headers = _headers(text)
    first = next((k for k, (_, at) in enumerate(headers) if at == path), None)
    if first is None:
        return None
    after = first + 1
    # Tables inside this one, such as [rules.for], belong to it.
    while after < len(headers) and headers[after][1][: len(path)] == path:
        after += 1
    lines = text.split("\n")
    start = headers[first][0] - 1
    end = headers[after][0] - 1 if after < len(headers) else len(lines)
    # Comments below the last key belong to what follows.
    while end > start + 1 and _says_nothing(lines[end - 1]):
        end -= 1
    return start, end


def _says_nothing(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


@lru_cache(maxsize=4)
def _headers(text: str) -> tuple[tuple[int, Path], ...]:
    return tuple(headers_of(text.removeprefix(MARK)))


# -- places for new entries ----------------------------------------------------------------------


def _inserted(text: str, section: str, entry: str, at: int, count: int) -> str:
    """Return *text* with *entry* as number *at* of a section that had *count* entries."""
    if not count:
        return _appended(text, entry)
    line_end = "\r" if "\r\n" in text else ""
    new = [line + line_end for line in entry.removesuffix("\n").split("\n")]
    lines = text.split("\n")
    if at == 0:
        return _before_first(lines, _span(text, section, 0)[0], new, line_end)
    where = _span(text, section, at - 1)[1]
    if where < len(lines):
        return "\n".join((*lines[:where], line_end, *new, *lines[where:]))
    # The last line has no line end yet, and the text stays without one.
    lines[-1] += line_end
    return "\n".join((*lines, line_end, *new)).removesuffix("\r")


def _before_first(lines: list[str], where: int, new: list[str], line_end: str) -> str:
    """Return *lines* with *new* ones before line *where* and the comments right above it."""
    while where and lines[where - 1].lstrip().startswith("#"):
        where -= 1
    mark = ""
    if where == 0 and lines[0].startswith(MARK):
        mark = MARK
        lines = [lines[0].removeprefix(MARK), *lines[1:]]
    return mark + "\n".join((*lines[:where], *new, line_end, *lines[where:]))


def _appended(text: str, entry: str) -> str:
    line_end = "\r\n" if "\r\n" in text else "\n"
    head = text if not text or text.endswith("\n") else text + line_end
    empty_line = line_end if head.strip() else ""
    return head + empty_line + entry.replace("\n", line_end)


# -- being sure ----------------------------------------------------------------------------------


def _make_sure(text: str, expected: Mapping[str, Any]) -> None:
    """Raise ``ShiftplanError`` unless *text* holds exactly what is *expected*."""
    try:
        right = tomllib.loads(text.removeprefix(MARK)) == expected
    except ValueError:
        right = False
    if not right:
        raise ShiftplanError("This cannot be written without touching other lines.", BY_HAND)


def _replaced(raw: Any, path: Path, value: Any) -> Any:
    """Return a copy of *raw* with *value* at *path*."""
    if not path:
        return value
    copy: Any = list(raw) if isinstance(raw, list) else dict(raw)
    copy[path[0]] = _replaced(raw[path[0]], path[1:], value)
    return copy
