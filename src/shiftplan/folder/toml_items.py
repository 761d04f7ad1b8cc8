"""Values put into a TOML document whose comments and layout stay."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import Array, Item


def put(table: MutableMapping[str, Any], key: str, value: Any) -> None:
    """Set *key* in a table of a document, changing as little as can be of what is there."""
    old = table.get(key)
    # An empty array has no layout to keep, so it is written anew.
    if isinstance(old, Array) and old and _is_list(value):
        _put_elements(old, value)
    elif isinstance(old, MutableMapping) and isinstance(value, Mapping):
        _put_keys(old, value)
    else:
        table[key] = item_of(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _put_elements(array: Array, values: Sequence[Any]) -> None:
    """Change an array element by element: comments stand beside elements, and stay."""
    while len(array) > len(values):
        array.pop()
    for k, value in enumerate(values):
        if k >= len(array):
            array.append(value)
        elif array[k] != value:
            array[k] = item_of(value)


def _put_keys(table: MutableMapping[str, Any], values: Mapping[str, Any]) -> None:
    for key in [key for key in table if key not in values]:
        del table[key]
    for key, value in values.items():
        if key not in table or table[key] != value:
            put(table, key, value)


def item_of(value: Any) -> Item:
    """Return *value* as it is written: tables and lists on one line."""
    if isinstance(value, Mapping):
        return _inline_table(value)
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        for part in value:
            array.append(item_of(part))
        return array
    plain: Item = tomlkit.item(value)
    return plain


def _inline_table(values: Mapping[str, Any]) -> Item:
    pairs = []
    for key, value in values.items():
        name = tomlkit.key(key).as_string()  # in quotes where TOML wants them
        pairs.append(f"{name} = {item_of(value).as_string()}")
    inside = ", ".join(pairs)
    made: Item = tomlkit.value(f"{{ {inside} }}" if inside else "{}")
    return made
