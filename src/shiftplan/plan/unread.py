"""Facts that no rule reads: given with care, and without any effect."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..clock import hours
from ..facts import Facts
from ..facts.clash import FactPath
from ..rules import MUST
from ..rules.base import Fact
from .plan import Plan
from .readable import readable

FEW = 3
"""Names said one by one."""

FULL_TIME = 40 * 60
"""Minutes of a week that an advice takes for full time."""


class Unread(NamedTuple):
    """What nothing reads: where it stands, and a sentence."""

    at: FactPath
    text: str


@dataclass(frozen=True)
class Remark:
    """What is said of a sort of facts, and the rule that would read them."""

    what: str
    """What is unread: ``{who}`` are people, ``{key}`` is the part of it."""
    so: str
    """What follows."""
    kind: str
    goal: str
    more: str = ""
    """Other keys of the rule, as they are written in the plan file."""


REMARKS = {
    "leave": Remark("the leave of {who}", "shifts may be planned on it", "leave", MUST),
    "availability": Remark(
        "when {who} can work", "shifts may be planned at any time", "available", MUST
    ),
    "wishes": Remark("what {who} wish for", "it counts for nothing", "wish", "wishes"),
    "pins": Remark("what is pinned for {who}", "a search may change it", "pinned", MUST),
    "lieu": Remark(
        "the days off owed in lieu to {who}", "they may expire untaken", "lieu", "fairness"
    ),
    "rotation": Remark("the rota of {who}", "nobody is held to it", "rotation", MUST),
    "hourly_rate": Remark("the hourly rate of {who}", "pay counts for nothing", "cost", "cost"),
    "carried": Remark(
        "what {who} carried over of {key}",
        "it is never evened out",
        "fair-share",
        "fairness",
        'of = "{key}"',
    ),
    "share": Remark(
        "the share of contract {key}",
        "{who} may be given as much work as anybody",
        "hours",
        MUST,
        'max = "{limit}", for = {{ contract = ["{key}"] }}',
    ),
    "curves": Remark("the demand of {queue}", "nobody is planned for it", "demand", "coverage"),
    "levels": Remark("the {key} of {queue}", "it counts for nothing", "demand", "coverage"),
    "minimum": Remark(
        "the minimum of [shift_demand]",
        "nobody is planned for it",
        "shift-demand",
        MUST,
        'level = "minimum"',
    ),
    "preferred": Remark(
        "what [shift_demand] says is preferred",
        "it counts for nothing",
        "shift-demand",
        "coverage",
        'level = "preferred"',
    ),
    "seats": Remark("the seats of {key}", "more people may be planned there", "seats", MUST),
    "holidays": Remark(
        "the public holidays of {key}",
        "they are planned like other days",
        "fair-share",
        "fairness",
        'of = "holiday"',
    ),
    "burden": Remark(
        "{key} of [burden]", "it counts for nothing", "fair-share", "fairness", 'of = "{of}"'
    ),
    "published": Remark("the published roster", "it may be changed at will", "stable", "stability"),
}
"""By what facts of one sort are called."""

BURDEN_OF = {"quick_return_below": "quick-return", "notice_days": "short-notice"}
"""What a fair share is of that reads a limit; all else in [burden] is a weight."""


def unread(plan: Plan, switched_off: Collection[str] = ()) -> Iterator[Unread]:
    """Yield a sentence for each sort of facts that no rule reads, with the first of them.

    *switched_off* are kinds of rules that the plan has and that count for nothing.
    """
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in readable(plan.facts):
        left = _left(plan, fact)
        if left is not None:
            groups.setdefault(_sort(plan, left), []).append(left)
    for (called, _), group in groups.items():
        yield Unread(group[0].at, _sentence(plan, called, group, switched_off))


def _left(plan: Plan, fact: Fact) -> Fact | None:
    """Return *fact* with the days on which no rule reads it, None if it is read."""
    readers = [rule for rule in plan.rules if rule.reads(plan.facts, fact)]
    if fact.section == "holidays" and plan.facts.leave_policies:
        return None  # leave taken and days in lieu are reckoned with them
    if not fact.days:
        return None if readers else fact
    days = [day for day in fact.days if not any(rule.whom.covers(day) for rule in readers)]
    return fact._replace(days=tuple(days)) if days else None


def _sort(plan: Plan, fact: Fact) -> tuple[str, str]:
    """Return what facts have in common that are reported in one sentence: what they are called,
    and which of them.
    """
    match fact.section:
        case "curves" if all(rule.kind != "demand" for rule in plan.rules):
            return "curves", ""
        case "curves":
            return "levels", f"{fact.key} {_queue(plan.facts, fact)}"
        case "shift_needs":
            return fact.key, ""
        case "burden":
            return "burden", _burden_of(fact)
        case "seats" | "holidays":
            return fact.section, ""
    return fact.section, fact.key


def _queue(facts: Facts, fact: Fact) -> str:
    return facts.curves[int(fact.at[1])].queue if fact.section == "curves" else ""


def _burden_of(fact: Fact) -> str:
    """Return what a fair share is of that reads *fact*, a key of [burden]."""
    return BURDEN_OF.get(fact.key, "burden")


def _sentence(plan: Plan, called: str, group: Sequence[Fact], switched_off: Collection[str]) -> str:
    remark, words = REMARKS[called], _words(plan.facts, group)
    more = remark.more.format(**words)
    what = remark.what.format(**words) + _on_days(plan, group, remark.kind)
    so = remark.so.format(**words)
    alike = [rule for rule in plan.rules if rule.kind == remark.kind]
    if not alike and remark.kind in switched_off:
        advice = f'switch the rule of kind = "{remark.kind}" on with enabled = true'
    elif called == "levels":
        advice = f'give a rule of kind = "demand" {group[0].key} = 1'
    elif not alike or more:
        advice = f"add [[rules]] with {_keys(plan, remark, more)}"
    else:
        advice = _wider(plan, group, remark)
    return f"no rule reads {what}, so {so}: {advice}."


def _words(facts: Facts, group: Sequence[Fact]) -> dict[str, str]:
    """Return what the sentence about *group* can say."""
    first = group[0]
    key = several(dict.fromkeys(fact.key or "all sites" for fact in group))
    queues = dict.fromkeys(_queue(facts, fact) for fact in group)
    return {
        "who": several(dict.fromkeys(fact.who for fact in group if fact.who)),
        "key": key,
        "queue": f"{'queue' if len(queues) == 1 else 'queues'} {several(queues)}",
        "of": _burden_of(first),
        "limit": _part_of_full_time(facts, first),
    }


def _part_of_full_time(facts: Facts, fact: Fact) -> str:
    """Return the hours of a week that the share of a contract comes to, if *fact* is one."""
    if fact.section != "share":
        return ""
    return hours(FULL_TIME * facts.share(fact.who) // 100)


def several(names: Iterable[str]) -> str:
    """Return names as people list them, the first few of many."""
    found = list(names)
    if len(found) > FEW + 1:
        found = [*found[:FEW], f"{len(found) - FEW} others"]
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} and {found[-1]}"


def _on_days(plan: Plan, group: Sequence[Fact], kind: str) -> str:
    """Return on which days, as the end of a sentence, where rules of the kind leave some out."""
    days = {day for fact in group for day in fact.days}
    if not days or not any(rule.kind == kind for rule in plan.rules):
        return ""
    first, last = min(days), max(days)
    if first == last:
        return f" on {first:%a %d %b}"
    return f" from {first:%a %d %b} to {last:%a %d %b}"


def _keys(plan: Plan, remark: Remark, more: str) -> str:
    """Return the keys of the rule that would read it, as they are written in the plan file."""
    kind, strength = f'kind = "{remark.kind}"', f'strength = "{_strength(plan, remark.goal)}"'
    return several([kind, *filter(None, [more]), strength])


def _wider(plan: Plan, group: Sequence[Fact], remark: Remark) -> str:
    """Return how a rule of the kind there is comes to read what it leaves out."""
    widen = f"widen 'for' of the rule of kind = \"{remark.kind}\""
    names = list(dict.fromkeys(fact.who for fact in group if fact.who))
    if not 0 < len(names) <= FEW:
        return widen
    whom = "for = { names = [" + ", ".join(f'"{name}"' for name in names) + "] }"
    return f"{widen}, or add [[rules]] with {_keys(plan, remark, whom)}"


def _strength(plan: Plan, goal: str) -> str:
    """Return *goal* if the plan has it, or else its last goal."""
    return goal if goal in plan.goals else plan.goals[-1]
