"""How calendars look: what may be chosen for files, links and calendars on a server alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import TypeAdapter, ValidationError

from ..clock import hours
from ..errors import ShiftplanError
from ..facts.base import Minutes
from ..store import LinkChoices, LinkKind

if TYPE_CHECKING:
    from ..calendars import Style

LONGEST_ALARM = 7 * 24 * 60
"""Minutes."""

NO_ALARM = "none"


@dataclass(frozen=True)
class Chosen:
    """What somebody chose, None or nothing where they said nothing about it."""

    days_off: bool | None = None
    form: Literal["utc", "tzid"] | None = None
    alarm: str = ""
    """A length, or ``none``."""

    @property
    def anything(self) -> bool:
        """Whether anything was chosen at all."""
        return self != Chosen()

    def over(self, choices: LinkChoices) -> LinkChoices:
        """Return *choices* with what was chosen instead; raise ``ShiftplanError`` for what is no
        length.
        """
        if self.days_off is not None:
            choices = replace(choices, days_off=self.days_off)
        if self.form is not None:
            choices = replace(choices, form=self.form)
        if self.alarm:
            choices = replace(choices, alarm=alarm_of(self.alarm))
        return choices

    def check(self, kinds: Iterable[LinkKind]) -> None:
        """Raise ``ShiftplanError`` if none of the calendars of these *kinds* can take it."""
        found = set(kinds)
        own = self.days_off is not None or bool(self.alarm)
        if own and "person" not in found:
            raise ShiftplanError(
                "Only people's own calendars show days off and remind.",
                "Leave out --alarm and --no-days-off, or choose a person's.",
            )
        if self.form is not None and found <= {"coverage"}:
            raise ShiftplanError(
                "The coverage page is no calendar, and has its times one way only.",
                "Leave out --form.",
            )


def taken_by(kind: LinkKind, choices: LinkChoices) -> LinkChoices:
    """Return what of *choices* makes a difference in a calendar of that *kind*."""
    if kind == "person":
        return choices
    # Calendars of several people show no days off and never remind; a page is no calendar.
    return LinkChoices() if kind == "coverage" else LinkChoices(form=choices.form)


def alarm_of(text: str, option: str = "--alarm: ") -> int | None:
    """Return how many minutes before a shift to remind; raise ``ShiftplanError`` for no length.

    The sentence begins with *option*, where *text* was given.
    """
    if not text or text == NO_ALARM:
        return None
    # What is no length at all is refused in the same words as one that is too long.
    try:
        minutes = TypeAdapter(Minutes).validate_python(text)
    except ValidationError:
        minutes = -1
    if not 0 <= minutes <= LONGEST_ALARM:
        raise ShiftplanError(
            f"{option}'{text}' is no length up to 7 days.", "Write it like 30m or 1h."
        )
    return minutes


def style_of(choices: LinkChoices) -> Style:
    """Return how the events of a calendar are written."""
    from ..calendars import Style

    alarm = timedelta(minutes=choices.alarm) if choices.alarm is not None else None
    return Style(choices.form, alarm)


def in_words(choices: LinkChoices) -> str:
    """Return what is otherwise than by default: ``no days off, local times, alarm 30m``."""
    words = []
    if not choices.days_off:
        words.append("no days off")
    if choices.form == "tzid":
        words.append("local times")
    if choices.alarm == 0:  # not the same as none
        words.append("reminder at the start")
    elif choices.alarm is not None:
        words.append(f"alarm {hours(choices.alarm)}")
    return ", ".join(words)
