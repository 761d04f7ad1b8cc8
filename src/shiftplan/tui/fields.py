"""The fields of a form, made from a model: a rule's parameters, a table's columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
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
_TRUTH = {YES: True, NO: False}
# Longer numbers are no amount anybody means, and TOML holds none above 64 bits.
_WHOLE = re.compile(r"-?\d{1,18}")
_DECIMAL = re.compile(r"\d{1,9}\.\d{1,6}")
HANDLED_ELSEWHERE = ("kind", "pack", "enabled")
"""Keys of an entry that have no field: they are picked, or switched, on the rules screen."""

Part = Mapping[str, Any]
"""What a JSON schema says of one key."""

_SHAPES = {"boolean": "bool", "array": "list", "integer": "int"}


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
        """Return *text* as TOML would hold it, as a list if *was* is one; None for nothing.

        What is no value of the field's shape stays text: the plan's own checks say what is wrong.
        """
        text = text.strip()
        if not text:
            return None
        if self.shape == "bool":
            return _TRUTH.get(text, text)
        if self._is_list(text, was):
            parts = (part.strip() for part in text.split(","))
            return [part for part in parts if part]
        if self.shape in ("int", "length"):
            return _number(text, decimals=self.shape == "length")
        return _moment(self.shape, text)

    def _is_list(self, text: str, was: Any) -> bool:
        if self.shape == "list":
            return True
        # One word may stand alone in the plan; a list of one stays a list.
        return self.shape == "words" and ("," in text or isinstance(was, list))


def _number(text: str, *, decimals: bool) -> Any:
    if _WHOLE.fullmatch(text):
        return int(text)
    if decimals and _DECIMAL.fullmatch(text):
        return float(text)
    # A length may also be written ``8h30``.
    return text


def _moment(shape: str, text: str) -> Any:
    try:
        if shape == "date":
            return date.fromisoformat(text)
        if shape == "time":
            return time.fromisoformat(text)
    except ValueError:
        pass
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
    own: list[Field] = []
    last: list[Field] = []
    for field in _fields(entry_model(kind), facts):
        if field.key in HANDLED_ELSEWHERE:
            continue
        # What all rules have comes last: it is seldom changed.
        common = field.key in ("weight", "source") or field.key.startswith("for.")
        (last if common else own).append(field)
    own = _strength_last(own, goals) if kind in RULES else _pack_fields(own, goals)
    return (*own, *last)


def _strength_last(fields: Sequence[Field], goals: Sequence[str]) -> list[Field]:
    """Return the fields of a rule, its strength as a choice behind what is its own."""
    strength = next(field for field in fields if field.key == "strength")
    choice = replace(strength, shape="choice", default=MUST, choices=(MUST, *goals))
    return [*(field for field in fields if field is not strength), choice]


def _pack_fields(fields: Sequence[Field], goals: Sequence[str]) -> list[Field]:
    """Return the fields of a pack, its three strengths as choices."""
    # A law cannot be switched off, and money cannot be a hard rule.
    choices = {"law": (MUST, *goals), "policy": (MUST, *goals, OFF), "cost": (*goals, OFF)}
    found = []
    for field in fields:
        known = choices.get(field.key)
        found.append(replace(field, shape="choice", choices=known) if known else field)
    return found


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
    schema = _schema(model)
    required = schema.get("required", ())
    found = []
    for name, info in model.model_fields.items():
        key = info.alias or name
        inner = info.annotation
        # A table inside becomes fields beside the others, such as ``for.site``.
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += _fields(inner, facts, f"{prefix}{key}.")
            continue
        part: Part = schema["properties"][key]
        shape = _shape(part)
        meaning = meanings(model).get(name, "").replace("``", "'").replace("*", "")
        found.append(
            Field(
                prefix + key,
                meaning,
                shape,
                key in required,
                _default(part, shape),
                _choices(part),
                _known(key, facts),
            )
        )
    return found


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _parts(part: Part) -> list[Part]:
    # A key that may be left out is, in JSON schema, one that may also be null.
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
    # Numbers with decimals stay text: what was typed is written as it was.
    return _SHAPES.get(str(kind), "text")


def _choices(part: Part) -> tuple[str, ...]:
    one = _parts(part)[0]
    if one.get("type") == "boolean":
        return (YES, NO)
    values = [one["const"]] if "const" in one else one.get("enum", [])
    return tuple(str(value) for value in values)


def _default(part: Part, shape: str) -> str:
    value = part.get("default")
    # A bool is an int to Python, and yes is no length.
    if shape == "length" and isinstance(value, int) and not isinstance(value, bool):
        return hours(value)
    return write(value)


def _known(key: str, facts: Facts | None) -> tuple[str, ...]:
    """Return the values of these facts that a key of this name may take."""
    if key in ("clock", "timezone"):
        return tuple(sorted(zone_names()))
    if facts is None:
        return ()
    for names, values in _KNOWN:
        if key in names:
            return values(facts)
    # Rules have keys such as ``ahead_skill`` and ``least_level``.
    if key.endswith("skill"):
        return _skills(facts)
    return _levels(facts) if key.endswith("level") else ()


def _skills(facts: Facts) -> tuple[str, ...]:
    return tuple(sorted({skill for person in facts.people for skill in person.skills}))


def _levels(facts: Facts) -> tuple[str, ...]:
    return tuple(sorted({person.level for person in facts.people if person.level}))


_KNOWN: Sequence[tuple[tuple[str, ...], Callable[[Facts], tuple[str, ...]]]] = (
    (("site", "sites", "from_site", "to_site"), lambda facts: tuple(s.name for s in facts.sites)),
    (("skills",), _skills),
    (("contract",), lambda facts: tuple(c.name for c in facts.contracts)),
    (("names", "who", "person"), lambda facts: tuple(p.name for p in facts.people)),
    (("of", "shift", "forbid"), lambda facts: tuple(sorted(facts.selectors))),
)
"""The values of keys with certain names."""
