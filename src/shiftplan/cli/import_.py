"""`shiftplan import`: a published rostering problem as a plan folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..importers import FAMILIES, import_plan
from .common import AsJson, print_json, say, show

EXAMPLES = """
shiftplan import curtois-qu Instance1.txt plans/instance1
shiftplan import curtois-qu Instance2.txt plans/instance2 --json
"""

_KINDS = "; ".join(f"{name}: {family.about}" for name, family in FAMILIES.items())

Family = Annotated[str, typer.Argument(metavar="FAMILY", help=f"{_KINDS}.")]
Source = Annotated[Path, typer.Argument(metavar="FILE", help="The problem, as it was published.")]
Target = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder to make; it may exist without a plan.")
]


def command(family: Family, source: Source, target: Target, as_json: AsJson = False) -> None:
    """Write a published rostering problem as a plan folder, whose cost is the published penalty.

    The plan is like any other: the same rules, the same search. Nothing that is there already is
    overwritten.
    """
    files = import_plan(family, source, target)
    if as_json:
        print_json({"folder": str(target), "files": [f.name for f in files]})
        return
    for file in files:
        show(str(file))
    say(f"Next: shiftplan solve -C {target}")
