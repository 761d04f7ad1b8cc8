"""Rules: every rule of the plan as its sentence, and the goals in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.cells import set_cell_size
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ...errors import count
from ...plan.amounts import title
from ...rules import MUST, RULES
from ...rules.packs import PACKS
from ...session import RuleEntry
from ..dialogs.ask import Ask, Pick
from ..dialogs.find import Find
from ..dialogs.rule import RuleForm, RuleValues, meaning
from ..effects import HARD_RULE, effect_lines
from ..widgets.keys import enter
from .page import Page

WEIGHTS = range(1, 1_000_001)


class RulesPage(Page):
    """The rules and the goals."""

    NAME = "rules"
    AUTO_FOCUS = "#rule-list"
    HELP = """
# Rules

Every rule of the plan as a sentence, with what pays for it and how much. **Enter** opens its
form; `s` and `w` change strength and weight in place; `a` adds, `d` duplicates, Space switches
off and on, Delete takes out.

On the left the goals: an earlier one is never given up for a later one. **Tab** goes there, `K`
and `J` (or Shift with the arrows) move a goal up and down. All of it goes into `shiftplan.toml`
with comments and order kept, and is undone with `u`.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "strength", "Strength"),
        Binding("w", "weight", "Weight"),
        Binding("a", "add", "Add"),
        Binding("d", "duplicate", "Duplicate"),
        Binding("space", "switch", "On/off"),
        Binding("delete,backspace", "remove", "Delete", key_display="Del"),
        Binding("slash", "find", "Find", key_display="/", show=False),
        Binding("K,shift+up", "move(-1)", "Goal up", key_display="K", show=False),
        Binding("J,shift+down", "move(1)", "Goal down", key_display="J", show=False),
        Binding("tab", "app.focus_next", "Goals", show=False),
    ]
    NEEDS_PLAN = False

    def body(self) -> ComposeResult:
        """Lay out goals and rules, and what the latest change did."""
        with Horizontal(id="rules-box"):
            with Vertical(id="goals-box"):
                yield OptionList(id="goal-list")
            yield enter(OptionList(id="rule-list"), "Edit")
        yield Static(id="rule-effect")

    @property
    def rules(self) -> OptionList:
        """The list of rules."""
        return self.query_one("#rule-list", OptionList)

    @property
    def goals(self) -> OptionList:
        """The list of goals."""
        return self.query_one("#goal-list", OptionList)

    def draw(self) -> None:
        """Show rules and goals as the plan has them."""
        self._show_goals()
        rules = self.session.plan_edits.rules
        _refill(self.rules, [_line(entry) for entry in rules])
        off = sum(not entry.enabled for entry in rules)
        switched = f", {off} switched off" if off else ""
        self.rules.border_title = f"{count(len(rules), 'rule')}{switched}"
        lines = []
        effect = self.shell.effect
        if effect is not None:
            lines = [Text(effect.label, "bold"), *effect_lines(effect)]
        self.query_one("#rule-effect", Static).update(Text("\n").join(lines))

    def _show_goals(self) -> None:
        goals = (MUST, *self.session.plan_edits.goals)
        texts = [self._cost(goal) for goal in goals]
        width = max(6, *(len(text) for text in texts))
        lines = []
        for goal, text in zip(goals, texts, strict=True):
            look = "bold red" if goal == MUST else "yellow"
            cost = (f"{text:>{width}}", "" if text in ("", "0", "0.00") else look)
            lines.append(Text.assemble(set_cell_size(title(goal), 11), cost))
        _refill(self.goals, lines)
        self.goals.border_title = "Goals, costs"

    def _cost(self, goal: str) -> str:
        """Return what a goal costs, hard rules too, as the search and the versions have it."""
        verdict = self.shell.verdict
        # A goal that was just added costs nothing anybody knows of.
        if verdict is None or goal not in verdict.costs:
            return ""
        return self.cost_words.cost(goal, verdict.costs[goal])

    # -- one rule --------------------------------------------------------------------------------

    @property
    def chosen(self) -> RuleEntry | None:
        """The rule under the cursor."""
        at, rules = self.rules.highlighted, self.session.plan_edits.rules
        return rules[at] if at is not None and at < len(rules) else None

    @on(OptionList.OptionSelected, "#rule-list")
    def action_edit(self) -> None:
        """Open the form of a rule."""
        entry = self.chosen
        if entry is None:
            return
        if entry.kind not in RULES and entry.kind not in PACKS.names:
            # Without a kind there is no form to fill in.
            where = f"Fix it under 9 Files, line {entry.line}."
            self.notify(f"{entry.sentence} {where}", markup=False)
            return
        name = f"Rule {entry.number + 1}: {entry.kind}"
        form = RuleForm(self.session, entry.kind, entry.values, name)
        self._then(form, lambda values: self.session.plan_edits.change_rule(entry.number, values))

    def _then(self, form: RuleForm, do: Callable[[RuleValues], object]) -> None:
        def kept(values: RuleValues | None) -> None:
            if values is not None:
                self.attempt(lambda: do(values))

        self.app.push_screen(form, kept)

    def action_strength(self) -> None:
        """Change what pays for a breach of the rule."""
        entry = self.chosen
        if entry is None:
            return
        if entry.kind in PACKS.names:
            self.action_edit()  # a pack has three strengths
            return
        goals = self.session.plan_edits.goals
        choices = [(MUST, "a hard rule: never broken")]
        choices += [(goal, f"goal {place}") for place, goal in enumerate(goals, 1)]

        def picked(strength: str | None) -> None:
            if strength is not None:
                self._change(entry, {"strength": strength})

        now = str(entry.values.get("strength", MUST))
        self.app.push_screen(Pick("Strength", choices, now), picked)

    def _change(self, entry: RuleEntry, values: RuleValues) -> None:
        self.attempt(lambda: self.session.plan_edits.change_rule(entry.number, values))

    def action_weight(self) -> None:
        """Change how much a breach costs its goal."""
        entry = self.chosen
        if entry is None:
            return

        def wrong(text: str) -> str:
            fine = text.strip().isdecimal() and int(text) in WEIGHTS
            return "" if fine else "The weight is a whole number from 1 to 1000000."

        def given(text: str | None) -> None:
            if text is not None:
                self._change(entry, {"weight": int(text)})

        now = str(entry.values.get("weight", 1))
        self.app.push_screen(Ask("Weight", now, help=entry.sentence, check=wrong), given)

    def action_add(self) -> None:
        """Add a rule of a kind that is picked."""

        def picked(kind: str | None) -> None:
            if kind is not None:
                form = RuleForm(self.session, kind, {}, f"New rule: {kind}")
                self._then(form, partial(self._add, kind))

        kinds = [(kind, meaning(kind)) for kind in (*RULES, *PACKS.names)]
        self.app.push_screen(Pick("Add a rule", kinds), picked)

    def _add(self, kind: str, values: RuleValues) -> object:
        given = {key: value for key, value in values.items() if value is not None}
        effect = self.session.plan_edits.add_rule(kind, given)
        self.rules.highlighted = len(self.session.plan_edits.rules) - 1
        return effect

    def action_duplicate(self) -> None:
        """Put a copy of the rule below it."""
        self._with_chosen(self.session.plan_edits.duplicate_rule)

    def action_remove(self) -> None:
        """Take the rule out of the plan."""
        self._with_chosen(self.session.plan_edits.remove_rule)

    def action_switch(self) -> None:
        """Switch the rule off, or on again."""
        entry = self.chosen
        if entry is not None:
            self.attempt(
                lambda: self.session.plan_edits.toggle_rule(entry.number, not entry.enabled)
            )

    def _with_chosen(self, do: Callable[[int], object]) -> None:
        entry = self.chosen
        if entry is not None:
            self.attempt(lambda: do(entry.number))

    def action_find(self) -> None:
        """Go to a rule by part of its sentence."""
        lines = [f"{e.number + 1} {e.kind}: {e.sentence}" for e in self.session.plan_edits.rules]

        def found(line: str | None) -> None:
            if line is not None:
                self.rules.highlighted = lines.index(line)
                self.rules.focus()

        self.app.push_screen(Find(lines, "Find a rule"), found)

    # -- goals -----------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """Move the goal under the cursor up or down."""
        at, goals = self.goals.highlighted, self.session.plan_edits.goals
        # The first line is the hard rules, so a goal stands one line below its place.
        if at is None or not self.goals.has_focus:
            self.notify("Tab to the goals first, then move one.", timeout=3)
        elif at == 0 or not 0 <= at - 1 + step < len(goals):
            self.notify("Hard rules always come first.", timeout=3)
        elif self.attempt(lambda: self.session.plan_edits.move_goal(goals[at - 1], at - 1 + step)):
            self.goals.highlighted = at + step


def _refill(options: OptionList, lines: Sequence[RenderableType]) -> None:
    """Show *lines*, the cursor where it was."""
    at = options.highlighted
    # Prompts are replaced in place where possible: a list made anew scrolls back to the top.
    if options.option_count == len(lines):
        for k, line in enumerate(lines):
            options.replace_option_prompt_at_index(k, line)
        return
    options.clear_options()
    options.add_options([Option(line) for line in lines])
    options.highlighted = min(at or 0, len(lines) - 1) if lines else None


def _line(entry: RuleEntry) -> Table:
    """Return a rule as a line: strength, weight, sentence, what is wrong."""
    hard = entry.pack is None and entry.values.get("strength", MUST) == MUST
    line = Table.grid(padding=(0, 1, 0, 0), expand=True)
    line.add_column(width=13, no_wrap=True, style="bold" if hard else "")
    line.add_column(ratio=1)
    line.add_row(_pays(entry, hard), _sentence(entry))
    return line


def _pays(entry: RuleEntry, hard: bool) -> str:
    """Return what pays for a breach of the rule, and how much if it is more than 1."""
    if hard:
        return HARD_RULE  # what is never broken has no price
    # The rules of a pack have strengths of their own.
    goal = "pack" if entry.pack is not None else str(entry.values["strength"])
    weight = entry.values.get("weight", 1)
    return goal if weight == 1 else f"{goal} ×{weight}"


def _sentence(entry: RuleEntry) -> Text:
    if not entry.enabled:
        return Text.assemble(("off  ", "bold yellow"), (entry.sentence, "dim"))
    if entry.problems:
        return Text(f"× {entry.kind}: {entry.sentence}", "bold red")
    return Text(entry.sentence)


SCREEN = RulesPage
