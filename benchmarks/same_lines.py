"""What ``same.py`` compares two revisions by: lines of JSON, of calendars and of the store."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

WORDS = {"text", "message", "hint", "notices", "reason", "reasons", "title"}
"""Keys of JSON, and columns of the store, whose texts are for people."""

UNORDERED = {"breaches", "musts_broken"}
"""Lists of JSON whose order means nothing."""

FEW = 3
"""Differences returned of each side."""


def wordless(value: Any) -> Any:
    """Return JSON with its sentences left out, though not where they stood."""
    if isinstance(value, list):
        return [wordless(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _hushed(item) if key in WORDS else wordless(item) for key, item in value.items()}


def _hushed(value: Any) -> Any:
    if isinstance(value, list):
        return [_hushed(item) for item in value]
    return "..." if isinstance(value, str) else value


def json_lines(value: Any) -> Iterator[str]:
    """Yield a line for each item of a JSON value, numbered where the order is part of it."""
    parts = value if isinstance(value, dict) else {"": value}
    for key, part in wordless(parts).items():
        items = part if isinstance(part, list) else [part]
        for number, item in enumerate(items):
            where = key if key in UNORDERED else f"{key}[{number}]"
            yield f"{where} {json.dumps(item, ensure_ascii=False, sort_keys=True)}"
        if not items:
            yield f"{key} is empty"


def calendar_lines(folder: Path) -> Iterator[str]:
    """Yield every line of every calendar in *folder*, to the byte."""
    for path in sorted(folder.glob("*.ics")):
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
            yield f"{path.name}:{number} {line!r}"


def store_lines(folder: Path) -> Iterator[str]:
    """Yield the tables and the rows in the store of a plan folder, random names left out."""
    address = f"{(folder / '.shiftplan' / 'store.db').as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as store:
        store.row_factory = sqlite3.Row
        made = list(store.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name"))
        for kind, name, sql in made:
            yield f"{kind} {name} {' '.join((sql or '').split())}"
        for name in [name for kind, name, _ in made if kind == "table"]:
            for row in store.execute(f'SELECT * FROM "{name}"'):
                cells = {key: _parsed(row[key]) for key in row.keys()}  # noqa: SIM118
                text = json.dumps(wordless(cells), ensure_ascii=False)
                yield f"row of {name} " + re.sub(r"\b[0-9a-f]{32}\b", "uid", text)


def _parsed(cell: Any) -> Any:
    return json.loads(cell) if isinstance(cell, str) and cell[:1] in ("[", "{") else cell


def differences(first: Iterable[str], second: Iterable[str]) -> list[str]:
    """Return the first lines that only one of both has."""
    left, right = Counter(first), Counter(second)
    found = []
    for sign, only in (("-", left - right), ("+", right - left)):
        lines = list(only.elements())
        found += [f"{sign} {line[:300]}" for line in lines[:FEW]]
        if len(lines) > FEW:
            found.append(f"{sign} and {len(lines) - FEW} lines more")
    return found
