"""How the calendars of links look, as options: nothing said is nothing chosen."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

DaysOff = Annotated[
    bool | None,
    typer.Option("--days-off/--no-days-off", help="Whether people's calendars show days off."),
]
FormOption = Annotated[
    Literal["utc", "tzid"] | None,
    typer.Option("--form", help="Times in UTC, the default, or local with their zone."),
]
AlarmOption = Annotated[
    str,
    typer.Option(
        "--alarm",
        metavar="LENGTH",
        help="Remind people this long before a shift: 30m, 1h; 0m at its start; or none, the "
        "default.",
    ),
]
