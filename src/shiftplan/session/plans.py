"""Edits of the plan file: rules, goals, single values, and its text as such."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..errors import ShiftplanError, nearest
from ..facts.team import DEFAULT_GOALS
from ..folder import PLAN, edit, sections
from ..rules import RULES, Rule
from ..rules.packs import PACKS, PackEntry
from . import files
from .core import Core
from .values import Effect, RuleEntry


class PlanEdits(Core):
    """What can be done to the plan. An edit that makes it wrong is kept, and ``problems`` tell what
    is wrong.

    Raise ``ShiftplanError`` where an edit cannot be made at all.
    """

    # -- rules -----------------------------------------------------------------------------------

    @property
    def rules(self) -> tuple[RuleEntry, ...]:
        """Every rule as it stands in the file, switched off or wrong ones too; none while it is not
        TOML.
        """
        try:
            written = edit.written(self._plan_text).get(sections.RULES, [])
        except ShiftplanError:
            return ()
        if not isinstance(written, list):
            return ()
        right = self._examined.rules if self._examined else {}
        entries = []
        for number, values in enumerate(written):
            values = values if isinstance(values, Mapping) else {}
            first, end = edit.block(self._plan_text, (sections.RULES, number)) or (0, 0)
            wrong = tuple(p for p in self.problems if p.file == PLAN and first < p.line <= end)
            made = right.get(number)
            entries.append(
                RuleEntry(
                    number,
                    first + 1,
                    str(values.get("kind", values.get("pack", ""))),
                    values,
                    made if isinstance(made, Rule) else None,
                    made if isinstance(made, PackEntry) else None,
                    values.get("enabled") is not False,
                    wrong,
                )
            )
        return tuple(entries)

    def add_rule(self, kind: str, values: Mapping[str, Any], at: int | None = None) -> Effect:
        """Add a rule, or a pack by its name, after the last, or before rule number *at*.

        *values* are what TOML holds: text, numbers, true and false, lists, mappings, dates and times.
        """
        if kind not in RULES and kind not in PACKS.names:
            raise ShiftplanError(
                f"'{kind}' is no kind of rule.", nearest(kind, (*RULES, *PACKS.names))
            )
        key = "kind" if kind in RULES else "pack"
        whole = {key: kind, **{k: v for k, v in values.items() if k != key}}
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
        written = self._section("team").get("goals")
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
        return self._section(name)

    def entries(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """Return the entries of a section that may stand several times, such as ``[[sites]]``, as
        written.
        """
        found = self._written().get(name, [])
        return tuple(e for e in found if isinstance(e, Mapping)) if isinstance(found, list) else ()

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
        return (PLAN, *sorted(n for n in self._state.texts if n != PLAN))

    def file_text(self, name: str) -> str:
        """Return the text of a file, unsaved edits included. What is not UTF-8 is shown as U+FFFD."""
        text = self._state.texts.get(name)
        if text is None:
            raise ShiftplanError(f"'{name}' is no file of this plan.", nearest(name, self.files))
        return files.encoded(text).decode("utf-8", "replace").removeprefix("\ufeff")

    def set_file_text(self, name: str, text: str) -> Effect:
        """Replace the text of a file, as typed: right or wrong."""
        if name not in self._state.texts:
            raise ShiftplanError(f"'{name}' is no file of this plan.", nearest(name, self.files))
        if text == self.file_text(name):
            return Effect(f"{name}: text")
        mark = "\ufeff" if self._state.texts[name].startswith("\ufeff") else ""
        clean = text.encode("utf-8", "replace").decode("utf-8")
        return self._do(f"{name}: text", texts={name: mark + clean})

    # -- inside ----------------------------------------------------------------------------------

    @property
    def _plan_text(self) -> str:
        return self._state.texts.get(PLAN, "")

    def _written(self) -> Mapping[str, Any]:
        """Return what the plan file holds, nothing while it is not TOML."""
        try:
            return edit.written(self._plan_text)
        except ShiftplanError:
            return {}

    def _section(self, name: str) -> Mapping[str, Any]:
        found = self._written().get(name, {})
        return found if isinstance(found, Mapping) else {}

    def _edit(self, label: str, change: Callable[[str], str]) -> Effect:
        return self._do(label, texts={PLAN: change(self._plan_text)})
