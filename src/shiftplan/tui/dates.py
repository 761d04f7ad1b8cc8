"""Dates as screens write them."""

from __future__ import annotations

from datetime import date


def short_day(day: date) -> str:
    """Return a date as ``Thu 22 Oct``."""
    return f"{day:%a} {day.day} {day:%b}"
