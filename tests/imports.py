"""Who imports whom in ``src/shiftplan``, read from the source: for types and in functions too."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

SRC = Path(__file__).parents[1] / "src"
PACKAGE = "shiftplan"


def modules() -> dict[str, Path]:
    """Return every module by its dotted name."""
    found = {}
    for path in sorted((SRC / PACKAGE).rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def room(module: str) -> str:
    """Return the top-level package in which *module* lies, empty for ``shiftplan`` itself."""
    return module.split(".")[1] if "." in module else ""


def imports() -> Mapping[str, set[str]]:
    """Return for each module the modules it imports, wherever in its text it does."""
    known = modules()
    found: defaultdict[str, set[str]] = defaultdict(set)
    for module, path in known.items():
        inside = module if path.name == "__init__.py" else module.rpartition(".")[0]
        for node in ast.walk(ast.parse(path.read_text())):
            found[module].update(m for m in _targets(node, inside, known) if m != module)
    return found


def _targets(node: ast.AST, inside: str, known: Mapping[str, Path]) -> Iterator[str]:
    """Yield the modules of the house that *node* imports; *inside* is the package it stands in."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in known)
    elif isinstance(node, ast.ImportFrom):
        base = _base(node, inside)
        for alias in node.names:
            # What is imported may be a module, or a name in one.
            for candidate in (f"{base}.{alias.name}", base):
                if candidate in known:
                    yield candidate
                    break


def _base(node: ast.ImportFrom, inside: str) -> str:
    if not node.level:
        return node.module or ""
    parts = inside.split(".")
    above = parts[: len(parts) - node.level + 1]
    return ".".join([*above, node.module] if node.module else above)


def circles(graph: Mapping[str, set[str]]) -> list[set[str]]:
    """Return the sets of modules in which each can be reached from each other (Tarjan 1972)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(module: str) -> None:
        order[module] = low[module] = len(order)
        stack.append(module)
        for other in sorted(graph.get(module, ())):
            if other not in order:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], order[other])
        if low[module] == order[module]:
            at = stack.index(module)
            found.append(set(stack[at:]))
            del stack[at:]

    for module in sorted(graph):
        if module not in order:
            visit(module)
    return [circle for circle in found if len(circle) > 1]
