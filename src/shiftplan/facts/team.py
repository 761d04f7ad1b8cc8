"""Team, sites, contracts and the horizon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..errors import nearest
from .base import Frozen, Name, Weekday, ZoneName

DEFAULT_GOALS = ("coverage", "stability", "fairness", "wishes", "cost")


class Team(Frozen):
    """Who plans, where home is, when the week starts, and in which order goals count."""

    name: Name
    home: Name
    week_starts: Weekday = "monday"
    goals: tuple[Name, ...] = DEFAULT_GOALS
    tolerance: Mapping[Name, Annotated[int, Field(ge=0, le=1_000_000_000)]] = Field(
        default_factory=dict
    )
    """By how much more than the least found a goal may cost, for the benefit of those after it.

    In units of the goal's cost, with the weights of its rules.
    """

    @model_validator(mode="after")
    def _goals_make_sense(self) -> Self:
        twice = {g for g in self.goals if self.goals.count(g) > 1}
        if twice:
            raise ValueError(f"goals: '{min(twice)}' is listed twice")
        if "must" in self.goals:
            raise ValueError("goals: 'must' always comes first and is not listed")
        for goal in self.tolerance:
            if goal not in self.goals:
                raise ValueError(
                    f"tolerance: '{goal}' is not one of the goals. {nearest(goal, self.goals)}"
                )
        return self


class Horizon(Frozen):
    """The days a roster is made for: whole weeks from a first day."""

    start: date
    weeks: int = Field(ge=1, le=53)

    @model_validator(mode="after")
    def _modern(self) -> Self:
        if not 1990 <= self.start.year <= 2200:
            raise ValueError(f"start: {self.start} is outside the years 1990 to 2200")
        return self


class Site(Frozen):
    """A place people work at; its zone is the local time of everyone there."""

    name: Name
    timezone: ZoneName
    holidays: str | None = Field(default=None, pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")
    """Whose public holidays the site keeps, a country's or a subdivision's: ``IE``, ``US-CA``."""
    holiday_names: tuple[Name, ...] = ()
    """Which of them, by their names in the calendar; all unless given."""
    holiday_dates: Literal["actual", "observed"] = "actual"
    """Of one on a weekend: ``actual``, the day itself, or ``observed``, the one in its place."""
    seats: int | None = Field(default=None, ge=0)


class Contract(Frozen):
    """Terms several people share."""

    name: Name
    share: int = Field(default=100, ge=1, le=100)
    """Per cent of full time; shares of nights, weekends and the like go by it."""
