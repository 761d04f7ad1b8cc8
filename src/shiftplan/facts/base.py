"""What every fact has in common, and the types facts are written in."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

from ..clock import WEEKDAYS, hours, zone_names
from ..errors import nearest
from .codes import joined, told_from_day_off
from .zone_advice import zone_advice


class Frozen(BaseModel):
    """A value: never changed after it is read, and no unknown keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True
    )


_LENGTH = re.compile(r"(?:(\d+)\s*h\s*(?:(\d{1,2})\s*m?)?|(\d+)\s*m(?:in)?)")


def _minutes(value: Any) -> Any:
    if isinstance(value, str):
        return _minutes_of(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f'{value} is not a length; write it like "8h", "8h30" or "45m"')
    return value


def _minutes_of(text: str) -> int:
    match = _LENGTH.fullmatch(text.strip())
    if not match:
        raise ValueError(f'\'{text}\' is not a length; write it like "8h", "8h30" or "45m"')
    hours_part, minutes_part, minutes_alone = match.groups()
    if minutes_alone:
        return int(minutes_alone)
    return int(hours_part) * 60 + int(minutes_part or 0)


def _hours(value: Any) -> Any:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value * 60 != int(value * 60):
            raise ValueError(f'{value} hours are not whole minutes; write it like "11h30"')
        return int(value * 60)
    return _minutes(value)


def _balance(value: Any) -> Any:
    """Read hours with a sign: ``12.5``, ``-4``, ``12h30``."""
    text = str(value).strip()
    sign = -1 if text.startswith("-") else 1
    try:
        minutes = 60 * Decimal(text.removeprefix("-"))
    except InvalidOperation:
        return sign * _minutes(text.removeprefix("-"))
    if isinstance(value, bool) or not minutes.is_finite() or minutes != minutes.to_integral_value():
        raise ValueError(f"'{value}' hours are not whole minutes; write it like 12.5 or 12h30")
    return sign * int(minutes)


MOST_POINTS = 10_000


def _hundredths(value: Any) -> Any:
    try:
        exact = 100 * Decimal(str(value).strip())
    except InvalidOperation:
        exact = Decimal("nan")
    if isinstance(value, bool) or not exact.is_finite():
        raise ValueError(f"'{value}' is not a number; write it like 2 or 2.5")
    if exact != exact.to_integral_value():
        raise ValueError(f"{value} has more than two decimals; round it to hundredths")
    if abs(exact) > 100 * MOST_POINTS:
        raise ValueError(f"{value} is too much; give at most {MOST_POINTS} points")
    return int(exact)


def _zone(value: str) -> str:
    if value not in zone_names():
        raise ValueError(f"'{value}' is not an IANA time zone. {zone_advice(value)}".rstrip())
    return value


def _weekday(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    number = _weekday_number(value)
    if number is None:
        raise ValueError(f"'{value}' is not a weekday. {nearest(value.strip().lower(), WEEKDAYS)}")
    return WEEKDAYS[number]


def _weekday_number(text: str) -> int | None:
    """Return which weekday *text* begins the name of, None if none; two letters tell them apart."""
    word = text.strip().lower()
    if len(word) < 2:
        return None
    return next((k for k, name in enumerate(WEEKDAYS) if name.startswith(word)), None)


def _days(value: Any) -> Any:
    """Read ``mon``, ``mon-fri``, ``sat sun`` or ``daily``."""
    if not isinstance(value, str):
        return value
    found: list[str] = []
    for word in value.replace(",", " ").replace(";", " ").lower().split():
        if word in {"daily", "all"}:
            found += WEEKDAYS
        elif "-" in word:
            found += _weekday_span(word)
        else:
            found.append(word)
    return tuple(dict.fromkeys(found))


def _weekday_span(word: str) -> list[str]:
    """Return the weekdays of ``mon-fri``, or of ``sat-mon``, which goes over the end of a week."""
    begin, _, end = word.partition("-")
    first, last = _weekday_number(begin), _weekday_number(end)
    if first is None or last is None:
        raise ValueError(f"'{word}' is not a span of weekdays; write it like mon-fri")
    length = (last - first) % 7 + 1
    return [WEEKDAYS[(first + k) % 7] for k in range(length)]


def _whole_minute(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError("a time of day carries no zone or offset; the site's clock decides")
    if value.second or value.microsecond:
        raise ValueError("seconds are not planned; write the time as HH:MM:00")
    return value


END_OF_DAY = ("24:00", "24:00:00")


def _no_end(value: Any) -> Any:
    if isinstance(value, str) and value.strip() in END_OF_DAY:
        raise ValueError("24:00 is the end of a day. What starts then starts at 00:00 of the next.")
    return value


def _midnight(value: Any) -> Any:
    return time(0) if isinstance(value, str) and value.strip() in END_OF_DAY else value


Minutes = Annotated[
    int,
    BeforeValidator(_minutes),
    WithJsonSchema(
        {"type": ["string", "integer"], "description": 'a length: "8h", "8h30", "45m" or minutes'}
    ),
]
"""A length in whole minutes, written ``8h``, ``8h30``, ``45m`` or as a number of minutes."""

HoursAsMinutes = Annotated[
    int,
    BeforeValidator(_hours),
    PlainSerializer(hours, return_type=str),
    WithJsonSchema({"type": ["number", "string"], "description": 'hours: 11, 11.5, "11h30"'}),
]
"""A length kept in whole minutes and written in hours: ``11``, ``11.5`` or ``11h30``."""

Balance = Annotated[
    int,
    BeforeValidator(_balance),
    PlainSerializer(hours, return_type=str),
    WithJsonSchema(
        {"type": ["number", "string"], "description": 'hours, with a sign: 12.5, "-4h30"'}
    ),
]
"""A balance kept in whole minutes and written in hours: ``12.5``, ``12h30``, ``-4h``."""

Points = Annotated[
    int,
    BeforeValidator(_hundredths),
    PlainSerializer(lambda hundredths: hundredths / 100, return_type=float),
    WithJsonSchema({"type": "number", "multipleOf": 0.01, "description": "points, to hundredths"}),
]
"""Points kept in whole hundredths and written as decimals: ``2``, ``-1.25``."""

ZoneName = Annotated[str, AfterValidator(_zone)]
Weekday = Annotated[str, BeforeValidator(_weekday), WithJsonSchema({"enum": list(WEEKDAYS)})]
Weekdays = Annotated[
    tuple[Weekday, ...],
    BeforeValidator(_days),
    WithJsonSchema(
        {
            "type": ["string", "array"],
            "items": {"enum": list(WEEKDAYS)},
            "description": "as in mon-fri, daily",
        }
    ),
]
"""Weekdays: a list, or text such as ``mon-fri``, ``sat sun``, ``daily``."""
WallTime = Annotated[time, BeforeValidator(_no_end), AfterValidator(_whole_minute)]
"""A time of day at which something starts."""
EndTime = Annotated[time, BeforeValidator(_midnight), AfterValidator(_whole_minute)]
"""A time of day at which something ends; 24:00, kept as 00:00, is midnight after it."""
Name = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[
    str,
    Field(
        pattern=r"^[\p{L}\p{M}\p{N}\x{200C}\x{200D}_./+]{1,24}$",
        json_schema_extra={"pattern": r"^[^\s!-*,:-@\[-\^`{-~-]{1,24}$"},
    ),
    AfterValidator(joined),
    AfterValidator(told_from_day_off),
]
"""A short word of letters of any script, digits and a few signs.

Not every program that reads schemas knows letters of any script: the schema says what no code has.
"""
Kind = Annotated[
    str,
    Field(
        pattern=r"^[\p{L}\p{M}\p{N}\x{200C}\x{200D}_-]+$",
        json_schema_extra={"pattern": r"^[^\s!-,./:-@\[-\^`{-~]+$"},
    ),
    AfterValidator(joined),
]
"""A word of letters of any script, digits, ``-`` and ``_``."""
