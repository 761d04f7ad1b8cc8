"""`shiftplan rules`: what rules there are, and what each one says."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from ..errors import ShiftplanError, nearest
from ..folder.describe import is_length, meanings, plain_default, purpose
from ..rules import RULES, Rule
from ..rules.packs import PACKS
from . import packs
from .common import AsJson, Folder, load_plan, print_json

EXAMPLES = """
shiftplan rules
shiftplan rules fair-share
shiftplan rules california
shiftplan rules --plan -C plans/puo
shiftplan rules --json
"""

COMMON = """\
Every rule also takes:
  strength = "must"         or the name of a goal, such as "coverage", that pays for each breach
  weight = 1                what one breach costs within its goal
  for = { site = ["..."] }  whom it is for: site, skill, level, contract, names; everyone unless given;
                            and when: from_date, to_date; always unless given
  source = "..."            where it comes from, such as a statute; told with its breaches
  enabled = true            false switches the rule off and keeps it in the plan
"""

KindArgument = Annotated[
    str | None, typer.Argument(metavar="[KIND]", help="Only this rule or pack, in detail.")
]
OfPlan = Annotated[
    bool, typer.Option("--plan", help="The rules of this plan, with strength and line.")
]


def command(
    kind: KindArgument = None, folder: Folder = None, plan: OfPlan = False, as_json: AsJson = False
) -> None:
    """Explain the rules: what each says, its parameters, and examples for the plan file.

    KIND may also be a pack, a set of rules from a law or to one end: each is shown with its source.
    """
    if plan or folder is not None:
        _plan_rules(folder, kind, as_json)
        return
    if kind in PACKS.names:
        print_json(packs.described(kind)) if as_json else print(packs.page(kind), end="")
        return
    if kind is not None and kind not in RULES:
        known = (*RULES, *PACKS.names)
        raise ShiftplanError(
            f"'{kind}' is no kind of rule.", nearest(kind, known) or "See 'shiftplan rules'."
        )
    chosen = RULES if kind is None else {kind: RULES[kind]}
    if as_json:
        found = [described(name, rule) for name, rule in chosen.items()]
        print_json([*found, *map(packs.described, PACKS.names)] if kind is None else found[0])
        return
    for name, rule in chosen.items():
        print(_page(described(name, rule), detailed=kind is not None))
    if kind is None:
        print(packs.overview())
    print(COMMON, end="")


def described(kind: str, rule: type[Rule]) -> dict[str, Any]:
    """Return all there is to know about a rule: sentence, measure, parameters, examples."""
    examples = [{"kind": kind, **example} for example in rule.examples]
    return {
        "kind": kind,
        "sentence": rule.model_validate(examples[0]).sentence(),
        "measure": purpose(rule),
        "parameters": _parameters(rule),
        "examples": [
            {"toml": toml(e), "sentence": rule.model_validate(e).sentence()} for e in examples
        ],
    }


def _parameters(rule: type[Rule]) -> list[dict[str, Any]]:
    schema = rule.model_json_schema(by_alias=True)
    return [
        {
            "name": name,
            "type": _type(part),
            "default": plain_default(part),
            "required": name in schema.get("required", ()),
            "meaning": meanings(rule).get(name, ""),
        }
        for name, part in schema["properties"].items()
        if name not in {"kind", "strength", "weight", "for", "source", "enabled"}
    ]


def _options(part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the ways a value may be written, none left out."""
    return [option for option in part.get("anyOf", [part]) if option.get("type") != "null"]


def _type(part: Mapping[str, Any]) -> str:
    return " or ".join(_plain_type(option) for option in _options(part))


def _plain_type(part: Mapping[str, Any]) -> str:
    if "enum" in part or "const" in part:
        return " or ".join(json.dumps(choice) for choice in part.get("enum", [part.get("const")]))
    if is_length(part):
        return (
            'hours, such as 11 or "8h30"'
            if "number" in part["type"]
            else 'a length, such as "8h30"'
        )
    kind = str(part.get("type", "text"))
    if kind == "array":
        return (
            f"a list of {_plain_type(part.get('items', {}))}"
            if "enum" not in part.get("items", {})
            else "a list"
        )
    if kind == "integer":
        least, most = part.get("minimum"), part.get("maximum")
        if least is not None and most is not None:
            return f"{least} to {most}"
        return f"a number from {least}" if least is not None else "a number"
    if part.get("format") in {"time", "date"}:
        return f"a {part['format']}"
    return {"boolean": "true or false", "string": "text"}.get(kind, kind)


def toml(example: Mapping[str, Any]) -> str:
    """Return *example* as a ``[[rules]]`` entry."""
    return "\n".join(["[[rules]]", *(f"{key} = {_value(value)}" for key, value in example.items())])


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _page(rule: Mapping[str, Any], *, detailed: bool) -> str:
    """Return one rule for people; in short, with its first example only, unless *detailed*."""
    paragraphs = rule["measure"].split("\n\n")
    lines = [rule["kind"], *_wrapped(rule["sentence"])]
    lines += [
        line for text in (paragraphs if detailed else paragraphs[:1]) for line in _wrapped(text)
    ]
    for p in rule["parameters"]:
        default = (
            "" if p["default"] is None else f" = {json.dumps(p['default'], ensure_ascii=False)}"
        )
        lines.append(f"    {p['name']}{default}".ljust(26) + f"  {p['type']}".rstrip())
        lines += _wrapped(p["meaning"], 28) if p["meaning"] else []
    for example in rule["examples"] if detailed else rule["examples"][:1]:
        lines += ["", *(f"    {line}" for line in example["toml"].splitlines())]
        lines += _wrapped(f"# {example['sentence']}", 4) if detailed else []
    return "\n".join([*lines, ""])


def _wrapped(text: str, indent: int = 2) -> list[str]:
    return textwrap.wrap(
        text.replace("``", "").replace("*", ""),
        100,
        initial_indent=" " * indent,
        subsequent_indent=" " * indent,
    )


def _plan_rules(folder: Any, kind: str | None, as_json: bool) -> None:
    loaded = load_plan(folder, quiet=True)
    found = [
        {
            "line": line,
            "kind": rule.kind,
            "strength": rule.strength,
            "weight": rule.weight,
            "sentence": rule.sentence(),
            "source": rule.source or None,
        }
        for line, rule in zip(loaded.rule_lines, loaded.plan.rules, strict=True)
        if kind in (None, rule.kind)
    ]
    if as_json:
        print_json(found)
        return
    width = max((len(str(r["strength"])) for r in found), default=0)
    for r in found:
        weight = f" (weight {r['weight']})" if r["weight"] != 1 else ""
        print(f"shiftplan.toml:{r['line']:<4} {r['strength']:<{width}}  {r['sentence']}{weight}")
