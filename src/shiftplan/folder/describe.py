"""What a key is for, as its model says it: the text below a field is its description."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from ..clock import hours


@cache
def meanings(model: type[BaseModel]) -> dict[str, str]:
    """Return the description of each field of *model* that has one, by the field's name."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel:
            found |= _written_below(base)
    for name, field in model.model_fields.items():
        if field.description:
            found[name] = field.description
    return {name: text for name, text in found.items() if name in model.model_fields}


def _written_below(model: type[BaseModel]) -> dict[str, str]:
    """Return the text that stands below a field in the source of *model*, by the field."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(model)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    found = {}
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            text = _text(below)
            if text is not None:
                found[field.target.id] = " ".join(inspect.cleandoc(text).split())
    return found


def _text(statement: ast.stmt) -> str | None:
    """Return the text that is all there is in a statement, or None."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Constant):
        return None
    value = statement.value.value
    return value if isinstance(value, str) else None


def purpose(model: type[BaseModel]) -> str:
    """Return what *model* is or does: its docstring, one paragraph after another."""
    paragraphs = inspect.cleandoc(model.__doc__ or "").split("\n\n")
    return "\n\n".join(" ".join(p.split()) for p in paragraphs)


def is_length(part: Mapping[str, Any]) -> bool:
    """Say whether a value's JSON Schema is that of a length of time, kept in minutes."""
    return part.get("type") in (["string", "integer"], ["number", "string"])


def is_points(part: Mapping[str, Any]) -> bool:
    """Say whether a value's JSON Schema is that of points, kept in hundredths."""
    return part.get("multipleOf") == 0.01


def plain_default(part: Mapping[str, Any]) -> Any:
    """Return the default in a value's JSON Schema as a planner would write it, or None."""
    default = part.get("default")
    if not isinstance(default, int):
        return default
    if is_points(part):
        return default // 100 if default % 100 == 0 else default / 100
    # A length that may be left out is one of several choices.
    choices = (part, *part.get("anyOf", ()))
    return hours(default) if any(is_length(choice) for choice in choices) else default
