"""The schema editors use knows every key of a plan, and every rule there is."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from shiftplan.folder.init import BASE, Template, create
from shiftplan.folder.schema import json_schema
from shiftplan.folder.sections import SECTIONS
from shiftplan.rules import RULES
from shiftplan.rules.packs import PACKS

SCHEMA = json_schema()


def test_the_schema_is_plain_json_with_every_section() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert set(SCHEMA["properties"]) == set(SECTIONS)
    assert SCHEMA["additionalProperties"] is False


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(SCHEMA)
    for part in text.split('"$ref": "#/$defs/')[1:]:
        assert part.split('"')[0] in SCHEMA["$defs"]


def test_every_rule_has_a_branch_with_its_kind_its_meaning_and_examples() -> None:
    *branches, pack = SCHEMA["properties"]["rules"]["items"]["oneOf"]
    assert pack["properties"]["pack"]["enum"] == list(PACKS.names)
    assert {"for", "law", "policy", "cost", "except"} <= set(pack["properties"])
    assert pack["required"] == ["pack"]
    assert [b["properties"]["kind"]["const"] for b in branches] == list(RULES)
    for branch in branches:
        assert branch["description"]
        assert branch["required"][0] == "kind"
        assert {"strength", "weight", "for"} <= set(branch["properties"])
        assert all(set(e) <= set(branch["properties"]) for e in branch["examples"])


def test_lengths_have_defaults_as_a_planner_would_write_them() -> None:
    (rest,) = (b for b in SCHEMA["properties"]["rules"]["items"]["oneOf"] if b["title"] == "rest")
    assert rest["properties"]["hours"]["default"] == "11h"


@pytest.mark.parametrize("template", get_args(Template))
def test_every_key_of_a_template_is_in_the_schema(template: Template, tmp_path: Path) -> None:
    create(tmp_path, template, BASE)
    plan = tomllib.loads((tmp_path / "shiftplan.toml").read_text())
    kinds = {b["title"]: b for b in SCHEMA["properties"]["rules"]["items"]["oneOf"]}
    for name, section in plan.items():
        for entry in section if isinstance(section, list) else [section]:
            schema = SCHEMA["properties"][name]
            schema = (
                kinds[entry.get("kind", "pack")] if name == "rules" else schema.get("items", schema)
            )
            assert set(entry) <= set(schema["properties"])
            assert set(schema.get("required", ())) <= set(entry)
