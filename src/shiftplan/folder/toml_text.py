"""The plan file as tables and values, with the place of each."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from .places import lines_of
from .report import Place, Report

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_MIDNIGHT = re.compile(r"=\s*24:00(:00)?\b")
_HINT = (
    "Text stands in quotes, a time is written 22:30:00, a date 2026-11-30, "
    "and every key stands once."
)


def parse(text: str, file: str, report: Report) -> tuple[dict[str, Any], Place] | None:
    """Return what *text* holds and its place, or None after reporting where it is not TOML."""
    try:
        raw = tomllib.loads(text)
    except RecursionError:
        message = "not valid TOML: lists are nested too deeply"
        report.add(file, 1, "", message, "Check the square brackets.")
        return None
    except ValueError as error:
        line, message = _located(str(error), text)
        report.add(file, line, "", message, _hint(text, line))
        return None
    return raw, Place(file, 1, (), lines_of(text))


def _hint(text: str, line: int) -> str:
    lines = text.splitlines()
    # A time of TOML has no such hour, and nearly every other program has.
    if line <= len(lines) and _MIDNIGHT.search(lines[line - 1]):
        return 'Midnight at the end of a day stands in quotes: "24:00".'
    return _HINT


def _located(message: str, text: str) -> tuple[int, str]:
    """Return the line that an error of ``tomllib`` ends with, and the error with its column."""
    where = _WHERE.search(message)
    what = message[: where.start()] if where else message
    if where and where[1]:
        return int(where[1]), f"not valid TOML at column {where[2]}: {what}"
    return len(text.splitlines()), f"not valid TOML, at the end: {what}"
