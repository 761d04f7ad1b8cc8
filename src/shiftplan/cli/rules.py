"""`shiftplan rules`: what rules there are, and what each one says."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.cells import cell_len, set_cell_size

from ..errors import ShiftplanError, nearest
from ..folder.describe import is_length, meanings, plain_default, purpose
from ..folder.files import PLAN
from ..rules import RULES, Rule
from ..rules.packs import PACKS
from . import packs
from .common import AsJson, Folder, load_plan, print_json, show

EXAMPLES = """
shiftplan rules
shiftplan rules fair-share
shiftplan rules california
shiftplan rules --plan -C plans/puo
shiftplan rules --json
"""

COMMON = """\
Every rule also takes:
  strength = "must"         a hard rule; or the name of a goal, such as "coverage", that each breach
                            counts towards
  weight = 1                what one breach costs within its goal
  for = { site = ["..."] }  applies to: site, skill, level, contract, names; everyone unless given;
                            and when: from_date, to_date; always unless given
  source = "..."            where it comes from, such as a statute; shown with its breaches
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

    KIND may also be a pack, a set of rules from a law or for one purpose: each is shown with its
    source.
    """
    # Who names a folder means its plan, with or without --plan.
    if plan or folder is not None:
        _show_plan(folder, kind, as_json)
    elif kind is None:
        _show_all(as_json)
    elif kind in PACKS.names:
        _show_pack(kind, as_json)
    elif kind in RULES:
        _show_rule(kind, as_json)
    else:
        known = (*RULES, *PACKS.names)
        raise ShiftplanError(
            f"'{kind}' is no kind of rule.", nearest(kind, known) or "See 'shiftplan rules'."
        )


def _show_all(as_json: bool) -> None:
    """Print every rule in short, and every pack."""
    found = [described(kind, rule) for kind, rule in RULES.items()]
    if as_json:
        print_json([*found, *map(packs.described, PACKS.names)])
        return
    for rule in found:
        show(_in_short(rule))
    show(packs.overview())
    show(COMMON, end="")


def _show_pack(name: str, as_json: bool) -> None:
    if as_json:
        print_json(packs.described(name))
    else:
        show(packs.page(name), end="")


def _show_rule(kind: str, as_json: bool) -> None:
    rule = described(kind, RULES[kind])
    if as_json:
        print_json(rule)
        return
    show(_in_detail(rule))
    show(COMMON, end="")


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
        choices = part.get("enum", [part.get("const")])
        return " or ".join(json.dumps(choice) for choice in choices)
    if is_length(part):
        in_hours = "number" in part["type"]
        return 'hours, such as 11 or "8h30"' if in_hours else 'a length, such as "8h30"'
    kind = str(part.get("type", "text"))
    if kind == "array":
        return _list_type(part.get("items", {}))
    if kind == "integer":
        return _integer_type(part.get("minimum"), part.get("maximum"))
    if part.get("format") in {"time", "date"}:
        return f"a {part['format']}"
    return {"boolean": "true or false", "string": "text"}.get(kind, kind)


def _list_type(items: Mapping[str, Any]) -> str:
    # Choices would make a line too long; the meaning of the parameter names them.
    return "a list" if "enum" in items else f"a list of {_plain_type(items)}"


def _integer_type(least: int | None, most: int | None) -> str:
    if least is None:
        return "a number"
    return f"a number from {least}" if most is None else f"{least} to {most}"


def toml(example: Mapping[str, Any]) -> str:
    """Return *example* as a ``[[rules]]`` entry."""
    return "\n".join(["[[rules]]", *(f"{key} = {_value(value)}" for key, value in example.items())])


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _in_short(rule: Mapping[str, Any]) -> str:
    """Return one rule for people, with what it measures in short and its first example."""
    summary, *_ = rule["measure"].split("\n\n")
    lines = [rule["kind"], *_wrapped(rule["sentence"]), *_wrapped(summary)]
    for parameter in rule["parameters"]:
        lines += _parameter(parameter)
    lines += _entry(rule["examples"][0])
    return "\n".join([*lines, ""])


def _in_detail(rule: Mapping[str, Any]) -> str:
    """Return one rule for people, with all that it measures and every example."""
    lines = [rule["kind"], *_wrapped(rule["sentence"])]
    for paragraph in rule["measure"].split("\n\n"):
        lines += _wrapped(paragraph)
    for parameter in rule["parameters"]:
        lines += _parameter(parameter)
    for example in rule["examples"]:
        lines += _entry(example)
        lines += _wrapped(f"# {example['sentence']}", 4)
    return "\n".join([*lines, ""])


def _parameter(parameter: Mapping[str, Any]) -> list[str]:
    """Return the lines of one parameter: its default, its type and what it means."""
    left = f"    {parameter['name']}"
    if parameter["default"] is not None:
        left += f" = {json.dumps(parameter['default'], ensure_ascii=False)}"
    lines = [left.ljust(26) + f"  {parameter['type']}".rstrip()]
    if parameter["meaning"]:
        lines += _wrapped(parameter["meaning"], 28)
    return lines


def _entry(example: Mapping[str, Any]) -> list[str]:
    return ["", *(f"    {line}" for line in example["toml"].splitlines())]


def _wrapped(text: str, indent: int = 2) -> list[str]:
    return textwrap.wrap(
        text.replace("``", "").replace("*", ""),
        100,
        initial_indent=" " * indent,
        subsequent_indent=" " * indent,
    )


def _show_plan(folder: Path | None, kind: str | None, as_json: bool) -> None:
    """Print the rules of a plan, or those of one *kind*, in its order."""
    loaded = load_plan(folder, quiet=True)
    found = []
    for line, rule in zip(loaded.rule_lines, loaded.plan.rules, strict=True):
        if kind in (None, rule.kind):
            found.append(_plan_row(line, rule))
    if as_json:
        print_json(found)
        return
    width = max((cell_len(row["strength"]) for row in found), default=0)
    for row in found:
        where = f"{PLAN}:{row['line']:<4}"
        weight = f" (weight {row['weight']})" if row["weight"] != 1 else ""
        show(f"{where} {set_cell_size(row['strength'], width)}  {row['sentence']}{weight}")


def _plan_row(line: int, rule: Rule) -> dict[str, Any]:
    return {
        "line": line,
        "kind": rule.kind,
        "strength": rule.strength,
        "weight": rule.weight,
        "sentence": rule.sentence(),
        "source": rule.source or None,
    }
