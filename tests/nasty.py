"""A plan whose names, notes and titles try to be markup, formulas, templates and page script."""

from __future__ import annotations

from pathlib import Path

import tomlkit

from shiftplan.disk.formulas import csv_text

MARK = "Zz"
"""In every name of the plan, and in no word of ours."""

ANA = f"[red]{MARK} Ana[/]"
BEN = f"[@click=app.quit]{MARK} Ben[/]"
CY = f"=cmd|' /C {MARK} calc'!A0"
DEE = f"-{MARK} Dee{{{{7*7}}}} %s"
ELI = f"＝{MARK} Eli <script>alert(1)</script>"
FAY = f"@{MARK}[link=https://example.com]Fay[/link]"
PEOPLE = (ANA, BEN, CY, DEE, ELI, FAY)

SITE = f"+{MARK} [blink]<b>site</b>[/]"
QUEUE = f"[u]{MARK} {{% if 1 %}}queue[/u]"
TEAM = f"[$error]{MARK} <img src=x onerror=alert(1)> team"
GOAL = f"[i]{MARK} goal"
CONTRACT = f"[b]{MARK} part-time"
LEVEL = f"[s]{MARK}senior"
SKILL = f"=[u]{MARK}skill"
KIND = f"[reverse]{MARK} rest cure"


def write_nasty(root: Path) -> Path:
    """Write a plan of six people that is solved at once, and return its folder."""
    root.mkdir(exist_ok=True)
    plan = {
        "team": {"name": TEAM, "home": SITE, "goals": ["coverage", GOAL]},
        "horizon": {"start": tomlkit.date("2026-11-30"), "weeks": 1},
        "sites": [{"name": SITE, "timezone": "Europe/Dublin"}],
        "contracts": [{"name": CONTRACT, "share": 50}],
        "shifts": [
            {"code": "D", "name": f"[dim]{MARK} day", "start": tomlkit.time("09:00:00")}
            | {"length": "8h"}
        ],
        "rules": [
            {"kind": "days-off", "per_week": 2},
            {"kind": "leave"},
            {"kind": "demand", "strength": "coverage"},
            {"kind": "duty", "name": f"[b]{MARK} duty", "of": "D", "strength": GOAL},
            {"kind": "apart", "who": [ANA, BEN], "strength": GOAL, "source": f"[red]{MARK} law"},
            {"kind": "hours", "max": "32h", "for": {"site": [SITE]}, "strength": GOAL},
        ],
        "people": {"table": "people.csv"},
        "leave": {"table": "leave.csv"},
        "demand": [
            {"queue": QUEUE, "clock": "Europe/Dublin", "table": "demand.csv"} | {"skill": SKILL}
        ],
    }
    rows = [(name, SITE, SKILL, LEVEL, CONTRACT, "20") for name in PEOPLE]
    people = csv_text(["name", "site", "skills", "level", "contract", "hourly_rate"], rows)
    texts = {
        "shiftplan.toml": tomlkit.dumps(plan),
        "people.csv": people,
        "leave.csv": csv_text(
            ["person", "from_date", "to_date", "kind"], [(ANA, "2026-12-01", "2026-12-01", KIND)]
        ),
        "demand.csv": "weekday,start,end,minimum,target\ndaily,09:00,17:00,2,3\n",
    }
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
    return root
