"""Write a plan folder of any size in the shape of ``fixtures/puo``.

    python benchmarks/generate.py --people 200 --sites 4 --weeks 4 OUT

Shifts, rules and goals are those of the flagship. People, leave, wishes and the week before are
drawn from the seed; its demand is scaled, site by site, with the people who are there to meet it.
With fewer than three sites the team cannot be there around the clock, so its users are answered
from 07:00 to 21:00 only.
"""

from __future__ import annotations

import argparse
import copy
import csv
import os
import random
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import tomlkit

FLAGSHIP = Path(__file__).parents[1] / "fixtures" / "puo"
OPEN, CLOSED = time(7), time(21)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A site: its entry in the plan, the site whose demand it has, the names of people there."""

    name: str
    timezone: str
    holidays: str
    users: tuple[str, ...]
    """Clocks of the flagship's curves that this site's people are meant for."""
    borrowed: str
    """The flagship's site whose demand this one copies; its own name if it is one of them."""
    pay: tuple[int, int]
    given: str
    family: str


PLACES = (
    Place(
        "San Jose",
        "America/Los_Angeles",
        "US-CA",
        ("America/Los_Angeles", "America/New_York"),
        "San Jose",
        (36, 58),
        "Alma Brandon Carlos Cynthia Deepa Derek Elena Ethan Fatima Gloria Henry Irene Isaac",
        "Adams Aguilar Baker Bautista Castillo Chang Davis Dinh Evans Flores Garcia Gupta Hall",
    ),
    Place(
        "Dublin",
        "Europe/Dublin",
        "IE",
        ("Europe/London",),
        "Dublin",
        (27, 43),
        "Agnieszka Aidan Ailbhe Bridget Bruno Caoimhe Carmen Clodagh Conor Daragh Emer Enzo",
        "Boyle Brady Carroll Casey Costa Cullen Daly Duffy Dunne Farrell Ferreira Flynn Foley",
    ),
    Place(
        "Singapore",
        "Asia/Singapore",
        "SG",
        ("Asia/Singapore",),
        "Singapore",
        (23, 37),
        "Adeline Aaron Aisha Amirul Chandra Cheryl Darren Deepak Eileen Faizal Gavin Hafiz Hui",
        "Abdullah Ang Chan Chia Chong Foo Gan Hassan Heng Ho Kang Koh Kumar Kwok Lau Leong Loh",
    ),
    Place(
        "Bengaluru",
        "Asia/Kolkata",
        "IN-KA",
        ("Asia/Singapore",),
        "Singapore",
        (12, 24),
        "Abhinav Aditi Ajay Ananya Arjun Bhavana Chaitra Deepika Dinesh Divya Ganesh Gayatri",
        "Acharya Bhat Das Desai Fernandes Gowda Hegde Iyengar Jain Joshi Kamath Kapoor Kulkarni",
    ),
)
SHARES = {1: (18,), 2: (18, 14), 3: (18, 14, 12), 4: (15, 11, 9, 9)}
"""Of 44 people, how many sit where, by the number of sites."""
AT_HOME = {"San Jose": 18, "Dublin": 14, "Singapore": 12}
"""How many people the flagship's demand was made for."""

KINDS = (
    ("chat tickets lead", "L3", "full-time", 20),
    ("chat tickets lead", "L2", "full-time", 16),
    ("chat tickets", "L2", "full-time", 24),
    ("tickets", "L2", "full-time", 5),
    ("chat tickets", "L1", "full-time", 20),
    ("tickets", "L1", "full-time", 6),
    ("chat", "L1", "fixed-term", 9),
)
"""Skills, level, contract, and how many of a hundred people are like that."""

Row = dict[str, Any]


def main(words: Sequence[str] | None = None) -> None:
    """Write the folder the command line asks for."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument(
        "out", type=Path, metavar="OUT", help="folder to write; it must not hold a plan yet"
    )
    ask.add_argument("--people", type=int, default=200, metavar="N")
    ask.add_argument("--sites", type=int, default=4, choices=sorted(SHARES))
    ask.add_argument("--weeks", type=int, default=4, metavar="W")
    ask.add_argument("--seed", type=int, default=0)
    given = ask.parse_args(words)
    os.umask(0o077)  # what people are paid is for the owner's eyes, in a made-up team too
    if given.people < 4 * given.sites or given.weeks < 1:
        ask.error("there must be four people a site and a week, at least")
    if (given.out / "shiftplan.toml").exists():
        ask.error(f"{given.out} holds a plan already")
    write(given.out, given.people, given.sites, given.weeks, given.seed)


def write(out: Path, people: int, sites: int, weeks: int, seed: int) -> None:
    """Write the plan and its tables."""
    rng = random.Random(f"{people} {sites} {weeks} {seed}")
    places = PLACES[:sites]
    plan = tomllib.loads((FLAGSHIP / "shiftplan.toml").read_text("utf-8"))
    first: date = plan["horizon"]["start"]
    days = [first + k * DAY for k in range(7 * weeks)]
    headcounts = dict(zip(places, _shares(people, SHARES[sites]), strict=True))
    staff = [
        row for place, count in headcounts.items() for row in _people(rng, place, count, first)
    ]
    away = _leave(rng, staff, days)

    out.mkdir(parents=True, exist_ok=True)
    plan["team"]["name"] = f"{people} people, {sites} sites, {weeks} weeks, seed {seed}"
    plan["horizon"]["weeks"] = weeks
    plan["sites"] = [
        {"name": p.name, "timezone": p.timezone, "holidays": p.holidays, "seats": count}
        for p, count in headcounts.items()
    ]
    plan["rules"] = [*_rules(plan["rules"], places)]
    plan["demand"] = [*_demand(out, plan["demand"], headcounts)]
    for section in ("availability", "pins", "carried"):
        plan.pop(section, None)
    _table(out / "people.csv", staff)
    _table(out / "leave.csv", _spans(away))
    _table(out / "wishes.csv", _wishes(rng, staff, days, away))
    _table(out / "history.csv", _history(rng, staff, first))
    (out / "shiftplan.toml").write_text(tomlkit.dumps(plan), "utf-8")


def _table(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def _shares(people: int, shares: Sequence[int]) -> list[int]:
    """Share people out to sites, the largest remainders first."""
    exact = [people * share / sum(shares) for share in shares]
    headcounts = [int(x) for x in exact]
    by_rest = sorted(range(len(shares)), key=lambda k: headcounts[k] - exact[k])
    for k in by_rest[: people - sum(headcounts)]:
        headcounts[k] += 1
    return headcounts


# -- people and their dates ------------------------------------------------------------------------


def _people(rng: random.Random, place: Place, count: int, first: date) -> Iterator[Row]:
    """Yield the people of a site, the most senior first; every kind has its share in every site."""
    pairs = [
        f"{given} {family}" for given in place.given.split() for family in place.family.split()
    ]
    names = rng.sample(pairs, min(count, len(pairs)))
    names += [f"{names[k % len(pairs)]} {k // len(pairs) + 1}" for k in range(len(pairs), count)]
    kinds = [
        kind
        for kind, number in zip(KINDS, _shares(count, [k[3] for k in KINDS]), strict=True)
        for _ in range(number)
    ]
    low, high = place.pay
    for rank, (name, (skills, level, contract, _)) in enumerate(zip(names, kinds, strict=True)):
        seniority = 1 - rank / count
        yield {
            "name": name,
            "site": place.name,
            "skills": skills,
            "level": level,
            "contract": contract,
            "hourly_rate": f"{low + (high - low) * seniority + rng.randint(-2, 2) / 4:.2f}",
            "start_date": first - timedelta(days=120 + int(2500 * seniority) + rng.randint(0, 60)),
        }


def _leave(
    rng: random.Random, staff: Sequence[Row], days: Sequence[date]
) -> dict[tuple[str, date], str]:
    """Draw about seven days of leave in a hundred working days: a week off, or a few days."""
    away: dict[tuple[str, date], str] = {}
    for person in staff:
        for monday in days[::7]:
            draw = rng.random()
            if draw < 0.04:
                start, length, kind = 0, 5, "pto"
            elif draw < 0.12:
                start, length = rng.randint(0, 5), rng.randint(1, 2)
                kind = rng.choice(("pto", "pto", "sick", "training", "lieu"))
            else:
                continue
            away |= {(person["name"], monday + (start + k) * DAY): kind for k in range(length)}
    return away


def _spans(away: dict[tuple[str, date], str]) -> list[Row]:
    """Return leave as rows, days of one kind in a row as one."""
    rows: list[Row] = []
    for (name, day), kind in sorted(away.items()):
        last = rows[-1] if rows else None
        if last and (last["person"], last["to_date"], last["kind"]) == (name, day - DAY, kind):
            last["to_date"] = day
        else:
            rows.append({"person": name, "from_date": day, "to_date": day, "kind": kind})
    return rows


def _wishes(
    rng: random.Random, staff: Sequence[Row], days: Sequence[date], away: Iterable[tuple[str, date]]
) -> list[Row]:
    """Draw three wishes for two people every four weeks, most of them for days off, often at
    weekends.
    """
    rows: dict[tuple[str, date], Row] = {}
    taken = set(away)
    for _ in range(len(staff) * len(days) * 3 // 56):
        name, day = rng.choice(staff)["name"], rng.choice(days)
        if rng.random() < 0.4:
            day += (5 - day.weekday()) * DAY
        if (name, day) in taken:
            continue
        wish, shift = rng.choice(
            (("day-off", ""),) * 5 + (("shift-off", "late"), ("shift-off", "early"), ("day-on", ""))
        )
        rows[name, day] = {
            "person": name,
            "date": day,
            "wish": wish,
            "shift": shift,
            "weight": rng.choice((1, 2, 2, 3)),
        }
    return [rows[key] for key in sorted(rows)]


def _history(rng: random.Random, staff: Sequence[Row], first: date) -> list[Row]:
    """Return the week before: one shift all week, two days off in a row, half at its end."""
    rows = []
    for number, person in enumerate(staff):
        code = "EDL"[number % 3]
        off = 5 if number // 3 % 2 else rng.randint(0, 4)
        for k in range(7):
            if k not in (off, off + 1):
                rows.append(
                    {"person": person["name"], "date": first + (k - 7) * DAY, "shift": code}
                )
    return sorted(rows, key=lambda row: row["date"])


# -- rules and demand ------------------------------------------------------------------------------


def _rules(rules: Iterable[Row], places: Sequence[Place]) -> Iterator[Row]:
    """Yield the flagship's rules; one for a site is kept if the site is there, and copied for its
    double.
    """
    names = {place.name for place in places}
    for rule in rules:
        if {rule.get("from_site"), rule.get("to_site")} - {None} - names:
            continue
        sites = rule.get("for", {}).get("site")
        for place in places if sites else (None,):
            mine = copy.deepcopy(rule)
            if place is not None:
                if place.borrowed not in sites:
                    continue
                mine["for"]["site"] = [place.name]
            if mine.get("kind") == "presence" and len(places) < 3:
                mine |= {"start": OPEN, "end": CLOSED}
            yield mine


def _demand(out: Path, entries: Iterable[Row], headcounts: dict[Place, int]) -> Iterator[Row]:
    """Write the flagship's curves, each scaled to its site, and yield what names them."""
    originals = [(entry, _rows(FLAGSHIP / entry["table"])) for entry in entries]
    for place, count in headcounts.items():
        for entry, rows in originals:
            if entry["clock"] not in place.users:
                continue
            clock = entry["clock"] if place.name == place.borrowed else place.timezone
            name = f"demand-{entry['queue']}-{clock.split('/')[-1].lower().replace('_', '-')}.csv"
            _table(
                out / name,
                [
                    _scaled(row, count / AT_HOME[place.borrowed], len(headcounts) < 3)
                    for row in rows
                ],
            )
            yield {**entry, "clock": clock, "table": name}


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _scaled(row: Row, factor: float, by_day: bool) -> Row:
    """Return a row of a curve for *factor* times the people; one person needed remains one."""
    shut = by_day and not OPEN <= time.fromisoformat(row["start"]) < CLOSED
    low, target = (
        0 if shut or not int(row[key]) else max(1, round(int(row[key]) * factor))
        for key in ("minimum", "target")
    )
    return {**row, "minimum": low, "target": target}


if __name__ == "__main__":
    main()
