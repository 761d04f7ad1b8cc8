"""The fields of a form, made from a model: a rule's parameters, a table's columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache
from typing import Any

from pydantic import BaseModel

from ..clock import hours, zone_names
from ..facts import Facts
from ..folder.describe import is_length, meanings
from ..rules import MUST, RULES, Rule
from ..rules.packs import OFF, PackEntry

YES, NO = "yes", "no"
FOR = "for"

Part = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One line of a form."""

    key: str
    """As the plan has it; inside a table of its own ``for.site``."""
    meaning: str
    shape: str
    """``choice``, ``bool``, ``list``, ``words``, ``int``, ``length``, ``date``, ``time`` or
    ``text``.
    """
    required: bool
    default: str
    """What holds if nothing is given."""
    choices: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    """Values worth suggesting."""

    def read(self, text: str, was: Any = None) -> Any:
        """Return *text* as TOML would hold it, as a list if *was* is one; None for nothing."""
        text = text.strip()
        if not text:
            return None
        if self.shape == "bool":
            return {YES: True, NO: False}.get(text, text)
        if self.shape == "list" or (
            self.shape == "words" and ("," in text or isinstance(was, list))
        ):
            return [part.strip() for part in text.split(",") if part.strip()]
        if self.shape in ("int", "length") and re.fullmatch(r"-?\d{1,18}", text):
            return int(text)
        if self.shape == "length" and re.fullmatch(r"\d{1,9}\.\d{1,6}", text):
            return float(text)
        return _moment(self.shape, text)


def _moment(shape: str, text: str) -> Any:
    try:
        return {"date": date.fromisoformat, "time": time.fromisoformat}.get(shape, str)(text)
    except ValueError:
        return text


def write(value: Any) -> str:
    """Return a value of the plan as it stands in a form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list | tuple):
        return ", ".join(write(v) for v in value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def rule_fields(kind: str, facts: Facts | None, goals: Sequence[str]) -> tuple[Field, ...]:
    """Return the fields of a kind of rule: its own, then what all rules have; or of a pack."""
    shared = ("kind", "pack", "enabled")
    found = [f for f in _fields(entry_model(kind), facts) if f.key not in shared]
    last = [f for f in found if f.key in ("weight", "source") or f.key.startswith(f"{FOR}.")]
    own = [f for f in found if f not in last]
    if kind not in RULES:
        pays = {"law": (MUST, *goals), "policy": (MUST, *goals, OFF), "cost": (*goals, OFF)}
        own = [replace(f, shape="choice", choices=pays[f.key]) if f.key in pays else f for f in own]
        return (*own, *last)
    strength = next(f for f in found if f.key == "strength")
    own.remove(strength)
    return (*own, replace(strength, shape="choice", default=MUST, choices=(MUST, *goals)), *last)


def entry_model(kind: str) -> type[Rule] | type[PackEntry]:
    """Return what a ``[[rules]]`` entry of this kind is: a rule, or the pack of this name."""
    return RULES.get(kind, PackEntry)


def row_fields(
    model: type[BaseModel], columns: Iterable[str], facts: Facts | None
) -> tuple[Field, ...]:
    """Return the fields of a table's row, column by column."""
    by_key = {f.key: f for f in _fields(model, facts)}
    return tuple(by_key.get(c, Field(c, "", "text", False, "")) for c in columns)


def _fields(model: type[BaseModel], facts: Facts | None, prefix: str = "") -> list[Field]:
    schema, said = _schema(model), meanings(model)
    required = schema.get("required", ())
    found = []
    for name, info in model.model_fields.items():
        key = info.alias or name
        part: Part = schema["properties"][key]
        inner = info.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += _fields(inner, facts, f"{prefix}{key}.")
            continue
        choices = _choices(part)
        shape = _shape(part)
        found.append(
            Field(
                prefix + key,
                said.get(name, "").replace("``", "'").replace("*", ""),
                shape,
                key in required,
                _default(part, shape),
                choices,
                _known(key, facts),
            )
        )
    return found


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _parts(part: Part) -> list[Part]:
    return [p for p in part.get("anyOf", (part,)) if p.get("type") != "null"]


def _shape(part: Part) -> str:
    one = _parts(part)[0]
    if "enum" in one or "const" in one:
        return "choice"
    if is_length(one):
        return "length"
    kind = one.get("type")
    if kind == ["string", "array"]:
        return "words"
    if one.get("format") in ("date", "time"):
        return str(one["format"])
    return {"boolean": "bool", "array": "list", "integer": "int", "number": "text"}.get(
        str(kind), "text"
    )


def _choices(part: Part) -> tuple[str, ...]:
    one = _parts(part)[0]
    if one.get("type") == "boolean":
        return (YES, NO)
    return tuple(str(v) for v in one.get("enum", [one["const"]] if "const" in one else []))


def _default(part: Part, shape: str) -> str:
    value = part.get("default")
    if shape == "length" and isinstance(value, int) and not isinstance(value, bool):
        return hours(value)
    return write(value)


def _known(key: str, facts: Facts | None) -> tuple[str, ...]:
    """Return the values of these facts that a key of this name may take."""
    if key in ("clock", "timezone"):
        return tuple(sorted(zone_names()))
    if facts is None:
        return ()
    if key in ("site", "sites", "from_site", "to_site"):
        return tuple(s.name for s in facts.sites)
    if key.endswith("skill") or key == "skills":
        return tuple(sorted({s for p in facts.people for s in p.skills}))
    if key.endswith("level"):
        return tuple(sorted({p.level for p in facts.people if p.level}))
    if key == "contract":
        return tuple(c.name for c in facts.contracts)
    if key in ("names", "who", "person"):
        return tuple(p.name for p in facts.people)
    return tuple(sorted(facts.selectors)) if key in ("of", "shift", "forbid") else ()
