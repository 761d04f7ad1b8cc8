"""What the hard rules of a plan ask of a cyclic rota for people who are interchangeable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import ShiftplanError, nearest
from ..facts import Facts, Person
from ..rota import RotaRequest, RotaWish
from ..rota.headcounts import Level, headcounts_of_queues
from ..rules import MUST, Rule
from .plan import Plan


@dataclass(frozen=True)
class Asked:
    """A wish, whom it applies to, and what it leaves out."""

    wish: RotaWish
    group: tuple[Person, ...]
    notes: tuple[str, ...]
    """A sentence for each hard rule that the rota may break."""


def asked_of(
    plan: Plan, *, site: str = "", people: int | None = None, cover: Level = "target"
) -> Asked:
    """Return the rota the hard rules of *plan* ask of everyone at *site*, as if they were *people*.

    Where no hard rule says how many people the shifts need, it is what queues need at level
    *cover*. Raise ``ShiftplanError`` if the people are of several sites and none is named, or if
    nothing requires anybody.
    """
    group = _group(plan.facts, site)
    request = RotaRequest(plan.facts, group)
    for rule in plan.rules:
        if rule.strength == MUST and not rule.about_own_days:
            _ask(rule, request)
    if not request.headcounts:
        _ask_for_queues(request, cover)
    wish = request.wish(len(group) if people is None else people)
    return Asked(wish, group, tuple(request.notes))


def _group(facts: Facts, site: str) -> tuple[Person, ...]:
    """Return who follows the rota: everyone at *site* who is under contract on some day."""
    _one_site(sorted({person.site for person in facts.people}), site)
    there = [person for person in facts.people if site in ("", person.site)]
    group = tuple(person for person in there if any(map(person.employed, facts.days)))
    if not group:
        where = f" at {site}" if site else ""
        when = f"between {facts.first} and {facts.last}"
        raise ShiftplanError(f"nobody{where} is under contract {when}.")
    return group


def _one_site(sites: Sequence[str], site: str) -> None:
    """Raise ``ShiftplanError`` unless *site* names one of *sites*, or there is no other."""
    if site and site not in sites:
        raise ShiftplanError(f"nobody is at a site called '{site}'.", nearest(site, sites))
    if not site and len(sites) > 1:
        raise ShiftplanError(
            f"the people are at {len(sites)} sites, and a rota is for interchangeable people.",
            f"Name one with --site: {', '.join(sites)}.",
        )


def _ask(rule: Rule, request: RotaRequest) -> None:
    """Let *rule* require what it requires of everyone, or note that it is left out."""
    applies = [rule.whom.matches(person) for person in request.group]
    if not any(applies):
        return
    # Everybody comes to every row: what only some are held to, or only for a time, has no place.
    if all(applies) and not rule.whom.dated:
        rule.ask_of_rota(request)
    else:
        rule.leave_out_of(request)


def _ask_for_queues(request: RotaRequest, level: Level) -> None:
    """Require the people that queues need."""
    found, notes = headcounts_of_queues(request.facts, request.group, request.codes, level)
    if not found:
        return
    request.headcounts += found
    request.note(f"no hard rule requires people on shifts, so the rota gives queues their {level}.")
    for note in notes:
        request.note(note)
