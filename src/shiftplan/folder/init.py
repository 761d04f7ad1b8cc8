"""A new plan folder from a template."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Literal

from ..errors import ShiftplanError
from .write import write_folder

Template = Literal["puo", "one-site", "follow-the-sun"]

TEMPLATES: dict[Template, str] = {
    "puo": "chat and tickets around the clock, 20 people at three sites, two weeks",
    "one-site": "one office, nine people, one week",
    "follow-the-sun": "tickets handed on between three sites, 15 people, two weeks",
}
"""The templates and what each is."""

BASE = date(2001, 1, 1)
"""The Monday every template starts on; its dates are moved by as much as the start is."""

_DATE = re.compile(r"\b2001-\d\d-\d\d\b")


def next_monday(today: date) -> date:
    """Return the first Monday after *today*."""
    return today + timedelta(days=7 - today.weekday())


def create(folder: Path, template: Template, start: date) -> tuple[Path, ...]:
    """Write a plan that starts on Monday *start* into *folder*; return its files.

    The folder is made if need be. Nothing that is there already is overwritten, and nothing is
    left if writing fails. Raise ``ShiftplanError`` or ``CannotWrite``.
    """
    if not 1990 <= start.year <= 2200:
        raise ShiftplanError(f"{start} is outside the years 1990 to 2200.")
    if start.weekday():
        monday = start - timedelta(days=start.weekday())
        raise ShiftplanError(
            f"{start} is a {start:%A}, and the plan's week starts on Monday.",
            f"Use {monday} or {monday + timedelta(days=7)}.",
        )
    return write_folder(folder, _texts(template, start - BASE))


def _texts(template: Template, moved: timedelta) -> dict[str, str]:
    """Return the files of *template*, their dates moved."""

    def later(found: re.Match[str]) -> str:
        return str(date.fromisoformat(found.group()) + moved)

    source = resources.files(__package__) / "templates" / template
    texts = {}
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith((".toml", ".csv")):
            texts[entry.name] = _DATE.sub(later, entry.read_text(encoding="utf-8"))
    return texts
