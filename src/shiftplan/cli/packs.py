"""Packs of rules, for people and as data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

from ..folder.describe import meanings
from ..rules.packs import NOT_ADVICE, PACKS, PackEntry, PackItem

FORM = """\
[[rules]]
pack = "{pack}"
for = { site = ["..."] }   # everyone unless given
law = "must"               # or a goal
policy = "stability"       # a goal, "must" or "off"
cost = "cost"              # the goal for overtime and premiums, or "off"
except = []                # rules to leave out, by name or kind"""


def described(name: str) -> dict[str, Any]:
    """Return all there is to know about a pack: its rules, each with its sentence, label and
    citation.
    """
    pack = PACKS.all[name]
    return {
        "pack": name,
        "title": pack.title,
        "summary": pack.summary,
        "rules": [_rule(item) for item in pack.rules],
        "not_covered": list(pack.not_covered),
        "toml": FORM.replace("{pack}", name),
        "keys": {key: meanings(PackEntry).get(field, "") for key, field in _fields()},
        "note": NOT_ADVICE,
    }


def _rule(item: PackItem) -> dict[str, Any]:
    return {
        "name": item.name,
        "kind": item.kind,
        "label": item.label,
        "sentence": item.made().sentence(),
        "parameters": _parameters(item),
        "weight": item.weight,
        "citation": item.citation,
        "url": item.url or None,
        "unverified": item.unverified,
        "not_covered": item.not_covered or None,
    }


def _parameters(item: PackItem) -> dict[str, Any]:
    """Return the numbers of a rule as JSON has them."""
    found = {}
    for key, value in item.rule.items():
        if key != "kind":
            found[key] = str(value) if isinstance(value, time) else value
    return found


def _fields() -> Iterator[tuple[str, str]]:
    """Yield the keys of an entry beside ``pack`` and ``for``, with the names of their fields."""
    for name, field in PackEntry.model_fields.items():
        if name not in ("pack", "whom"):
            yield field.alias or name, name


def page(name: str) -> str:
    """Return a pack for people."""
    pack = described(name)
    lines = [name, *_wrapped(pack["title"]), *_wrapped(pack["summary"])]
    for rule in pack["rules"]:
        lines += ["", *_rule_lines(rule)]
    lines += ["", "  Not covered by this pack:"]
    for text in pack["not_covered"]:
        first, *rest = _wrapped(text, 6)
        lines += [f"    - {first.strip()}", *rest]
    lines += ["", *(f"    {line}" for line in pack["toml"].splitlines()), ""]
    return "\n".join([*lines, *_wrapped(NOT_ADVICE), ""])


def _rule_lines(rule: Mapping[str, Any]) -> list[str]:
    """Return one rule of a pack: what it says and where it comes from."""
    seen = ", unverified" if rule["unverified"] else ""
    weight = f", weight {rule['weight']}" if rule["weight"] != 1 else ""
    lines = [f"  {rule['name']} ({rule['kind']}): {rule['label']}{seen}{weight}"]
    lines += _wrapped(rule["sentence"], 4)
    lines += _wrapped(f"{rule['citation']}.", 4)
    if rule["url"]:
        lines.append(f"    {rule['url']}")
    if rule["not_covered"]:
        lines += _wrapped(f"Not covered: {rule['not_covered']}", 4)
    return lines


def overview() -> str:
    """Return every pack with its title, and how to see more."""
    lines = [
        "packs",
        *_wrapped(
            f"Sets of rules, each with its source; 'shiftplan rules NAME' shows one. {NOT_ADVICE}"
        ),
    ]
    for name, pack in PACKS.all.items():
        lines += [f"    {name:<18}  {pack.title}"]
    return "\n".join([*lines, ""])


def _wrapped(text: str, indent: int = 2) -> list[str]:
    space = " " * indent
    plain = text.replace("`", "")
    return textwrap.wrap(
        plain,
        100,
        initial_indent=space,
        subsequent_indent=space,
        break_long_words=False,
        break_on_hyphens=False,
    )
