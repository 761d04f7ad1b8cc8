"""``shiftplan COMMAND [-C PLAN_DIR] [--json]``.

A command is one module of this package with two names, imported only when its command runs, so it
may import at its top whatever it needs::

    '''`shiftplan coverage`: staff on duty against staff needed.'''

    from .common import AsJson, ExitCode, Folder, load_plan, print_json, say

    EXAMPLES = '''
    shiftplan coverage
    shiftplan coverage -C plans/puo --json > coverage.json
    '''

    def command(folder: Folder = None, as_json: AsJson = False) -> ExitCode | None:
        '''Show staff on duty against staff needed, interval by interval.'''
        loaded = load_plan(folder)      # found, read and checked; its notices are printed
        ...
        return ExitCode.BROKEN          # nothing returned means ExitCode.DONE

* ``command`` is a plain typer function: its signature makes the options, its docstring the help. An
  option or argument goes into ``Annotated[..., typer.Option(help=...)]``, under a name of its own
  if it is long; those that several commands share are in ``common``.
* stdout is data: ``print`` what was asked for, or ``print_json`` if ``--json`` was given, and
  nothing else. stderr is talk: ``say`` and ``note`` notices, progress and where files lie.
* What a person can do wrong is raised as a ``ShiftplanError``; ``run`` prints ``error: ...``, one
  line for each problem, and exits with 2. A command catches none of them unless it can go on.
* Ctrl-C comes as ``KeyboardInterrupt`` and exits with 130; a command that keeps a result catches it
  and returns ``ExitCode.INTERRUPTED`` itself.
* The line in ``COMMANDS`` is what ``shiftplan --help`` shows; it appears once the module is there.
"""

from __future__ import annotations

import gc
import importlib.util
import sys
from keyword import iskeyword
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ..errors import ShiftplanError, nearest
from .exits import ExitCode, guarded
from .manual import where
from .streams import open_streams

COMMANDS = {
    "init": "Write a new plan folder that can be solved as it is.",
    "check": "Check the plan, or judge a roster, without solving.",
    "solve": "Build the roster and print it with costs and bounds.",
    "coverage": "Show staff on duty against staff needed, and the gaps.",
    "tui": "Open the plan in the terminal, or with --web in a browser.",
    "rota": "Design cyclic rotas from the hard rules, or prove there is none.",
    "publish": "Publish a draft as a new version that calendars follow.",
    "history": "List every published version: when, by whom, what it changed.",
    "diff": "Show what changes from one roster to another, person by person.",
    "ledger": "Show balances of leave, days in lieu and fairness, and why.",
    "calendars": "Write a calendar for each person and one for the team.",
    "absences": "Read somebody's absences from their own calendar file.",
    "links": "Make, list and revoke calendar links.",
    "serve": "Serve calendars and coverage to those who hold a calendar link.",
    "caldav": "Push calendars to a CalDAV server.",
    "import": "Write a published rostering problem as a plan folder.",
    "rules": "Explain every rule: sentence, parameters, examples.",
}
"""What each command does, in the order of the help."""
OLD_NAMES = {"feeds": "links"}
"""Names that commands had before: they work, and no help lists them."""

EXAMPLES = """
\b
Examples:
  shiftplan init plans/support --template follow-the-sun
  shiftplan check -C plans/support
  shiftplan solve -C plans/support --time-limit 60 --out roster.csv
  shiftplan check -C plans/support --roster roster.csv
  shiftplan rules work-run

A plan folder holds shiftplan.toml; without -C it is looked for from the current
directory upwards. Exit codes: 0 done; 1 done, but the roster breaks a hard rule, or
leaves a gap and --fail-on-gaps was given; 2 bad input, or a result that could not be
kept or printed; 3 proven impossible; 4 nothing found in the time given; 130 interrupted.

\b
"""


def module_of(name: str) -> str:
    """Return the module that holds the command called *name*: ``import_`` where Python keeps the
    word.
    """
    return f"{__package__}.{name.replace('-', '_')}{'_' if iskeyword(name) else ''}"


def available() -> list[str]:
    """Return the commands that have arrived."""
    return [name for name in COMMANDS if importlib.util.find_spec(module_of(name))]


class _Commands(TyperGroup):
    """The commands by name, each imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names for the help and for what a mistyped name may have meant."""
        return available()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command called *cmd_name*; raise ``ShiftplanError`` if there is none."""
        cmd_name = OLD_NAMES.get(cmd_name, cmd_name)
        if cmd_name not in available():
            raise ShiftplanError(
                f"there is no command '{cmd_name}'.", nearest(cmd_name, available())
            )
        module = importlib.import_module(module_of(cmd_name))
        shell = typer.Typer(add_completion=False, rich_markup_mode=None)
        lines = [f"  {line}" for line in module.EXAMPLES.strip().splitlines()]
        shell.command(cmd_name, epilog="\n".join(("\b", "Examples:", *lines)))(module.command)
        return typer.main.get_command(shell)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in available()])


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    subcommand_metavar="COMMAND [-C PLAN_DIR] [--json] ...",
    options_metavar="",
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"shiftplan {version('shiftplan')}")
        raise typer.Exit


@app.callback(epilog=EXAMPLES + where())
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Rotating rosters for teams that work around the clock."""


def run() -> None:
    """Run the command line and exit."""
    # Imports make many objects and next to no garbage; collecting it costs an eighth of the time
    # of a short command.
    gc.disable()
    args = sys.argv[1:] or ["--help"]
    if args[:1] == ["-C"] and len(args) > 2:  # as in git, make and tar
        args = [args[2], "-C", args[1], *args[3:]]
    talk = open_streams()
    code = guarded(lambda: app(args, prog_name="shiftplan", standalone_mode=False))
    # Warnings that nobody could read must not pass for none.
    sys.exit(ExitCode.BAD_INPUT if talk.lost and code == ExitCode.DONE else code)
