"""A form: a line for each field, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Label, Select, Static

from ..fields import Field, write

Check = Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]
"""Returns what is wrong with the values: the key at fault (or none of them: empty), a sentence."""


class LastWord(Suggester):
    """Suggests how the last of several words between commas may go on."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(case_sensitive=False)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """Return *value* with its last word complete, if one of the known words begins like it."""
        start, comma, word = value.rpartition(",")
        # What was typed must stay as it is: the suggestion is drawn behind it.
        blank = " " if word.startswith(" ") else ""
        stem = word.strip().lower()
        if not stem:
            return None
        for known in self._known:
            if known.lower().startswith(stem):
                return f"{start}{comma}{blank}{known}"
        return None


class Form(VerticalScroll):
    """Fields with their meanings; what is wrong stands below the field at fault."""

    can_focus = False

    class Changed(Message):
        """Something was typed; the form is checked anew."""

    def __init__(self, fields: Sequence[Field], values: Mapping[str, Any], check: Check) -> None:
        super().__init__()
        self._fields = fields
        self._given = dict(values)
        self._check = check
        self.problems: tuple[tuple[str, str], ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out a line for each field."""
        for number, field in enumerate(self._fields):
            with Vertical(classes="form-field"):
                with Horizontal(classes="field-line"):
                    star = "" if not field.required else " *"
                    yield Label(f"{field.key}{star}", markup=False)
                    yield self._editor(number, field)
                yield Static(id=f"meaning-{number}", classes="field-meaning", markup=False)

    def _editor(self, number: int, field: Field) -> Input | Select[str]:
        text = write(self._given.get(field.key))
        # A value that is none of the choices could not be shown by a list of them, nor put right.
        if field.choices and (not text or text in field.choices):
            unset = f"({field.default})" if field.default else "(not set)"
            options = [(Content(unset), "")]
            options += [(Content(choice), choice) for choice in field.choices]
            name = f"field-{number}"
            return Select(options, value=text, allow_blank=False, id=name, compact=True)
        return Input(
            text,
            placeholder=field.default or "not set",
            suggester=LastWord(field.known) if field.known else None,
            id=f"field-{number}",
            compact=True,
        )

    def on_mount(self) -> None:
        """Check what is there to begin with."""
        self.check()

    @property
    def texts(self) -> dict[str, str]:
        """What stands in each field."""
        found = {}
        for number, field in enumerate(self._fields):
            editor = self.query_one(f"#field-{number}")
            assert isinstance(editor, Input | Select)
            found[field.key] = str(editor.value).strip()
        return found

    @property
    def values(self) -> dict[str, Any]:
        """What the form holds, as the plan would; fields left open are not among them."""
        texts = self.texts
        read = {f.key: f.read(texts[f.key], self._given.get(f.key)) for f in self._fields}
        return {key: value for key, value in read.items() if value is not None}

    @on(Input.Changed)
    @on(Select.Changed)
    def _typed(self) -> None:
        self.check()
        self.post_message(self.Changed())

    def check(self) -> None:
        """Say below each field what it means, or what is wrong with it."""
        self.problems = tuple(self._check(self.values))
        wrong: dict[str, str] = {}
        for key, text in self.problems:
            wrong.setdefault(key, text)  # the first thing wrong with a field is enough at a time
        for number, field in enumerate(self._fields):
            line = self.query_one(f"#meaning-{number}", Static)
            text = wrong.get(field.key, "")
            line.set_class(bool(text), "wrong")
            line.update(text or field.meaning)
            line.display = bool(text or field.meaning)

    def first_wrong(self) -> None:
        """Put the cursor into the first field that is wrong."""
        keys = [key for key, _ in self.problems]
        for number, field in enumerate(self._fields):
            if field.key in keys:
                self.query_one(f"#field-{number}").focus()
                return
