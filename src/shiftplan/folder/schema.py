"""The JSON Schema of ``shiftplan.toml``, for editors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from ..rules import RULES, Rule
from ..rules.packs import PACKS, PackEntry
from . import sections
from .build import keys
from .describe import meanings, plain_default, purpose

Schema = dict[str, Any]


def json_schema() -> Schema:
    """Return the schema of the whole plan file; every kind of rule has a branch of its own."""
    shared: Schema = {}
    properties: Schema = {}
    for name, model in sections.SINGLE.items():
        properties[name] = _object(model, shared)
    for name, model in sections.MANY.items():
        properties[name] = {"type": "array", "items": _object(model, shared)}
    for name, columns in sections.TABLES.items():
        table = properties[name].get("items", properties[name])["properties"]["table"]
        table["description"] = (
            f"CSV table in the plan folder; its columns: {', '.join(keys(columns.row))}."
        )
    branches = [*(_rule(kind, rule, shared) for kind, rule in RULES.items()), _pack(shared)]
    properties[sections.RULES] = {"type": "array", "items": {"oneOf": branches}}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "shiftplan.toml",
        "type": "object",
        "properties": properties,
        "required": list(sections.REQUIRED),
        "additionalProperties": False,
        "$defs": shared,
    }
    _plain_times(schema)
    return schema


def _object(model: type[BaseModel], shared: Schema) -> Schema:
    """Return the schema of one table; what it refers to goes into *shared*."""
    schema = model.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    for name, part in schema.pop("$defs", {}).items():
        shared.setdefault(name, part)
    schema["description"] = purpose(model)
    for name, text in meanings(model).items():
        key = model.model_fields[name].alias or name
        schema["properties"][key]["description"] = text
    for part in schema["properties"].values():
        if "default" in part:
            part["default"] = plain_default(part)
    return schema


def _rule(kind: str, rule: type[Rule], shared: Schema) -> Schema:
    schema = _object(rule, shared)
    schema["title"] = kind
    schema["properties"]["kind"] = {"const": kind}
    schema["properties"]["for"].pop("default", None)
    schema["required"] = ["kind", *(k for k in schema.get("required", []) if k != "kind")]
    schema["examples"] = [{"kind": kind, **example} for example in rule.examples]
    return schema


def _pack(shared: Schema) -> Schema:
    schema = _object(PackEntry, shared)
    schema["title"] = "pack"
    schema["properties"]["pack"] = {"enum": list(PACKS.names)}
    schema["properties"]["for"].pop("default", None)
    return schema


def _plain_times(schema: Any) -> None:
    """Let editors take 22:30:00 for a time; JSON Schema's own *time* requires an offset."""
    if isinstance(schema, dict):
        if schema.get("format") == "time":
            del schema["format"]
            schema["pattern"] = r"^\d{1,2}:\d{2}(:00)?$"
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            _plain_times(part)
