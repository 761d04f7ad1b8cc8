"""Edits of the plan file: rules, goals, single values, and its text as such."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..errors import Problem, ShiftplanError, nearest
from ..facts.team import DEFAULT_GOALS
from ..folder import PLAN, edit, sections
from ..rules import RULES, Rule
from ..rules.packs import PACKS, PackEntry
from . import files
from .history import Snapshot, Step
from .listeners import Listeners
from .merge import merge_files
from .state import State
from .step_log import StepLog
from .steps import Steps
from .values import Effect, RuleEntry

BYTE_ORDER_MARK = "\ufeff"


class PlanEdits:
    """What can be done to the plan. An edit that makes it wrong is kept, and the session's
    ``problems`` say what is wrong.

    Raise ``ShiftplanError`` where an edit cannot be made at all.
    """

    def __init__(self, state: State, steps: Steps, log: StepLog, listeners: Listeners) -> None:
        self._state: State = state
        self._steps: Steps = steps
        self._log: StepLog = log
        self._listeners: Listeners = listeners

    # -- rules -----------------------------------------------------------------------------------

    @property
    def rules(self) -> tuple[RuleEntry, ...]:
        """Every rule as it stands in the file, switched off or wrong ones too; none while it is not
        TOML.
        """
        written = self._written().get(sections.RULES, [])
        if not isinstance(written, list):
            return ()
        entries = []
        for number, values in enumerate(written):
            whole = values if isinstance(values, Mapping) else {}
            entries.append(self._rule_entry(number, whole))
        return tuple(entries)

    def _rule_entry(self, number: int, values: Mapping[str, Any]) -> RuleEntry:
        state = self._state
        first, end = edit.block(self._plan_text, (sections.RULES, number)) or (0, 0)
        made = state.examined.rules.get(number) if state.examined is not None else None
        return RuleEntry(
            number=number,
            line=first + 1,
            kind=str(values.get("kind", values.get("pack", ""))),
            values=values,
            rule=made if isinstance(made, Rule) else None,
            pack=made if isinstance(made, PackEntry) else None,
            enabled=values.get("enabled") is not False,
            problems=_problems_between(state.problems, first, end),
        )

    def add_rule(self, kind: str, values: Mapping[str, Any], at: int | None = None) -> Effect:
        """Add a rule, or a pack by its name, after the last, or before rule number *at*.

        *values* are what TOML holds: text, numbers, true and false, lists, mappings, dates, times.
        """
        if kind not in RULES and kind not in PACKS.names:
            raise ShiftplanError(
                f"'{kind}' is no kind of rule.", nearest(kind, (*RULES, *PACKS.names))
            )
        key = "kind" if kind in RULES else "pack"
        others = {k: value for k, value in values.items() if k != key}
        whole = {key: kind, **others}
        return self._edit(
            f"New rule {kind}", lambda text: edit.add_entry(text, sections.RULES, whole, at)
        )

    def change_rule(self, number: int, values: Mapping[str, Any]) -> Effect:
        """Set the keys in *values*; None takes a key out, keys not given stay as they are."""
        label = f"Rule {self._rule_name(number)}: {', '.join(values)}"
        return self._edit(label, lambda text: edit.change(text, (sections.RULES, number), values))

    def duplicate_rule(self, number: int) -> Effect:
        """Put a copy of a rule below it."""
        label = f"Copy of rule {self._rule_name(number)}"
        return self._edit(label, lambda text: edit.duplicate_entry(text, sections.RULES, number))

    def remove_rule(self, number: int) -> Effect:
        """Take a rule out of the file; comments on lines of their own stay."""
        label = f"Rule {self._rule_name(number)} removed"
        return self._edit(label, lambda text: edit.remove_entry(text, sections.RULES, number))

    def toggle_rule(self, number: int, on: bool) -> Effect:
        """Switch a rule off, ``enabled = false`` in the file, or on again."""
        label = f"Rule {self._rule_name(number)} {'on' if on else 'off'}"
        values = {"enabled": None if on else False}
        return self._edit(label, lambda text: edit.change(text, (sections.RULES, number), values))

    def _rule_name(self, number: int) -> str:
        rules = self.rules
        if not 0 <= number < len(rules):
            raise ShiftplanError(f"The plan has no rule {number + 1}.")
        return rules[number].kind or str(number + 1)

    # -- goals and single values -----------------------------------------------------------------

    @property
    def goals(self) -> tuple[str, ...]:
        """The goals in their order, ``must`` not among them."""
        written = self.section("team").get("goals")
        if isinstance(written, list):
            return tuple(map(str, written))
        return DEFAULT_GOALS

    def move_goal(self, name: str, to: int) -> Effect:
        """Move a goal to position *to*, counted from 0."""
        goals = [g for g in self.goals if g != name]
        if name not in self.goals:
            raise ShiftplanError(f"'{name}' is not one of the goals.", nearest(name, self.goals))
        to = min(max(to, 0), len(goals))
        return self.set_goals([*goals[:to], name, *goals[to:]], f"Goal {name} to place {to + 1}")

    def set_goals(self, goals: Sequence[str], label: str = "Goals") -> Effect:
        """Set the goals and their order."""
        return self._edit(label, lambda text: edit.change(text, ("team",), {"goals": list(goals)}))

    def section(self, name: str) -> Mapping[str, Any]:
        """Return the keys of a section that stands once, such as ``[team]``, as written."""
        found = self._written().get(name, {})
        return found if isinstance(found, Mapping) else {}

    def entries(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """Return the entries of a section that may stand several times, such as ``[[sites]]``, as
        written.
        """
        found = self._written().get(name, [])
        if not isinstance(found, list):
            return ()
        return tuple(entry for entry in found if isinstance(entry, Mapping))

    def set_value(self, section: str, key: str, value: Any, number: int | None = None) -> Effect:
        """Set one key of a section, or of its entry *number* where there are several; None takes it
        out.
        """
        path = (section,) if number is None else (section, number)
        return self._edit(f"{section}: {key}", lambda text: edit.change(text, path, {key: value}))

    def add_entry(self, section: str, values: Mapping[str, Any]) -> Effect:
        """Add an entry after the last of a section that may stand several times, such as
        ``[[shifts]]``.
        """
        self._check_many(section)
        return self._edit(
            f"{section}: new entry", lambda text: edit.add_entry(text, section, values)
        )

    def remove_entry(self, section: str, number: int) -> Effect:
        """Take an entry out of such a section; comments on lines of their own stay."""
        self._check_many(section)
        return self._edit(
            f"{section}: entry removed", lambda text: edit.remove_entry(text, section, number)
        )

    def _check_many(self, section: str) -> None:
        if section not in sections.MANY:
            raise ShiftplanError(
                f"'{section}' is no section with several entries.", nearest(section, sections.MANY)
            )

    # -- text ------------------------------------------------------------------------------------

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the plan's files, the plan file first."""
        return (PLAN, *sorted(name for name in self._state.current.texts if name != PLAN))

    def file_text(self, name: str) -> str:
        """Return the text of a file, unsaved edits included; what is not UTF-8 as U+FFFD."""
        text = self._raw_text(name)
        return files.encoded(text).decode("utf-8", "replace").removeprefix(BYTE_ORDER_MARK)

    def set_file_text(self, name: str, text: str) -> Effect:
        """Replace the text of a file, as typed: right or wrong."""
        # Text that was only looked at keeps its bytes, those that are not UTF-8 among them.
        if text == self.file_text(name):
            return Effect(f"{name}: text")
        mark = BYTE_ORDER_MARK if self._raw_text(name).startswith(BYTE_ORDER_MARK) else ""
        clean = text.encode("utf-8", "replace").decode("utf-8")
        return self._steps.do(f"{name}: text", texts={name: mark + clean})

    def reread(self) -> Effect:
        """Take in what others changed in the plan's files meanwhile, as one step.

        Unsaved edits stay where they do not clash; what clashes is among the session's ``notices``.
        """
        state = self._state
        disk = files.all_on_disk(state.root, (state.saved.texts, state.current.texts))
        merged = merge_files(state.saved.texts, state.current.texts, disk)
        state.remarks += merged.lost
        after = Snapshot(merged.texts, state.current.cells, state.current.pins)
        effect = self._steps.take(Step.between("Read the folder again", state.current, after))
        self._log.mark_on_disk(files.present(disk))
        self._listeners.tell("notices")
        return effect

    # -- inside ----------------------------------------------------------------------------------

    @property
    def _plan_text(self) -> str:
        return files.plan_text(self._state.current.texts)

    def _raw_text(self, name: str) -> str:
        text = self._state.current.texts.get(name)
        if text is None:
            raise ShiftplanError(f"'{name}' is no file of this plan.", nearest(name, self.files))
        return text

    def _written(self) -> Mapping[str, Any]:
        """Return what the plan file holds, nothing while it is not TOML."""
        try:
            return edit.written(self._plan_text)
        except ShiftplanError:
            return {}

    def _edit(self, label: str, change: Callable[[str], str]) -> Effect:
        return self._steps.do(label, texts={PLAN: change(self._plan_text)})


def _problems_between(problems: Sequence[Problem], first: int, end: int) -> tuple[Problem, ...]:
    """Return what is wrong in the plan file in the lines after *first* up to *end*."""
    return tuple(p for p in problems if p.file == PLAN and first < p.line <= end)
