"""`shiftplan rota`: cyclic rotas that keep the plan's musts, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from ..errors import ShiftplanError
from ..plan.rota import Asked, asked_of
from ..rota import OFF, Rota, Rotas, RotaWish
from ..rota.headcounts import Level
from ..solver.rota import find_rotas
from .assign_rota import Dealing
from .common import AsJson, ExitCode, Folder, load_plan, print_json, say
from .page import TextPage, columns

EXAMPLES = """
shiftplan rota
shiftplan rota --people 12 --alternatives 5
shiftplan rota -C plans/puo --site Dublin --json > rotas.json
shiftplan rota --deal 2
shiftplan rota --deal 1 --site Dublin --replace
"""


def command(
    folder: Folder = None,
    alternatives: Annotated[
        int,
        typer.Option("--alternatives", metavar="K", min=1, max=100, help="Rotas to choose from."),
    ] = 3,
    people: Annotated[
        int | None,
        typer.Option(
            "--people", metavar="N", min=1, max=1000, help="As if there were so many people."
        ),
    ] = None,
    site: Annotated[
        str, typer.Option("--site", metavar="SITE", help="For the people of this site.")
    ] = "",
    cover: Annotated[
        Level,
        typer.Option("--cover", help="What queues get where no must asks for heads on shifts."),
    ] = "target",
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="S", min=0.1, help="Seconds to search at most.")
    ] = 30,
    deal: Annotated[
        int | None,
        typer.Option(
            "--deal", metavar="K", min=1, help="Deal the K-th of these rotas out to the people."
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out", metavar="FILE", help="Table in the plan folder to deal it into; rotation.csv."
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Deal anew to people who follow a rota already.")
    ] = False,
    as_json: AsJson = False,
) -> ExitCode:
    """Show cyclic rotas for people who can take each other's place: a row is a week, and each week
    everyone moves one row down.

    Every row keeps the plan's musts about runs, rest, days off and heads on shifts. With several,
    the first are sought for the most weekends off, the fewest steps to an earlier shift, the most
    to a later one, and the shortest longest run. Where no rota can exist, that is proven and the
    exit code is 3.

    With --deal, everyone gets a week of one of these rotas to start in, by the plan's own rules:
    with an eye to leave, wishes, fair shares and what was worked before. The rota is kept as a
    table of the plan, which 'shiftplan solve --from-rota' starts from and a rule of kind 'rotation'
    holds people to.
    """
    if deal is None and (out is not None or replace):
        raise ShiftplanError(
            "--out and --replace go with --deal.", "Say which rota to deal, as in --deal 1."
        )
    loaded = load_plan(folder)
    asked = asked_of(loaded.plan, site=site, people=people, cover=cover)
    for note in asked.notes:
        say(f"note: {note}")
    dealing = Dealing(loaded, asked, out, replace=replace) if deal is not None else None
    alternatives = max(alternatives, deal or 0)
    found = find_rotas(asked.wish, alternatives=alternatives, seconds=time_limit)
    if dealing and deal is not None and found.outcome == "found":
        return dealing.deal(found, deal, as_json=as_json)
    if as_json:
        print_json(_json(asked, found))
    else:
        _show(asked.wish, found, time_limit)
    return {
        "found": ExitCode.DONE,
        "impossible": ExitCode.INFEASIBLE,
        "unknown": ExitCode.NOTHING_FOUND,
    }[found.outcome]


def _show(wish: RotaWish, found: Rotas, time_limit: float) -> None:
    page = TextPage()
    who = f"{wish.people} {'person' if wish.people == 1 else 'people'}"
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
    return (
        f"{rota.weekends_off(wish.weekdays)} of {wish.people} weekends off together, "
        f"{rota.forward_steps(wish.codes)} steps to a later shift, "
        f"{rota.backward_steps(wish.codes)} to an earlier one, longest run {rota.longest_run()} days"
    )


def _grid(rota: Rota, wish: RotaWish) -> Sequence[Sequence[str]]:
    head = ("week", *(day[:2].capitalize() for day in wish.weekdays), "days off")
    rows = [(str(k), *row, str(row.count(OFF))) for k, row in enumerate(rota.rows, 1)]
    return (head, *rows)


def _json(asked: Asked, found: Rotas) -> dict[str, Any]:
    wish = asked.wish
    return {
        "outcome": found.outcome,
        "reason": found.reason,
        "complete": found.complete,
        "people": wish.people,
        "names": [p.name for p in asked.group],
        "weekdays": wish.weekdays,
        "notes": asked.notes,
        "rotas": [
            {
                "rows": rota.rows,
                "weekends_off": rota.weekends_off(wish.weekdays),
                "forward_steps": rota.forward_steps(wish.codes),
                "backward_steps": rota.backward_steps(wish.codes),
                "longest_run": rota.longest_run(),
            }
            for rota in found.rotas
        ],
    }
