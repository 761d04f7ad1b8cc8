"""Sites, contracts, leave policies and people that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import nearest
from .clash import Clash, not_one_of, repeats, same_names, wrong_weekday
from .given import GivenFacts
from .holidays import country_of, known_countries


def team_clashes(facts: GivenFacts) -> Iterator[Clash]:
    """Yield what is wrong with the team, its sites, its contracts and the first day."""
    sites = [s.name for s in facts.sites]
    if not sites:
        yield Clash(("sites",), "there is no site.", "Add a [[sites]] entry.")
    yield from same_names("sites", "name", sites)
    yield from same_names("contracts", "name", [c.name for c in facts.contracts])
    yield from not_one_of("sites", ("team", "home"), facts.team.home, sites)
    yield from wrong_weekday(("horizon", "start"), facts.horizon.start, facts.team.week_starts)
    for k, site in enumerate(facts.sites):
        if site.holidays is not None:
            yield from _unknown_country(k, site.holidays)


def _unknown_country(k: int, calendar: str) -> Iterator[Clash]:
    country = country_of(calendar)
    if country not in known_countries():
        hint = nearest(country, known_countries()) or "Use a country code such as IE, or US-CA."
        message = f"no holiday calendar is known for '{country}'."
        yield Clash(("sites", k, "holidays"), message, hint)


def leave_policy_clashes(facts: GivenFacts) -> Iterator[Clash]:
    """Yield policies of sites and contracts there are not, and balances given twice."""
    sites = {s.name for s in facts.sites}
    contracts = {c.name for c in facts.contracts}
    for k, policy in enumerate(facts.leave_policies):
        for site in policy.sites:
            yield from not_one_of("sites", ("leave_policies", k, "sites"), site, sites)
        for contract in policy.contracts:
            at = ("leave_policies", k, "contracts")
            yield from not_one_of("contracts", at, contract, contracts)
    lines = facts.leave_balances
    # Days in lieu are listed by the day they expire: two lines for two days are no repeat.
    for k in repeats((line.person, line.account, line.last_day) for line in lines):
        message = f"{lines[k].person} has two lines for {lines[k].account}."
        yield Clash(("leave_balances", k, "account"), message, "Add them up in one line.")


def people_clashes(facts: GivenFacts) -> Iterator[Clash]:
    """Yield people of the same name, and those with a site or contract there is not."""
    sites = {s.name for s in facts.sites}
    contracts = {c.name for c in facts.contracts}
    yield from same_names("people", "name", [p.name for p in facts.people])
    yield from _id_clashes(facts)
    for k, p in enumerate(facts.people):
        yield from not_one_of("sites", ("people", k, "site"), p.site, sites)
        yield from not_one_of("contracts", ("people", k, "contract"), p.contract, contracts)


def _id_clashes(facts: GivenFacts) -> Iterator[Clash]:
    """Yield ids that are there twice, and names of people without an id that are somebody's id."""
    named = {p.name.casefold(): p for p in facts.people}
    given = [(k, p) for k, p in enumerate(facts.people) if p.id]
    for again in repeats(p.id.casefold() for _, p in given):
        k, p = given[again]
        message = f"'{p.id}' is there twice."
        yield Clash(("people", k, "id"), message, "Give each an id of their own.")
    for k, p in given:
        other = named.get(p.id.casefold(), p)
        # One's own name is no clash, and whoever has an id of their own is told apart by it.
        if other is p or other.id:
            continue
        message = f"'{p.id}' is the id of {p.name}, and the name of somebody else, without an id."
        # Another id for the first would make them somebody new on record.
        hint = (
            f"If that is somebody new, give them an id of their own, or another name, such as "
            f"'{other.name} (2)'; the id of {p.name} stays."
        )
        yield Clash(("people", k, "id"), message, hint)
