"""Write ``docs/rules.md`` from the rules themselves: ``python docs/reference.py``."""

from __future__ import annotations

import json
from pathlib import Path

from shiftplan.cli import packs
from shiftplan.cli.rules import COMMON, described
from shiftplan.rules import RULES
from shiftplan.rules.packs import NOT_ADVICE, PACKS

PAGE = Path(__file__).parent / "rules.md"

HEAD = """\
# Rules

Made by `docs/reference.py` from the rules themselves; `shiftplan rules` shows the same.

A rule is a `[[rules]]` entry in `shiftplan.toml`. It measures how far a roster breaks it; its
`strength` says whether that is forbidden or what it costs. The same kind may appear several times,
for different people.

```text
"""

PACKS_HEAD = f"""\
# Packs

A pack is a set of the rules above with their numbers and where these come from. An entry of
`[[rules]]` with `pack` in place of `kind` stands for all of them. Each is labelled *law* or
*policy*; *unverified* means that the source itself was not seen. {NOT_ADVICE}
"""


def text() -> str:
    """Return the page."""
    parts = [HEAD + COMMON + "```\n"]
    parts.append("".join(f"- [`{kind}`](#{kind})\n" for kind in RULES))
    parts.append(
        "Sets of rules: " + ", ".join(f"[`{name}`](#pack-{name})" for name in PACKS.names) + ".\n"
    )
    for kind, rule in RULES.items():
        page = described(kind, rule)
        part = f"## {kind}\n\n{page['measure']}\n"
        if page["parameters"]:
            part += "\n| parameter | default | values | meaning |\n|---|---|---|---|\n"
            for p in page["parameters"]:
                default = (
                    ""
                    if p["default"] is None
                    else f"`{json.dumps(p['default'], ensure_ascii=False)}`"
                )
                part += f"| `{p['name']}` | {default} | {p['type']} | {p['meaning']} |\n"
        for example in page["examples"]:
            part += f"\n{example['sentence']}\n\n```toml\n{example['toml']}\n```\n"
        parts.append(part)
    return "\n".join([*parts, PACKS_HEAD, *map(_pack, PACKS.names)])


def _pack(name: str) -> str:
    """Return the part about one pack."""
    pack = packs.described(name)
    part = f"## Pack {name}\n\n{pack['title']}. {pack['summary']}\n\n"
    part += "| rule | | says | source |\n|---|---|---|---|\n"
    for rule in pack["rules"]:
        label = rule["label"] + (", unverified" if rule["unverified"] else "")
        link = f" [link]({rule['url']})" if rule["url"] else ""
        left_out = f" *Not covered: {rule['not_covered']}*" if rule["not_covered"] else ""
        name = f"`{rule['name']}` ([`{rule['kind']}`](#{rule['kind']}))"
        source = f"{rule['citation']}.{link}{left_out}"
        part += f"| {name} | {label} | {rule['sentence']} | {source} |\n"
    part += "\nNot covered:\n\n" + "".join(f"- {text}\n" for text in pack["not_covered"])
    return part + f"\n```toml\n{pack['toml']}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(text())
