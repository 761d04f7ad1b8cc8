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
    tree = ast.parse(textwrap.dedent(inspect.getsource(model)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    return {
        field.target.id: " ".join(inspect.cleandoc(text.value.value).split())
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


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
    if is_points(part) and isinstance(default, int):
        return default // 100 if default % 100 == 0 else default / 100
    is_time = is_length(part) or any(map(is_length, part.get("anyOf", ())))
    return hours(default) if is_time and isinstance(default, int) else default
