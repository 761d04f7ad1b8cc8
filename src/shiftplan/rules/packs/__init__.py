"""Packs: named sets of rules, each labelled law or policy and with a citation.

A pack is a TOML file in this folder, and nothing else lists it. Packs are not legal advice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias

from pydantic import Field, ValidationInfo, field_validator, model_validator

from ...errors import count, nearest
from ...facts import Facts, Frozen
from ...facts.base import Name
from .. import MUST, RULES, Filter, Rule

StrengthKey: TypeAlias = Literal["law", "policy", "cost"]
"""What an entry says the strength of a sort of rules with."""

OFF = "off"
COST = "cost"
"""The kind that is minimised and never a hard rule; its goal has a key of its own."""

NOT_ADVICE = "Packs are not legal advice: they hold some rules of a law, not all of it."


class PackItem(Frozen):
    """One rule of a pack: what it says, where that comes from, what of that it leaves out."""

    name: Name
    label: Literal["law", "policy"]
    rule: dict[str, Any]
    citation: str = Field(min_length=1, max_length=600)
    url: str = ""
    unverified: bool = False
    """Whether the source was not seen itself."""
    not_covered: str = ""
    weight: int = 1

    @property
    def kind(self) -> str:
        """The kind of its rule."""
        return str(self.rule["kind"])

    def made(self, **common: Any) -> Rule:
        """Return the rule with strength, weight and the like as given."""
        return RULES[self.kind].model_validate({**self.rule, **common})

    def source(self, pack: str) -> str:
        """Return where the rule comes from, as it is reported with a breach."""
        seen = " (unverified)" if self.unverified else ""
        link = f". {self.url}" if self.url else ""
        return f"{pack}, {self.label}: {self.citation}{seen}{link}"


class Pack(Frozen):
    """A set of rules from one law, or to one end."""

    name: Name
    title: Name
    summary: str
    not_covered: tuple[str, ...] = ()
    rules: tuple[PackItem, ...]


@dataclass(frozen=True)
class _Packs:
    """The packs by name, read when they are first asked for."""

    folder: Path

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every pack's name."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.toml")))

    @cached_property
    def all(self) -> dict[str, Pack]:
        """Every pack by its name."""
        return {name: self._read(name) for name in self.names}

    def _read(self, name: str) -> Pack:
        raw = tomllib.loads((self.folder / f"{name}.toml").read_text(encoding="utf-8"))
        return Pack.model_validate({"name": name, **raw})


PACKS = _Packs(Path(__file__).parent)


class PackEntry(Frozen):
    """A ``[[rules]]`` entry that stands for the rules of a pack."""

    pack: str
    whom: Filter = Field(default=Filter(), alias="for")
    law: Name = MUST
    """``must``, or the goal towards which each breach of what is law counts."""
    policy: Name = "stability"
    """The goal towards which each breach of what is policy counts; or ``must``, or ``off``."""
    cost: Name = COST
    """The goal towards which overtime and premiums count; or ``off``."""
    weight: int = Field(default=1, ge=1, le=10_000)
    """What a breach of each rule costs within its goal, times the weight it has in the pack."""
    without: tuple[Name, ...] = Field(default=(), alias="except")
    """Rules of the pack to leave out, by name or by kind."""
    enabled: bool = True
    """False switches the pack off: it stays in the plan file and counts for nothing."""

    @field_validator("pack")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in PACKS.names:
            raise ValueError(f"'{value}' is no pack. {nearest(value, PACKS.names)}".rstrip())
        return value

    @field_validator("law")
    @classmethod
    def _law_stays(cls, value: str) -> str:
        if value == OFF:
            raise ValueError("law cannot be off as a whole. Leave single rules out with except")
        return value

    @field_validator("cost")
    @classmethod
    def _no_must(cls, value: str, info: ValidationInfo) -> str:
        if value == MUST:
            raise ValueError(
                "pay cannot be a hard rule. Name a goal, or give a budget in a rule of kind cost"
            )
        return value

    @model_validator(mode="after")
    def _rules_there(self) -> Self:
        rules = PACKS.all[self.pack].rules
        known = {r.name for r in rules} | {r.kind for r in rules}
        for word in self.without:
            if word not in known:
                raise ValueError(
                    f"except: '{word}' is no rule of the pack. {nearest(word, known)}".rstrip()
                )
        return self

    def sentence(self) -> str:
        """Return the entry as a sentence: the pack, and how strong its rules are."""
        strengths = [self._strength_in_words(key) for key in self._keys]
        rules = count(len(self.items), "rule")
        return f"Pack {self.pack}{self.whom.restriction()}: {rules}, {', '.join(strengths)}."

    def _strength_in_words(self, key: StrengthKey) -> str:
        strength = getattr(self, key)
        if strength == MUST:
            return f"{key} as hard rules"
        return f"{key} off" if strength == OFF else f"{key} towards {strength}"

    @property
    def items(self) -> tuple[PackItem, ...]:
        """The rules of the pack that are not left out."""
        left_out = set(self.without)
        return tuple(i for i in PACKS.all[self.pack].rules if not {i.name, i.kind} & left_out)

    def key(self, item: PackItem) -> StrengthKey:
        """Return the key that says how strong *item* is."""
        return "cost" if item.kind == COST else item.label

    @property
    def _keys(self) -> tuple[StrengthKey, ...]:
        """The keys that say how strong any of its rules is, each once."""
        return tuple(dict.fromkeys(self.key(item) for item in self.items))

    def strength(self, item: PackItem) -> str:
        """Return ``must``, a goal or ``off``."""
        return str(getattr(self, self.key(item)))

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield each goal that is none, and what is wrong about whom the pack applies to."""
        yield from self.unknown_goals(facts.team.goals)
        yield from self.whom.problems(facts)

    def unknown_goals(self, goals: tuple[str, ...]) -> Iterator[str]:
        """Yield each goal that is none, beginning with its key."""
        for key in self._keys:
            goal = getattr(self, key)
            if goal in (MUST, OFF, *goals):
                continue
            if key == "cost" and key not in self.model_fields_set:
                continue  # the entry does not mention cost: its rules are left out with a notice
            if key == "law":
                hint = nearest(goal, goals)
            else:
                hint = 'Name one, or write "off".'
            yield f"{key}: '{goal}' is not one of the goals. {hint}".rstrip()

    def expand(self, facts: Facts) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
        """Return the rules the entry stands for, and a notice for each that cannot apply here."""
        rules: list[Rule] = []
        notices: list[str] = []
        for item in self.items:
            strength = self.strength(item)
            if strength == OFF:
                continue
            left_out = f"pack {self.pack} leaves out '{item.name}'"
            if strength not in (MUST, *facts.team.goals):
                notices.append(f"{left_out}: there is no goal '{strength}'.")
                continue
            rule = self._made(item, strength)
            wrong = next(rule.problems(facts), None)
            if wrong is None:
                rules.append(rule)
            else:
                notices.append(f"{left_out}: {_reason(wrong)}.")
        return tuple(rules), tuple(notices)

    def _made(self, item: PackItem, strength: str) -> Rule:
        return item.made(
            strength=strength,
            weight=self.weight * item.weight,
            whom=self.whom,
            source=item.source(self.pack),
        )


def _reason(problem: str) -> str:
    """Return the first sentence of *problem*, without the key before it and its full stop."""
    _, _, text = problem.partition(": ")
    return text.partition(". ")[0].rstrip(".")
