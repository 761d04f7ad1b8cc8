"""Edit one rule: a form that follows from its fields, its sentence below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from ...folder.build import build
from ...folder.describe import purpose
from ...folder.report import Place, Report
from ...plan import Plan
from ...rules import RULES, Rule
from ...rules.packs import NOT_ADVICE, PACKS, PackEntry
from ...session import Session
from ..fields import entry_model, rule_fields
from ..widgets.form import Form

RuleValues = dict[str, Any]


class RuleForm(ModalScreen[RuleValues | None]):
    """Hands back the rule's keys as the plan has them; a key that was taken out is None."""

    HELP = "Each field is checked as you type; the sentence below says what the rule will mean."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep it", priority=True),
        Binding("escape", "dismiss", "Leave it"),
    ]

    def __init__(self, session: Session, kind: str, values: Mapping[str, Any], title: str) -> None:
        super().__init__()
        self._session, self._kind, self._title = session, kind, title
        self._given = dict(values)

    def compose(self) -> ComposeResult:
        """Lay out what the rule measures, its fields, its sentence."""
        plan, goals = self._session.plan, self._session.plan_edits.goals
        fields = rule_fields(self._kind, plan.facts if plan else None, goals)
        with Vertical(classes="dialog tall") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "Ctrl+S keeps it · Esc leaves it"
            yield Static(meaning(self._kind), classes="title", markup=False)
            yield Form(fields, flat(self._given), self._wrong)
            yield Static(id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Keep", variant="primary", id="keep", compact=True)
                yield Button("Leave", id="leave", compact=True)

    def on_mount(self) -> None:
        """Show the sentence of what is there."""
        self._show_sentence()

    def _made(self, values: Mapping[str, Any], report: Report) -> Rule | PackEntry | None:
        """Return what the values make, None after reporting what is wrong with them."""
        key = "kind" if self._kind in RULES else "pack"
        entry = {key: self._kind, **nested(values)}
        return build(entry_model(self._kind), entry, Place("", 0), report)

    def _wrong(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        report = Report()
        made, plan = self._made(values, report), self._session.plan
        for problem in report.problems:
            yield problem.key, f"{problem.message} {problem.hint}".rstrip()
        # What the facts have against it is only asked of a rule that is right by itself.
        if made is not None and plan is not None:
            for text in _against(made, plan):
                yield _by_key(text)

    @on(Form.Changed)
    def _show_sentence(self) -> None:
        form = self.query_one(Form)
        sentence = self.query_one("#sentence", Static)
        if form.problems:
            sentence.update(Text(form.problems[0][1], "bold red"))
            return
        made = self._made(form.values, Report())
        sentence.update(Text(made.sentence() if made else "", "bold green"))

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Hand the values back if nothing is wrong with them."""
        form = self.query_one(Form)
        form.check()
        if form.problems:
            self._show_sentence()
            form.first_wrong()
            return
        values = nested(form.values)
        known = self._known()
        # A key without a field, such as one of a newer version, is left as it stands in the file.
        gone = [key for key in self._given if key not in values and key in known]
        self.dismiss({**values, **dict.fromkeys(gone)})

    def _known(self) -> set[str]:
        """Return the keys that have a field in the form."""
        fields = entry_model(self._kind).model_fields
        keys = {info.alias or name for name, info in fields.items()}
        return keys - {"kind", "enabled"}

    @on(Button.Pressed, "#leave")
    async def action_dismiss(self, result: RuleValues | None = None) -> None:
        """Leave the rule as it is."""
        self.dismiss(None)


def _against(made: Rule | PackEntry, plan: Plan) -> Iterable[str]:
    """Return what the plan's facts have against a rule or a pack."""
    if isinstance(made, PackEntry):
        return made.problems(plan.facts)
    return (text for _, text in Plan(plan.facts, (made,)).problems())


def _by_key(text: str) -> tuple[str, str]:
    """Return the key at the beginning of a sentence and the rest; no key if there is none."""
    key, colon, rest = text.partition(": ")
    # A colon may also stand in the middle of a sentence, behind several words.
    return (key, rest) if colon and rest and " " not in key else ("", text)


def meaning(kind: str) -> str:
    """Return what a kind of rule measures, or what a pack is, in a paragraph."""
    if kind in RULES:
        return purpose(RULES[kind]).split("\n\n")[0].replace("``", "'")
    return f"{PACKS.all[kind].title}: {PACKS.all[kind].summary} {NOT_ADVICE}"


def flat(values: Mapping[str, Any]) -> RuleValues:
    """Return the keys of tables inside beside the others: ``for.site``."""
    found: RuleValues = {}
    for key, value in values.items():
        if isinstance(value, Mapping):
            found |= {f"{key}.{inner}": v for inner, v in value.items()}
        else:
            found[key] = value
    return found


def nested(values: Mapping[str, Any]) -> RuleValues:
    """Return ``for.site`` inside a table ``for``, as the plan has it."""
    found: RuleValues = {}
    for key, value in values.items():
        outer, dot, inner = key.partition(".")
        if dot:
            found.setdefault(outer, {})[inner] = value
        else:
            found[key] = value
    return found
