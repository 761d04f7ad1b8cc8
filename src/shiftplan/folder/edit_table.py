"""One table of a plan file edited by ``tomlkit``, which keeps comments and layout inside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Comment, Item, Table

from ..errors import ShiftplanError
from .files import PLAN
from .places import Path, lines_of
from .toml_items import put

Values = Mapping[str, Any]
"""Keys and what TOML can hold: text, numbers, dates, times, lists, tables; None takes a key out."""

BY_HAND = "Edit the text of the file instead."

MARK = "\ufeff"
"""The byte order mark some programs begin a file with; for ``tomlkit`` it is no TOML."""


def put_all(text: str, path: Path, values: Values) -> str:
    """Return *text* with *values* in the table at *path*; raise ``ShiftplanError`` if it cannot."""
    # tomlkit writes new lines with \n whatever the others have.
    plain = text.replace("\r\n", "\n")
    try:
        for key in [key for key, value in values.items() if value is None]:
            plain = _without(plain, path, key)
        document = tomlkit.parse(plain)
        table = value_at(document, path)
        for key, value in values.items():
            if value is not None:
                put(table, key, value)
        made = document.as_string()
    except (TOMLKitError, KeyError, IndexError, TypeError, ValueError) as error:
        raise ShiftplanError(f"This cannot be edited here ({error}).", BY_HAND) from None
    return made.replace("\n", "\r\n") if "\r\n" in text else made


def _without(text: str, path: Path, key: str) -> str:
    """Return *text* without one key; a comment beside it stays, on a line of its own."""
    document = tomlkit.parse(text)
    table = value_at(document, path)
    item = _on_lines_of_its_own(table, key)
    if item is None:
        del table[key]
        return document.as_string()
    lines = text.split("\n")
    start = lines_of(text)[(*path, key)] - 1
    end = start + item.as_string().count("\n") + 1
    comment = [item.trivia.comment] if item.trivia.comment else []
    return "\n".join((*lines[:start], *comment, *lines[end:]))


def _on_lines_of_its_own(table: Any, key: str) -> Item | None:
    """Return the value of *key* if it and its key are alone on their lines, or None."""
    if not isinstance(table, Table):
        return None
    # A dotted key, as in a.b = 1, gives part of a value; the other parts are on other lines.
    whole = {k.key for k, _ in table.value.body if k is not None and not k.is_dotted()}
    item = table.value.item(key)
    if key not in whole or not isinstance(item, Item) or isinstance(item, Table):
        return None
    return item


def comments_in(part: str, section: str) -> list[str]:
    """Return the lines of the text of an entry of *section* that hold nothing but a comment."""
    bare = part.removeprefix(MARK).replace("\r\n", "\n").removesuffix("\r")
    try:
        entry = tomlkit.parse(bare)[section][0]
    except (TOMLKitError, KeyError, IndexError, TypeError):
        return []
    end = "\r" if "\r\n" in part else ""
    return [comment + end for comment in _comments(entry.value)]


def _comments(container: Any) -> list[str]:
    found: list[str] = []
    for _, item in container.body:
        if isinstance(item, Comment):
            found.append(item.as_string().strip("\n"))
        elif isinstance(item, Table):
            found += _comments(item.value)
    return found


def value_at(raw: Any, path: Path) -> Any:
    """Return what is at *path* in a document; raise ``ShiftplanError`` if there is nothing."""
    for part in path:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            raise ShiftplanError(f"{PLAN} has no {'.'.join(map(str, path))}.", BY_HAND) from None
    return raw
