"""Values from what a file holds, every problem reported with its line and key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..facts.names import canonical_in
from .places import Path
from .report import Place, Report
from .unseen import unseen
from .validation_messages import DATE, TIME, Complaint, explain, in_quotes, key_in

Value = TypeVar("Value", bound=BaseModel)

FILE = "table"
"""The key of every section that names a file."""

Misuse = tuple[Path, str, str]
"""Where in a table something is wrong, what, and what to do."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_ONE_DIGIT_HOUR = re.compile(r"\d:")


def build(model: type[Value], raw: Any, place: Place, report: Report) -> Value | None:
    """Return *raw* as a *model*, or None after reporting everything that is wrong with it."""
    if not isinstance(raw, Mapping):
        message = f"{in_quotes(raw)} is not a table"
        report.at(place, (), message, "Give it keys of its own.")
        return None
    written, raw = raw, _with_canonical_names(raw)
    reported = set[Path]()
    for inside, message, hint in (*unseen(written, _words(model)), *_not_meant(model, raw, ())):
        reported.add(inside)
        report.at(place, inside, message, hint)
    try:
        value = model.model_validate(_padded(model, raw))
    except ValidationError as failure:
        for error in failure.errors(include_url=False):
            inside = _inside(error["loc"], raw)
            # A union of types yields an error for each of its types, and a value that was not
            # meant may be wrong for pydantic too.
            if inside not in reported:
                inside, message, hint = _explained(model, raw, inside, error)
                reported.add(inside)
                report.at(place, inside, message, hint)
        return None
    return None if reported else value


def _with_canonical_names(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return *raw* with every text as names are compared, but for the name of a file."""
    texts: dict[str, Any] = canonical_in(raw)
    return {**texts, FILE: raw[FILE]} if FILE in raw else texts


def _explained(
    model: type[BaseModel], raw: Mapping[str, Any], inside: Path, error: ErrorDetails
) -> Misuse:
    """Return the key that an error of pydantic's at *inside* is about, the message and the hint."""
    known = keys(_model_at(model, inside[:-1]))
    written = "..." if _is_private(model, inside) else _written(raw, inside)
    message, hint = explain(error, known, written)
    # What a model checks over several keys has no place of its own; its sentence names one.
    if error["type"] == "value_error" and not inside:
        key, message = key_in(message, known)
        inside = tuple(key.split(".")) if key else ()
    return inside, message, hint


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


@cache
def _words(model: type[BaseModel]) -> frozenset[str]:
    """Return the keys of *model* that may hold several words, and none of which is kept as it is
    written.
    """
    return frozenset(key for key, types in _types(model).items() if str not in types)


def _not_meant(model: type[BaseModel], raw: Mapping[str, Any], at: Path) -> Iterator[Misuse]:
    """Yield values that pydantic takes for what nobody means: 900 for 00:15, true for 1."""
    for key, types in _types(model).items():
        value, inside = raw.get(key), (*at, key)
        complaint = _taken_wrongly(value, types)
        if complaint:
            yield inside, *complaint
        elif isinstance(value, Mapping):
            for part in _models(types):
                yield from _not_meant(part, value, inside)


def _taken_wrongly(value: Any, types: frozenset[Any]) -> Complaint | None:
    """Return what is wrong with a *value* that pydantic would take for one of *types*, or None."""
    if date in types and _is_no(_DATE, value):
        return f"{in_quotes(value)} is not a date", DATE
    if time in types and _is_no(_TIME, value):
        return f"{in_quotes(value)} is not a time of day", TIME
    if isinstance(value, bool) and types & {int, float} and bool not in types:
        return f"{str(value).lower()} is not a number", "Write it like 2."
    return None


def _is_no(pattern: re.Pattern[str], value: Any) -> bool:
    """Say whether *value* is a number, which pydantic takes for seconds, or another text."""
    if isinstance(value, str):
        return not pattern.fullmatch(value.strip())
    return isinstance(value, int | float)


def _models(types: frozenset[Any]) -> list[type[BaseModel]]:
    return [part for part in types if isinstance(part, type) and issubclass(part, BaseModel)]


def _padded(model: type[BaseModel], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return *raw* with ``7:30`` written ``07:30``, as spreadsheets do not."""
    padded = dict(raw)
    for key, types in _types(model).items():
        value = raw.get(key)
        if time in types and isinstance(value, str) and _ONE_DIGIT_HOUR.match(value.strip()):
            padded[key] = f"0{value.strip()}"
    return padded


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


def _is_private(model: type[BaseModel], inside: Path) -> bool:
    """Say whether the value at *inside* must not stand in a message, such as pay."""
    if len(inside) != 1:
        return False
    for name, field in model.model_fields.items():
        if inside[0] in (name, field.alias):
            return not field.repr
    return False


def _model_at(model: type[BaseModel], inside: Path) -> type[BaseModel]:
    """Return the model of the table at *inside*, as far as it is known."""
    for part in inside:
        models = _models(_types(model).get(str(part), frozenset()))
        if models:
            model = models[0]
    return model
