"""What a cell of a workbook holds, as the tables of a plan write it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

Meaning = Literal["number", "percent", "date", "time", "length"]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_LAST_DAY = 2_958_465
"""The 31 December 9999, after which no program has dates."""
_LONGEST_FORMAT = 255
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_LEAP_BUG = 60
"""Excel has a 29 February 1900; days before it are one less."""


class WrongCell(Exception):
    """A cell that cannot be taken: what is wrong with it, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message: str = message
        self.hint: str = hint


@dataclass(frozen=True)
class Formats:
    """How numbers are to be understood: the number format of each style, and where days begin."""

    styles: Sequence[int]
    """The number of the format, by the number of the style."""
    codes: Mapping[int, str]
    """Formats of the workbook's own."""
    since_1904: bool = False
    """Whether days are counted from 1 January 1904."""

    def meaning(self, style: int) -> Meaning:
        """Return what a number in *style* is."""
        number = self.styles[style] if 0 <= style < len(self.styles) else 0
        code = self.codes.get(number) or BUILTIN_FORMATS.get(number) or "General"
        return _meaning(code[: _LONGEST_FORMAT + 1])


@lru_cache(maxsize=1024)
def _meaning(code: str) -> Meaning:
    if len(code) > _LONGEST_FORMAT:
        return "number"
    first = code.split(";")[0]
    plain = re.sub(r'"[^"]*"|\\.|_.', "", first)
    if "%" in plain:
        return "percent"
    if not is_date_format(first):
        return "number"
    if is_timedelta_format(first):
        return "length"
    # Inside brackets stand languages and colours.
    letters = re.sub(r"\[[^\]]*\]|am/pm|a/p", "", plain, flags=re.IGNORECASE).lower()
    return "date" if set("yd") & set(letters) or not set("hs") & set(letters) else "time"


def number_text(written: str, meaning: Meaning, formats: Formats) -> str:
    """Return the number *written* in a cell as text. Raise ``WrongCell``."""
    if not _NUMBER.fullmatch(written):
        raise WrongCell(f"'{written[:40]}' is not a number", "Type it again.")
    value = float(written)
    if value in (float("inf"), float("-inf")):
        raise WrongCell(f"'{written[:40]}' is too large a number", "Correct it.")
    match meaning:
        case "number":
            return _decimal(value)
        case "percent":
            return f"{_decimal(100 * value)}%"
        case "date":
            return _date(value, formats)
        case "time" | "length":
            return _time(value, meaning)


def _decimal(value: float) -> str:
    """Return *value* with the 15 digits that spreadsheets show, and no exponent."""
    text = f"{Decimal(f'{value:.15g}'):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _date(value: float, formats: Formats) -> str:
    if not 0 <= value <= _LAST_DAY:
        raise WrongCell(f"{_decimal(value)} is formatted as a date and is none", "Correct it.")
    if value < 1 and not formats.since_1904:
        return _time(value, "time")
    epoch = MAC_EPOCH if formats.since_1904 else WINDOWS_EPOCH
    days = value + 1 if value < _LEAP_BUG and not formats.since_1904 else value
    # Fractions of a day are rounded to the second, as they are shown.
    return moment(epoch + timedelta(seconds=round(days * _DAY)))


def moment(value: datetime) -> str:
    """Return a date, with its time unless that is midnight."""
    day = f"{value:%Y-%m-%d}" if value.year >= 1000 else value.date().isoformat()
    if value.second:
        return f"{day} {value:%H:%M:%S}"
    return f"{day} {value:%H:%M}" if value.hour or value.minute else day


def _time(value: float, meaning: Meaning) -> str:
    """Return a time of day, or a length that may be longer than a day, as 7:30 is written."""
    if not 0 <= value <= _LAST_DAY:
        raise WrongCell(f"{_decimal(value)} is formatted as a time and is none", "Correct it.")
    seconds = round(value * _DAY)
    # Midnight at the end of a day is a day; of a date and a time only the time is shown.
    if meaning == "time" and seconds != _DAY:
        seconds %= _DAY
    hours, rest = divmod(seconds, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    return f"{hours:02}:{minutes:02}:{rest:02}" if rest else f"{hours:02}:{minutes:02}"
