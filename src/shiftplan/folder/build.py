"""Values from what a file holds, every problem told with its line and key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from .places import Path
from .report import Place, Report
from .words import DATE, TIME, explain, key_in, shown

Value = TypeVar("Value", bound=BaseModel)

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")


def build(model: type[Value], raw: Any, place: Place, report: Report) -> Value | None:
    """Return *raw* as a *model*, or None after reporting everything that is wrong with it."""
    if not isinstance(raw, Mapping):
        report.at(place, (), f"{shown(raw)} is not a table", "Give it keys of its own.")
        return None
    told = set()
    for inside, message, hint in _not_meant(model, raw, ()):
        told.add(inside)
        report.at(place, inside, message, hint)
    try:
        value = model.model_validate(_padded(model, raw))
    except ValidationError as failure:
        for error in failure.errors(include_url=False):
            inside = _inside(error["loc"], raw)
            if inside in told:
                continue
            known = keys(_model_at(model, inside[:-1]))
            written = "..." if _kept_back(model, inside) else _written(raw, inside)
            message, hint = explain(error, known, written)
            if error["type"] == "value_error" and len(inside) == 0:
                key, message = key_in(message, known)
                inside = tuple(key.split(".")) if key else ()
            told.add(inside)
            report.at(place, inside, message, hint)
        return None
    return None if told else value


@cache
def keys(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys a planner writes for *model*."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def required(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys *model* cannot do without."""
    return tuple(f.alias or name for name, f in model.model_fields.items() if f.is_required())


def _leaves(annotation: Any) -> Iterator[Any]:
    """Yield the plain types an annotation is made of."""
    if get_origin(annotation) is Annotated:
        yield from _leaves(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _leaves(part)
    else:
        yield annotation


@cache
def _types(model: type[BaseModel]) -> Mapping[str, frozenset[Any]]:
    """Return the types each key of *model* may have."""
    return {
        field.alias or name: frozenset(_leaves(field.annotation))
        for name, field in model.model_fields.items()
    }


def _not_meant(
    model: type[BaseModel], raw: Mapping[str, Any], at: Path
) -> Iterator[tuple[Path, str, str]]:
    """Yield values pydantic would take for something nobody means: 900 for the time 00:15, true for
    1.
    """
    for key, types in _types(model).items():
        value, inside = raw.get(key), (*at, key)
        number = isinstance(value, int | float)
        if date in types and (
            number or (isinstance(value, str) and not _DATE.fullmatch(value.strip()))
        ):
            yield inside, f"{shown(value)} is not a date", DATE
        elif time in types and (
            number or (isinstance(value, str) and not _TIME.fullmatch(value.strip()))
        ):
            yield inside, f"{shown(value)} is not a time of day", TIME
        elif isinstance(value, bool) and types & {int, float} and bool not in types:
            yield inside, f"{str(value).lower()} is not a number", "Write it like 2."
        elif isinstance(value, Mapping):
            for part in types:
                if isinstance(part, type) and issubclass(part, BaseModel):
                    yield from _not_meant(part, value, inside)


def _padded(model: type[BaseModel], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return *raw* with ``7:30`` written ``07:30``, as spreadsheets do not."""
    clocks = {key for key, types in _types(model).items() if time in types}
    return {
        key: f"0{value.strip()}"
        if key in clocks and isinstance(value, str) and re.match(r"\d:", value.strip())
        else value
        for key, value in raw.items()
    }


def _inside(loc: Path, raw: Any) -> Path:
    """Return *loc* without the parts pydantic adds for unions and the like."""
    found: list[str | int] = []
    for part in loc:
        if isinstance(raw, Mapping) and isinstance(part, str):
            found.append(part)
            if part not in raw:
                break
            raw = raw[part]
        elif isinstance(raw, list) and isinstance(part, int) and part < len(raw):
            found.append(part)
            raw = raw[part]
    return tuple(found)


def _written(raw: Any, inside: Path) -> Any:
    """Return what stands at *inside* in the file, or None."""
    for part in inside:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            return None
    return raw


def _kept_back(model: type[BaseModel], inside: Path) -> bool:
    """Say whether the value at *inside* is nobody's business, such as pay."""
    return len(inside) == 1 and not all(
        field.repr for name, field in model.model_fields.items() if inside[0] in (name, field.alias)
    )


def _model_at(model: type[BaseModel], inside: Path) -> type[BaseModel]:
    """Return the model of the table at *inside*, as far as it can be told."""
    for part in inside:
        types = _types(model).get(str(part), frozenset())
        model = next((t for t in types if isinstance(t, type) and issubclass(t, BaseModel)), model)
    return model
