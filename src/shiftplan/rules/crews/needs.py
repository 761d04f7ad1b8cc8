"""What lines that require people on shifts have in common with each other, and with a rota."""

from __future__ import annotations

from collections.abc import Sequence

from ...facts import Facts, ShiftNeed
from ...rota import RotaRequest


def concerns(need: ShiftNeed, rota: RotaRequest) -> bool:
    """Say whether the line is about the group's site, or any, and about shifts of the rota."""
    return need.site in ("", rota.group[0].site) and bool(rota.select(need.shift))


def note_left_out(lines: Sequence[ShiftNeed], rota: RotaRequest) -> None:
    """Note what the dates and sites of *lines* mean for the rota."""
    if any(need.date for need in lines):
        rota.note("people required on single dates are no part of a rota.")
    if rota.several_sites and not all(need.site for need in lines):
        rota.note("people required at any site are all given by this one.")


def all_have_skill(need: ShiftNeed, rota: RotaRequest) -> bool:
    """Say whether everyone who follows the rota has the line's skill, if it names one."""
    return not need.skill or all(need.skill in person.skills for person in rota.group)


def shares_people(facts: Facts, need: ShiftNeed, other: ShiftNeed) -> bool:
    """Say whether one person on one shift may count for both lines."""
    if need.site and other.site and need.site != other.site:
        return False
    return not facts.select(need.shift).isdisjoint(facts.select(other.shift))


def called(need: ShiftNeed) -> str:
    """Return the line in words, as in *E at Dublin with ops*."""
    site = f" at {need.site}" if need.site else ""
    skill = f" with {need.skill}" if need.skill else ""
    return f"{need.shift}{site}{skill}"
