"""Values put into a TOML document whose comments and layout stay."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import Array, Item


def put(table: MutableMapping[str, Any], key: str, value: Any) -> None:
    """Set *key* in a table of a document, changing as little as can be of what is there."""
    old = table.get(key)
    if (
        isinstance(old, Array)
        and isinstance(value, Sequence)
        and not isinstance(value, str)
        and old
    ):
        while len(old) > len(value):
            old.pop()
        for k, part in enumerate(value):
            if k >= len(old):
                old.append(part)
            elif old[k] != part:
                old[k] = item_of(part)
    elif isinstance(old, MutableMapping) and isinstance(value, Mapping):
        for inner in [k for k in old if k not in value]:
            del old[inner]
        for inner, part in value.items():
            if inner not in old or old[inner] != part:
                put(old, inner, part)
    else:
        table[key] = item_of(value)


def item_of(value: Any) -> Item:
    """Return *value* as it is written: tables and lists on one line."""
    if isinstance(value, Mapping):
        inside = ", ".join(
            f"{tomlkit.key(key).as_string()} = {item_of(part).as_string()}"
            for key, part in value.items()
        )
        made: Item = tomlkit.value(f"{{ {inside} }}" if inside else "{}")
        return made
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        for part in value:
            array.append(item_of(part))
        return array
    plain: Item = tomlkit.item(value)
    return plain
