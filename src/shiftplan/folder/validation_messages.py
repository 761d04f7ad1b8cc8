"""Messages of pydantic, put so that a planner understands them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

from pydantic_core import ErrorDetails

from ..clock import hours
from ..errors import count, nearest, visible

Complaint = tuple[str, str]
"""What is wrong, and what to do."""

Context = dict[str, Any]
"""What pydantic says about an error besides its type: limits, patterns, choices."""

MessageOf = Callable[[str, Context], Complaint]
"""Makes the complaint about a value in quotes."""

DATE = "Write it like 2026-11-30."
TIME = "Write it like 22:30:00."

_PATTERN_HINTS = {
    r"^[\p{L}\p{M}\p{N}\x{200C}\x{200D}_./+]{1,24}$": (
        "A code has up to 24 letters, digits and _ . / +, and no blanks."
    ),
    r"^[\p{L}\p{M}\p{N}\x{200C}\x{200D}_-]+$": "Use letters, digits, - and _ only.",
    r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$": (
        "Use a country code such as IE, or one with its part such as US-CA."
    ),
}

_LONGEST = 60
"""Characters of a value in a message; more are cut off."""


def in_quotes(value: Any) -> str:
    """Return *value* as it stands in a message."""
    text = visible(str(value))
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 3] + "..."
    return f"'{text}'"


def explain(error: ErrorDetails, known: Collection[str], written: Any) -> Complaint:
    """Return the sentence and the hint for one error.

    *known* are the keys allowed where it happened, *written* is what the file says there.
    """
    kind, extra = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return "unknown key", nearest(str(error["loc"][-1]), known)
    if kind == "value_error":  # our own sentences, raised by a model
        message, _, hint = str(extra.get("error", error["msg"])).partition(". ")
        return message, hint
    quoted = in_quotes(_as_written(error["input"], written))
    if kind in _BY_TYPE:
        return _BY_TYPE[kind](quoted, extra)
    for start, message_of in _BY_TYPE_PREFIX.items():
        if kind.startswith(start):
            return message_of(quoted, extra)
    return error["msg"].replace("Input should be", "must be"), ""


def _as_written(value: Any, written: Any) -> Any:
    """Return what stands in the file for *value*, which may be made of it already."""
    if written is None:
        return value
    # A length may be given as a number of hours, which is kept in minutes.
    if isinstance(written, int | float) and written * 60 == value != 0:
        return f"{written:g}h"
    return written


def _literal(value: str, extra: Context) -> Complaint:
    choices = re.findall(r"'([^']*)'", str(extra.get("expected", "")))
    hint = nearest(value.strip("'"), choices)
    # The sentence lists the choices already.
    hint = "" if hint.startswith("Known") else hint
    return f"{value} is not one of {', '.join(choices)}", hint


def _limit(relation: str, key: str) -> MessageOf:
    """Return what makes the complaint that a number is not in *relation* to a limit."""

    def message_of(value: str, extra: Context) -> Complaint:
        number, limit = value.strip("'"), extra[key]
        is_length = re.search(r"\d\s*[hm]", number)
        shown_limit = hours(int(limit)) if is_length else f"{limit:.15g}"
        return f"{number} is not possible; it must be {relation} {shown_limit}", ""

    return message_of


def _too_long(value: str, extra: Context) -> Complaint:
    return f"is longer than {count(extra['max_length'], 'character')}", "Shorten it."


def _pattern(value: str, extra: Context) -> Complaint:
    pattern = str(extra.get("pattern"))
    hint = _PATTERN_HINTS.get(pattern, f"It must have the form {pattern}.")
    return f"{value} is not possible here", hint


def _list(value: str, extra: Context) -> Complaint:
    """Return that a value is not a list, with an example made of it unless that would be long."""
    inside = value.strip("'")
    fits = inside and len(inside) < 40 and "{" not in inside
    return f"{value} is not a list", f'Write it like ["{inside if fits else "..."}"].'


def _fixed(message: str, hint: str = "") -> MessageOf:
    """Return what makes a complaint of *message*, in which ``{}`` stands for the value."""
    return lambda value, extra: (message.replace("{}", value), hint)


def _counted(message: str, hint: str, key: str) -> MessageOf:
    """Return what makes a complaint with the limit under *key* in its hint."""
    return lambda value, extra: (message, hint.replace("{}", str(extra.get(key))))


_BY_TYPE: dict[str, MessageOf] = {
    "missing": _fixed("is missing"),
    "literal_error": _literal,
    "greater_than": _limit("more than", "gt"),
    "greater_than_equal": _limit("at least", "ge"),
    "less_than": _limit("less than", "lt"),
    "less_than_equal": _limit("at most", "le"),
    "string_too_short": _fixed("is empty", "Give it a text."),
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "string_type": _fixed("{} is not text", "Put it in quotes."),
    "too_short": _counted("has too few entries", "Give at least {}.", "min_length"),
    "too_long": _counted("has too many entries", "Give at most {}.", "max_length"),
}
"""What makes the complaint for each type of pydantic's errors."""

_NO_NUMBER = _fixed("{} is not a number", "Write it like 2 or 2.5.")
_NO_TABLE = _fixed("{} is not a table", "Give it keys of its own.")

_BY_TYPE_PREFIX: dict[str, MessageOf] = {
    "date": _fixed("{} is not a date", DATE),
    "time": _fixed("{} is not a time of day", TIME),
    "int": _fixed("{} is not a whole number", "Write it like 2."),
    "float": _NO_NUMBER,
    "finite": _NO_NUMBER,
    "decimal": _NO_NUMBER,
    "bool": _fixed("{} is neither true nor false"),
    "tuple": _list,
    "list": _list,
    "model": _NO_TABLE,
    "dict": _NO_TABLE,
}
"""The same for types that come in several forms: ``int_type``, ``int_parsing`` and so on."""


def key_in(message: str, known: Collection[str]) -> tuple[str, str]:
    """Return the key a sentence about a whole entry is about, and the sentence without it in front.

    Rules and facts begin such a sentence with ``key:``; others name the key first of all words.
    """
    start = re.match(r"([a-z_]+)((?:\.[a-z_]+)*): ", message)
    if start and start.group(1) in known:
        return start.group(0)[:-2], message[start.end() :]
    for word in re.findall(r"[a-z_]+", message):
        if word in known:
            return word, message.removeprefix(f"{word} ")
    return "", message
