"""Edits of ``shiftplan.toml`` that touch nothing but the entry meant: comments and order stay."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Comment, Item, Table

from ..errors import ShiftplanError
from .files import PLAN
from .places import Path, headers_of, lines_of
from .toml_items import item_of, put

Values = Mapping[str, Any]
"""Keys and what TOML can hold: text, numbers, dates, times, lists, tables; None takes a key out."""

BY_HAND = "Edit the text of the file instead."


def written(text: str) -> dict[str, Any]:
    """Return what the plan file holds; raise ``ShiftplanError`` while it is not TOML."""
    try:
        return tomllib.loads(_bare(text))
    except (ValueError, RecursionError) as error:
        raise ShiftplanError(
            f"{PLAN} is not valid TOML: {error}.", "Mend its text first."
        ) from None


def change(text: str, path: Path, values: Values) -> str:
    """Return *text* with *values* set in the table at *path*, such as ``("team",)`` or ``("rules",
    3)``.

    Keys not named stay as they are. Raise ``ShiftplanError`` if that cannot be done without
    touching more.
    """
    raw = written(text)
    before = _at(raw, path)
    if not isinstance(before, Mapping):
        raise ShiftplanError(f"{PLAN} has no table there to edit.", BY_HAND)
    values = {
        k: v for k, v in values.items() if v != before.get(k) or type(v) is not type(before.get(k))
    }
    span = block(text, path)
    if span is None:
        made = _put_all(text, path, values)
    else:
        lines = text.split("\n")
        inside = (path[0], 0) if len(path) > 1 else (path[0],)
        bare, mark = _unmarked("\n".join(lines[span[0] : span[1]]))
        ends = "\r" if bare.endswith("\r") else ""
        part = (
            mark
            + _put_all(bare + "\n", inside, values).removesuffix("\n").removesuffix("\r")
            + ends
        )
        made = "\n".join((*lines[: span[0]], part, *lines[span[1] :]))
    merged = {k: v for k, v in {**before, **values}.items() if v is not None}
    _sure(made, _replaced(raw, path, merged))
    return made


def add_entry(text: str, section: str, values: Values, at: int | None = None) -> str:
    """Return *text* with an entry of ``[[section]]`` added after the last one, or before number
    *at*.
    """
    raw = written(text)
    there = _entries(raw, section)
    at = len(there) if at is None else min(max(at, 0), len(there))
    plain = {k: v for k, v in values.items() if v is not None}
    lines = (f"{tomlkit.key(k).as_string()} = {item_of(v).as_string()}\n" for k, v in plain.items())
    made = _inserted(text, section, f"[[{section}]]\n" + "".join(lines), at, len(there))
    _sure(made, {**raw, section: [*there[:at], plain, *there[at:]]})
    return made


def duplicate_entry(text: str, section: str, number: int) -> str:
    """Return *text* with a copy of an entry, comments inside it too, below it."""
    raw = written(text)
    there = _entries(raw, section)
    start, end = _span(text, section, number)
    entry = (
        _bare("\n".join(text.split("\n")[start:end])).replace("\r\n", "\n").removesuffix("\r")
        + "\n"
    )
    made = _inserted(text, section, entry, number + 1, len(there))
    _sure(made, {**raw, section: [*there[: number + 1], *there[number:]]})
    return made


def remove_entry(text: str, section: str, number: int) -> str:
    """Return *text* without an entry; comments on lines of their own stay where they are."""
    raw = written(text)
    there = _entries(raw, section)
    start, end = _span(text, section, number)
    lines = text.split("\n")
    kept = _comments("\n".join(lines[start:end]), section)
    mark = "\ufeff" if lines[start].startswith("\ufeff") else ""
    met = (
        (start == 0 or not lines[start - 1].strip())
        and end < len(lines) - 1
        and not lines[end].strip()
    )
    end += met and not kept  # one of the two empty lines that would meet
    made = mark + "\n".join((*lines[:start], *kept, *lines[end:])).removesuffix("\r")
    left = [*there[:number], *there[number + 1 :]]
    _sure(made, {**raw, section: left} if left else {k: v for k, v in raw.items() if k != section})
    return made


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
    """Return *text* with ``[section]`` naming the table *file*, at its end."""
    raw = written(text)
    made = _appended(text, f"[{section}]\ntable = {item_of(file).as_string()}\n")
    _sure(made, {**raw, section: {"table": file}})
    return made


def block(text: str, path: Path) -> tuple[int, int] | None:
    """Return the first line (from 0) of the table at *path* and the line after its last key.

    Return None if it has no header of its own.
    """
    headers = _headers(text)
    first = next((k for k, (_, at) in enumerate(headers) if at == path), None)
    if first is None:
        return None
    last = first
    while last + 1 < len(headers) and headers[last + 1][1][: len(path)] == path:
        last += 1
    lines = text.split("\n")
    start = headers[first][0] - 1
    end = headers[last + 1][0] - 1 if last + 1 < len(headers) else len(lines)
    while end > start + 1 and (
        not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")
    ):
        end -= 1
    return start, end


@lru_cache(maxsize=4)
def _headers(text: str) -> tuple[tuple[int, Path], ...]:
    return tuple(headers_of(_bare(text)))


# -- one table -----------------------------------------------------------------------------------


def _put_all(text: str, path: Path, values: Values) -> str:
    """Return *text* with *values* in the table at *path*, as ``tomlkit`` writes them."""
    try:
        plain = text.replace("\r\n", "\n")
        for key in [k for k, v in values.items() if v is None]:
            plain = _taken_out(plain, path, key)
        document = tomlkit.parse(plain)
        table = _at(document, path)
        for key, value in values.items():
            if value is not None:
                put(table, key, value)
        made = document.as_string()
    except (TOMLKitError, KeyError, IndexError, TypeError, ValueError) as error:
        raise ShiftplanError(f"This cannot be edited here ({error}).", BY_HAND) from None
    return made.replace("\n", "\r\n") if "\r\n" in text else made


def _taken_out(text: str, path: Path, key: str) -> str:
    """Return *text* without one key; a comment beside it stays, on a line of its own."""
    document = tomlkit.parse(text)
    table = _at(document, path)
    item = table.value.item(key) if isinstance(table, Table) else None
    if not isinstance(item, Item) or isinstance(item, Table) or key not in _plain_keys(table):
        del table[key]
        return document.as_string()
    lines = text.split("\n")
    start = lines_of(text)[(*path, key)] - 1
    end = start + item.as_string().count("\n") + 1
    comment = item.trivia.comment
    return "\n".join((*lines[:start], *([comment] if comment else []), *lines[end:]))


def _plain_keys(table: Table) -> set[str]:
    """Return the keys that stand on lines of their own: not ``a.b = 1``, which spreads a table over
    lines.
    """
    return {k.key for k, _ in table.value.body if k is not None and not k.is_dotted()}


def _comments(part: str, section: str) -> list[str]:
    """Return the lines of a table's text that hold nothing but a comment."""
    bare, _ = _unmarked(part.replace("\r\n", "\n").removesuffix("\r"))
    end = "\r" if "\r\n" in part else ""
    found: list[str] = []

    def walk(container: Any) -> None:
        for _, item in container.body:
            if isinstance(item, Comment):
                found.append(item.as_string().strip("\n") + end)
            elif isinstance(item, Table):
                walk(item.value)

    try:
        entry = tomlkit.parse(bare)[section][0]
    except (TOMLKitError, KeyError, IndexError, TypeError):
        return []
    walk(entry.value)
    return found


# -- places for new entries ----------------------------------------------------------------------


def _inserted(text: str, section: str, entry: str, at: int, count: int) -> str:
    """Return *text* with *entry* as number *at* of a section that had *count* entries."""
    if not count:
        return _appended(text, entry)
    span = _span(text, section, at - 1 if at else 0)
    lines = text.split("\n")
    end = "\r" if "\r\n" in text else ""
    new = [line + end for line in entry.removesuffix("\n").split("\n")]
    if at:
        where = span[1]
        if where == len(lines):  # the last line has no line end
            lines[-1] += end
            return "\n".join((*lines, end, *new)).removesuffix("\r")
        return "\n".join((*lines[:where], end, *new, *lines[where:]))
    where = span[0]
    while where and lines[where - 1].lstrip().startswith("#"):
        where -= 1
    mark = ""
    if not where and lines[0].startswith("\ufeff"):
        mark, lines[0] = "\ufeff", lines[0][1:]
    return mark + "\n".join((*lines[:where], *new, end, *lines[where:]))


def _appended(text: str, entry: str) -> str:
    line_end = "\r\n" if "\r\n" in text else "\n"
    head = text if not text or text.endswith("\n") else text + line_end
    return head + (line_end if head.strip() else "") + entry.replace("\n", line_end)


# -- being sure ----------------------------------------------------------------------------------


def _sure(text: str, expected: Mapping[str, Any]) -> None:
    """Raise ``ShiftplanError`` unless *text* holds exactly what is *expected*."""
    try:
        right = tomllib.loads(_bare(text)) == expected
    except ValueError:
        right = False
    if not right:
        raise ShiftplanError("This cannot be written without touching other lines.", BY_HAND)


def _at(raw: Any, path: Path) -> Any:
    for part in path:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            raise ShiftplanError(f"{PLAN} has no {'.'.join(map(str, path))}.", BY_HAND) from None
    return raw


def _replaced(raw: Any, path: Path, value: Any) -> Any:
    """Return a copy of *raw* with *value* at *path*."""
    if not path:
        return value
    if isinstance(raw, list):
        return [
            _replaced(part, path[1:], value) if k == path[0] else part for k, part in enumerate(raw)
        ]
    return {
        k: _replaced(part, path[1:], value) if k == path[0] else part for k, part in raw.items()
    }


def _bare(text: str) -> str:
    return text.removeprefix("\ufeff")


def _unmarked(text: str) -> tuple[str, str]:
    bare = _bare(text)
    return bare, text[: len(text) - len(bare)]
