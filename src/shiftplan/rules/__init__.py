"""Every module here but ``vocabulary`` is one rule, and nothing else lists them.

Packages hold what rules share.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

from .base import MUST, Breach, Filter, Rule

for _module in pkgutil.iter_modules(__path__):
    if not _module.ispkg:
        importlib.import_module(f"{__name__}.{_module.name}")


def _kind(rule: type[Rule]) -> str:
    return str(rule.model_fields["kind"].default)


def _whole(base: type[Any]) -> Iterator[type[Rule]]:
    """Yield the rules made from *base*; what only several of them share is none by itself."""
    for rule in base.__subclasses__():
        if inspect.isabstract(rule):
            yield from _whole(rule)
        else:
            yield rule


RULES: dict[str, type[Rule]] = {_kind(rule): rule for rule in sorted(_whole(Rule), key=_kind)}
"""Every rule by its kind."""

__all__ = ["MUST", "RULES", "Breach", "Filter", "Rule"]
