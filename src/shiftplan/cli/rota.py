"""`shiftplan rota`: cyclic rotas that keep the hard rules, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from ..errors import ShiftplanError, count
from ..plan.rota import Asked, asked_of
from ..rota import OFF, Rota, Rotas, RotaWish
from ..rota.headcounts import Level
from ..solver.rota import find_rotas
from .assign_rota import RotaAssignment
from .common import AsJson, ExitCode, Folder, as_named, load_plan, note, print_json
from .page import TextPage, columns

EXAMPLES = """
shiftplan rota
shiftplan rota --people 12 --alternatives 5
shiftplan rota -C plans/puo --site Dublin --json > rotas.json
shiftplan rota --assign 2
shiftplan rota --assign 1 --site Dublin --replace
"""

CODES = {
    "found": ExitCode.DONE,
    "impossible": ExitCode.INFEASIBLE,
    "unknown": ExitCode.NOTHING_FOUND,
}

Alternatives = Annotated[
    int,
    typer.Option("--alternatives", metavar="K", min=1, max=100, help="Rotas to choose from."),
]
People = Annotated[
    int | None,
    typer.Option("--people", metavar="N", min=1, max=1000, help="As if there were so many people."),
]
SiteOption = Annotated[
    str,
    typer.Option("--site", metavar="SITE", callback=as_named, help="For the people of this site."),
]
Cover = Annotated[
    Level,
    typer.Option("--cover", help="What queues get where no hard rule says how many a shift needs."),
]
TimeLimit = Annotated[
    float, typer.Option("--time-limit", metavar="S", min=0.1, help="Seconds to search at most.")
]
AssignOption = Annotated[
    int | None,
    typer.Option(
        "--assign", metavar="K", min=1, help="Assign the K-th of these rotas to the people."
    ),
]
OldAssignOption = Annotated[int | None, typer.Option("--deal", min=1, hidden=True)]
"""What ``--assign`` was called before."""
Out = Annotated[
    str | None,
    typer.Option(
        "--out", metavar="FILE", help="Table in the plan folder to write it to; rotation.csv."
    ),
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Assign it to people who follow a rota already, too.")
]


def command(
    folder: Folder = None,
    alternatives: Alternatives = 3,
    people: People = None,
    site: SiteOption = "",
    cover: Cover = "target",
    time_limit: TimeLimit = 30,
    assign: AssignOption = None,
    deal: OldAssignOption = None,
    out: Out = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> ExitCode:
    """Show cyclic rotas for interchangeable people: a row is a week, and each week everyone moves
    one row down.

    Every row keeps the plan's hard rules about runs, rest, days off and the number of people on
    shifts. With several, the first are sought for the most weekends off, the fewest steps to an
    earlier shift, the most to a later one, and the shortest longest run. Where no rota can exist,
    that is proven and the exit code is 3.

    With --assign, everyone gets a week of one of these rotas to start in, by the plan's own rules:
    with an eye to leave, wishes, fair shares and what was worked before. The rota is kept as a
    table of the plan, which 'shiftplan solve --from-rota' starts from and a rule of kind 'rotation'
    holds people to.
    """
    number = assign if assign is not None else deal
    _check_options(number, out, replace)
    loaded = load_plan(folder)
    asked = asked_of(loaded.plan, site=site, people=people, cover=cover)
    note(asked.notes)
    assignment = None
    if number is not None:
        # What could not be written is reported now, not after the search.
        assignment = RotaAssignment(loaded, asked, out, replace=replace)
    wanted = max(alternatives, number or 0)
    found = find_rotas(asked.wish, alternatives=wanted, seconds=time_limit)
    if assignment and number is not None and found.outcome == "found":
        return assignment.assign(found, number, as_json=as_json)
    if as_json:
        print_json(_json(asked, found))
    else:
        _show(asked.wish, found, time_limit)
    return CODES[found.outcome]


def _check_options(number: int | None, out: str | None, replace: bool) -> None:
    if number is None and (out is not None or replace):
        raise ShiftplanError(
            "--out and --replace go with --assign.", "Say which rota to assign, as in --assign 1."
        )


def _show(wish: RotaWish, found: Rotas, time_limit: float) -> None:
    page, who = TextPage(), count(wish.people, "person", "people")
    if found.outcome == "impossible":
        page.sentence(f"No rota for {who}, and that is proven. {found.reason}")
    elif found.outcome == "unknown":
        page.sentence(
            f"No rota for {who} was found in {time_limit:g} s, nor proof that there is none."
        )
    for number, rota in enumerate(found.rotas, 1):
        if number > 1:
            page.line()
        page.line(f"Rota {number} for {who}", "bold")
        page.sentence(_qualities(rota, wish))
        page.lines(columns(_grid(rota, wish), right=(0,)))
    if found.complete:
        page.line()
        page.sentence("There is no other that differs in which shift follows which on a weekday.")


def _qualities(rota: Rota, wish: RotaWish) -> str:
    """Return what is good about *rota* in one line."""
    weekends = count(wish.people, "weekend")
    forward = count(rota.forward_steps(wish.codes), "step")
    return (
        f"{rota.weekends_off(wish.weekdays)} of {weekends} off together, "
        f"{forward} to a later shift, "
        f"{rota.backward_steps(wish.codes)} to an earlier one, "
        f"longest run {count(rota.longest_run(), 'day')}"
    )


def _grid(rota: Rota, wish: RotaWish) -> Sequence[Sequence[str]]:
    header = ("week", *(day[:2].capitalize() for day in wish.weekdays), "days off")
    rows = [(str(k), *row, str(row.count(OFF))) for k, row in enumerate(rota.rows, 1)]
    return (header, *rows)


def _json(asked: Asked, found: Rotas) -> dict[str, Any]:
    wish = asked.wish
    return {
        "outcome": found.outcome,
        "reason": found.reason,
        "complete": found.complete,
        "people": wish.people,
        "names": [person.name for person in asked.group],
        "weekdays": wish.weekdays,
        "notes": asked.notes,
        "rotas": [_rota_json(rota, wish) for rota in found.rotas],
    }


def _rota_json(rota: Rota, wish: RotaWish) -> dict[str, Any]:
    return {
        "rows": rota.rows,
        "weekends_off": rota.weekends_off(wish.weekdays),
        "forward_steps": rota.forward_steps(wish.codes),
        "backward_steps": rota.backward_steps(wish.codes),
        "longest_run": rota.longest_run(),
    }
