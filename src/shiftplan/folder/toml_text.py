"""The plan file as tables and values, with the place of each."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from .places import lines_of
from .report import Place, Report

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_HINT = "Text stands in quotes, a time is written 22:30:00, a date 2026-11-30, and every key stands once."


def parse(text: str, file: str, report: Report) -> tuple[dict[str, Any], Place] | None:
    """Return what *text* holds and its place, or None after reporting where it is not TOML."""
    try:
        raw = tomllib.loads(text)
    except RecursionError:
        report.add(
            file, 1, "", "not valid TOML: lists are nested too deeply", "Check the square brackets."
        )
        return None
    except ValueError as error:
        where = _WHERE.search(str(error))
        message = str(error)[: where.start()] if where else str(error)
        if where and where[1]:
            line, column = int(where[1]), f" at column {where[2]}"
        else:
            line, column = len(text.splitlines()), ", at the end"
        report.add(file, line, "", f"not valid TOML{column}: {message}", _HINT)
        return None
    return raw, Place(file, 1, (), lines_of(text))
