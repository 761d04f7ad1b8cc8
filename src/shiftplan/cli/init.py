"""`shiftplan init`: a new plan folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ..folder.init import TEMPLATES, Template, create, next_monday
from .common import AsJson, date_given, print_json, say, show

EXAMPLES = """
shiftplan init plans/support
shiftplan init plans/emea --template one-site
shiftplan init plans/global --template follow-the-sun --start 2026-11-30
"""

_KINDS = "; ".join(f"{name}: {what}" for name, what in TEMPLATES.items())

Target = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder to make; it may exist without a plan.")
]
TemplateOption = Annotated[Template, typer.Option(help=f"What to begin with. {_KINDS}.")]
StartOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="First day, a Monday; the next one unless given.")
]


def command(
    target: Target,
    template: TemplateOption = "one-site",
    start: StartOption = None,
    as_json: AsJson = False,
) -> None:
    """Write a plan folder that can be solved as it is, and changed into your own.

    Nothing that is there already is overwritten.
    """
    first = date_given("--start", start) or next_monday(date.today())
    files = create(target, template, first)
    if as_json:
        print_json({"folder": str(target), "start": str(first), "files": [f.name for f in files]})
        return
    for file in files:
        show(str(file))
    say(f"The plan starts on {first:%a %d %b %Y}. Next: shiftplan check -C {target}")
