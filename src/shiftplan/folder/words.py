"""What pydantic says, said so that a planner understands it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

from pydantic_core import ErrorDetails

from ..clock import hours
from ..errors import nearest

Complaint = tuple[str, str]
"""What is wrong, and what to do."""

DATE = "Write it like 2026-11-30."
TIME = "Write it like 22:30:00."

_PATTERNS = {
    r"^[A-Za-z0-9_./+]{1,24}$": "A code has up to 24 letters, digits and _ . / +, and no blanks.",
    r"^[A-Za-z0-9_-]+$": "Use letters, digits, - and _ only.",
    r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$": "Use a country code such as IE, or one with its part such as US-CA.",
}


def shown(value: Any) -> str:
    """Return *value* as it is quoted in a message."""
    text = value if isinstance(value, str) else str(value)
    return f"'{text if len(text) <= 60 else text[:57] + '...'}'"


def explain(error: ErrorDetails, known: Collection[str], written: Any) -> Complaint:
    """Return the sentence and the hint for one error.

    *known* are the keys allowed where it happened, *written* is what the file says there.
    """
    kind, extra = error["type"], error.get("ctx", {})
    value = error["input"] if written is None else written
    if isinstance(value, int | float) and value * 60 == error["input"] != 0:
        value = f"{value:g}h"  # a number of hours, kept in minutes
    if kind == "extra_forbidden":
        return "unknown key", nearest(str(error["loc"][-1]), known)
    if kind == "value_error":
        message, _, hint = str(extra.get("error", error["msg"])).partition(". ")
        return message, hint
    if kind in _SAY:
        return _SAY[kind](shown(value), extra)
    for ending, said in _KINDS.items():
        if kind.startswith(ending):
            return said(shown(value), extra)
    return error["msg"].replace("Input should be", "must be"), ""


def _literal(value: str, extra: dict[str, Any]) -> Complaint:
    choices = re.findall(r"'([^']*)'", str(extra.get("expected", "")))
    near = nearest(value.strip("'"), choices)
    return f"{value} is not one of {', '.join(choices)}", "" if near.startswith("Known") else near


def _limit(words: str, key: str) -> Callable[[str, dict[str, Any]], Complaint]:
    def said(value: str, extra: dict[str, Any]) -> Complaint:
        number, limit = value.strip("'"), extra[key]
        most = hours(int(limit)) if re.search(r"\d\s*[hm]", number) else f"{limit:.15g}"
        return f"{number} is not possible; it must be {words} {most}", ""

    return said


_SAY: dict[str, Callable[[str, dict[str, Any]], Complaint]] = {
    "missing": lambda value, extra: ("is missing", ""),
    "literal_error": _literal,
    "greater_than": _limit("more than", "gt"),
    "greater_than_equal": _limit("at least", "ge"),
    "less_than": _limit("less than", "lt"),
    "less_than_equal": _limit("at most", "le"),
    "string_too_short": lambda value, extra: ("is empty", "Give it a text."),
    "string_too_long": lambda value, extra: (
        f"is longer than {extra['max_length']} characters",
        "Shorten it.",
    ),
    "string_pattern_mismatch": lambda value, extra: (
        f"{value} is not possible here",
        _PATTERNS.get(str(extra.get("pattern")), f"It must have the form {extra.get('pattern')}."),
    ),
    "string_type": lambda value, extra: (f"{value} is not text", "Put it in quotes."),
    "too_short": lambda value, extra: (
        "has too few entries",
        f"Give at least {extra.get('min_length')}.",
    ),
    "too_long": lambda value, extra: (
        "has too many entries",
        f"Give at most {extra.get('max_length')}.",
    ),
}

_KINDS: dict[str, Callable[[str, dict[str, Any]], Complaint]] = {
    "date": lambda value, extra: (f"{value} is not a date", DATE),
    "time": lambda value, extra: (f"{value} is not a time of day", TIME),
    "int": lambda value, extra: (f"{value} is not a whole number", "Write it like 2."),
    "float": lambda value, extra: (f"{value} is not a number", "Write it like 2 or 2.5."),
    "finite": lambda value, extra: (f"{value} is not a number", "Write it like 2 or 2.5."),
    "decimal": lambda value, extra: (f"{value} is not a number", "Write it like 2 or 2.5."),
    "bool": lambda value, extra: (f"{value} is neither true nor false", ""),
    "tuple": lambda value, extra: (f"{value} is not a list", f"Write it like [{_quoted(value)}]."),
    "list": lambda value, extra: (f"{value} is not a list", f"Write it like [{_quoted(value)}]."),
    "model": lambda value, extra: (f"{value} is not a table", "Give it keys of its own."),
    "dict": lambda value, extra: (f"{value} is not a table", "Give it keys of its own."),
}


def _quoted(value: str) -> str:
    inside = value.strip("'")
    return f'"{inside}"' if inside and len(inside) < 40 and "{" not in inside else '"..."'


def key_in(message: str, known: Collection[str]) -> tuple[str, str]:
    """Return the key a sentence about a whole entry is about, and the sentence without it in front.

    Rules and facts begin such a sentence with ``key:``; others name the key first of all words.
    """
    start = re.match(r"([a-z_]+)((?:\.[a-z_]+)*): ", message)
    if start and start.group(1) in known:
        return start.group(0)[:-2], message[start.end() :]
    named = next((w for w in re.findall(r"[a-z_]+", message) if w in known), "")
    return named, message.removeprefix(f"{named} ") if named else message
