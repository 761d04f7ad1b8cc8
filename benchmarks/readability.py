"""Measure how dense Python code is, for our own and for any other folders side by side.

    python benchmarks/readability.py
    python benchmarks/readability.py --by-folder --worst 40
    python benchmarks/readability.py before=OLD/src/shiftplan after=src/shiftplan PyVRP=PEERS/pyvrp

Every file ``*.py`` below a folder is read, none is imported. ``--help`` says what each figure is.
"""

from __future__ import annotations

import argparse
import ast
import io
import math
import re
import statistics
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from radon.visitors import ComplexityVisitor

ROOT = Path(__file__).parents[1]
OURS = ROOT / "src" / "shiftplan"

COMPLEX = 10
"""The McCabe complexity above which a function is complex."""

WIDE = 100
"""The characters above which a line is wide."""

TOOLS = "type:|noqa|ruff:|flake8:|mypy:|pyright:|pylint:|pragma:|fmt:|isort:|nosec"
PRAGMA = re.compile(rf"#\s*(!|-\*-|{TOOLS})")
"""A comment that speaks to a tool and not to a reader."""

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | FunctionNode
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True)
class Function:
    """A function or method: where it stands, and how much is in it."""

    path: str
    line: int
    name: str
    method: bool
    nested: bool
    complexity: int
    lines: int
    body: int


@dataclass(frozen=True)
class Module:
    """A file of Python, and how much is in it."""

    path: str
    lines: int
    code: int
    wide: int
    comments: int
    comprehensions: int
    functions: tuple[Function, ...]


MEANINGS = {
    "functions": "functions and methods, those within another function left out, as radon does",
    "methods": "those of the functions that stand in a class",
    "nested": "functions within functions; their lines count as lines of the outer one",
    "nested above 10": "nested functions with a complexity above 10, each in its own right",
    "mean complexity": "McCabe complexity of the functions, nested ones left out, by radon: mean",
    "above 10, %": "percentage of the functions with a complexity above 10",
    "lines, median": "lines of a function from def to its end, all lines counted: median",
    "lines, p95": "the same: 95th percentile (nearest rank)",
    "lines, most": "the same: longest function",
    "body, median": "lines without decorators, signature, docstrings, comments, blank ones: median",
    "body, p95": "the same: 95th percentile (nearest rank)",
    "body, most": "the same: largest function",
    "branches a line": "complexities of all functions, nested ones too, per body line",
    "branches alone": "the same, less 1 for each function: a complexity starts at 1",
    "comments": "# comments, line by line, per hundred lines of code; no docstring, no noqa",
    "comprehensions": "comprehensions and generator expressions per hundred lines of code",
    "modules": "files of Python",
    "code, median": "lines of code of a module: neither blank nor only a comment; docstrings count",
    "module, most": "lines of the longest module, all lines counted",
    "wide": "lines of more than 100 characters",
}
"""Each figure and its definition."""


def measure(modules: Sequence[Module]) -> dict[str, float]:
    """Return the figures of *modules*, named as in ``MEANINGS``."""
    everywhere = [function for module in modules for function in module.functions]
    functions = [function for function in everywhere if not function.nested]
    nested = [function for function in everywhere if function.nested]
    lines = sorted(function.lines for function in functions)
    body = sorted(function.body for function in functions)
    code = sorted(module.code for module in modules)

    complexity = sum(function.complexity for function in everywhere)
    complex_ones = sum(function.complexity > COMPLEX for function in functions)
    comments = sum(module.comments for module in modules)
    comprehensions = sum(module.comprehensions for module in modules)
    return {
        "functions": len(functions),
        "methods": sum(function.method for function in functions),
        "nested": len(nested),
        "nested above 10": sum(function.complexity > COMPLEX for function in nested),
        "mean complexity": _ratio(sum(f.complexity for f in functions), len(functions)),
        "above 10, %": 100 * _ratio(complex_ones, len(functions)),
        "lines, median": _percentile(lines, 50),
        "lines, p95": _percentile(lines, 95),
        "lines, most": _percentile(lines, 100),
        "body, median": _percentile(body, 50),
        "body, p95": _percentile(body, 95),
        "body, most": _percentile(body, 100),
        # The lines of a nested function are among those of the outer one already.
        "branches a line": _ratio(complexity, sum(body)),
        "branches alone": _ratio(complexity - len(everywhere), sum(body)),
        "comments": 100 * _ratio(comments, sum(code)),
        "comprehensions": 100 * _ratio(comprehensions, sum(code)),
        "modules": len(modules),
        "code, median": _percentile(code, 50),
        "module, most": max((module.lines for module in modules), default=0),
        "wide": sum(module.wide for module in modules),
    }


def read_folder(folder: Path, without: Sequence[str] = ()) -> list[Module]:
    """Return the modules below *folder*, but for those whose path matches one of *without*."""
    modules = []
    for file in sorted(folder.rglob("*.py")):
        path = file.relative_to(folder).as_posix()
        if any(fnmatch(path, pattern) for pattern in without):
            continue
        modules.append(read_module(path, file.read_text(encoding="utf-8")))
    return modules


def read_module(path: str, text: str) -> Module:
    """Return what is in the module *text*, which stands at *path*."""
    tree = ast.parse(text)
    # Not splitlines, for which a form feed in a string ends a line too.
    lines = text.removesuffix("\n").split("\n")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token for token in tokens if token.type == tokenize.COMMENT]

    code = {number for number, line in enumerate(lines, start=1) if line.strip()}
    code -= {token.start[0] for token in comments if token.line.lstrip().startswith("#")}
    return Module(
        path=path,
        lines=len(lines),
        code=len(code),
        wide=sum(len(line) > WIDE for line in lines),
        comments=sum(not PRAGMA.match(token.string) for token in comments),
        comprehensions=sum(isinstance(node, Comprehension) for node in ast.walk(tree)),
        functions=tuple(_functions(tree, path, code - _docstring_lines(tree))),
    )


def _functions(
    node: ast.AST, path: str, code: set[int], owner: str = "", nested: bool = False
) -> Iterator[Function]:
    """Yield each function below *node*, an outer one before those within it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FunctionNode):
            name = owner + child.name
            yield Function(
                path=path,
                line=child.lineno,
                name=name,
                method=isinstance(node, ast.ClassDef),
                nested=nested,
                # Radon leaves out what is nested, so that each branch is counted once.
                complexity=ComplexityVisitor.from_ast(child).functions[0].complexity,
                lines=_last_line(child) - child.lineno + 1,
                body=_body_lines(child, code),
            )
            yield from _functions(child, path, code, name + ".", nested=True)
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, path, code, owner + child.name + ".", nested)
        else:
            yield from _functions(child, path, code, owner, nested)


def _body_lines(function: FunctionNode, code: set[int]) -> int:
    """Return how many lines of *code* are in the body of *function*."""
    first = function.body[0]
    starts = [first.lineno]
    # A nested function or class begins with its decorators.
    starts += [decorator.lineno for decorator in getattr(first, "decorator_list", ())]
    return len(code.intersection(range(min(starts), _last_line(function) + 1)))


def _docstring_lines(tree: ast.Module) -> set[int]:
    """Return the numbers of the lines that docstrings take."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, Documented) and ast.get_docstring(node, clean=False) is not None:
            docstring = node.body[0]
            lines.update(range(docstring.lineno, _last_line(docstring) + 1))
    return lines


def _last_line(statement: ast.stmt) -> int:
    """Return the number of the last line of *statement*, which was parsed from text."""
    return statement.end_lineno or statement.lineno


def _ratio(part: float, whole: float) -> float:
    """Return *part* of *whole*, and 0 of nothing."""
    return part / whole if whole else 0.0


def _percentile(ordered: Sequence[int], percent: int) -> float:
    """Return a percentile of *ordered*: the median as usual, others by nearest rank."""
    if not ordered:
        return 0
    if percent == 50:
        return statistics.median(ordered)
    return ordered[math.ceil(percent * len(ordered) / 100) - 1]


def table(corner: str, columns: dict[str, dict[str, float]]) -> Iterator[str]:
    """Yield a table with a column for each name of *columns* and a row for each figure."""
    yield f"| {' | '.join([corner, *columns])} |"
    yield "|--" * (len(columns) + 1) + "|"
    for row in MEANINGS:
        cells = [shown(figures[row]) for figures in columns.values()]
        yield f"| {' | '.join([row, *cells])} |"


def shown(figure: float) -> str:
    """Return *figure* whole where it is whole, else with three digits."""
    if figure == int(figure):
        return str(int(figure))
    return f"{figure:.3g}"


def by_folder(modules: Sequence[Module]) -> dict[str, list[Module]]:
    """Return *modules* by the folder they are in, next below the one that was read."""
    folders: dict[str, list[Module]] = {}
    for module in modules:
        folder, slash, _ = module.path.partition("/")
        folders.setdefault(folder if slash else "(top)", []).append(module)
    return dict(sorted(folders.items()))


def worst(modules: Sequence[Module], number: int) -> Iterator[str]:
    """Yield a line for each of the *number* densest functions, the most complex first."""
    functions = [function for module in modules for function in module.functions]
    # Of two that are equally complex, the one with fewer lines is denser.
    functions.sort(key=lambda function: (-function.complexity, function.body))
    for f in functions[:number]:
        yield f"{f.path}:{f.line} {f.name} {f.complexity} {f.body}"


def labelled(word: str) -> tuple[str, Path]:
    """Return the label and the folder that ``LABEL=FOLDER`` names."""
    label, equals, folder = word.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{word!r} is not LABEL=FOLDER")
    if not Path(folder).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {folder}")
    return label, Path(folder)


def main() -> None:
    """Read which folders to measure, and print their figures."""
    meanings = "\n".join(f"  {name:16} {meaning}" for name, meaning in MEANINGS.items())
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog=f"figures:\n{meanings}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folders", metavar="LABEL=FOLDER", nargs="*", type=labelled)
    parser.add_argument("--by-folder", action="store_true", help="each folder within them as well")
    parser.add_argument("--worst", metavar="N", type=int, default=0, help="the N densest functions")
    parser.add_argument("--without", metavar="PATTERN", action="append", help="files to leave out")
    args = parser.parse_args()

    folders: list[tuple[str, Path]] = args.folders or [("shiftplan", OURS)]
    read = {label: read_folder(folder, args.without or ()) for label, folder in folders}
    print(*table("", {label: measure(modules) for label, modules in read.items()}), sep="\n")
    for label, modules in read.items():
        if args.by_folder:
            parts = {name: measure(within) for name, within in by_folder(modules).items()}
            print("", *table(label, parts), sep="\n")
        if args.worst:
            print("", f"{label}: the densest functions (complexity, body lines)", sep="\n")
            print(*worst(modules, args.worst), sep="\n")


if __name__ == "__main__":
    main()
