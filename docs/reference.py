"""Write ``docs/rules.md`` from the rules themselves: ``python docs/reference.py``."""

from __future__ import annotations

import json
from pathlib import Path

from shiftplan.cli.rules import COMMON, described
from shiftplan.rules import RULES

PAGE = Path(__file__).parent / "rules.md"

HEAD = """\
# Rules

Made by `docs/reference.py` from the rules themselves; `shiftplan rules` shows the same.

A rule is a `[[rules]]` entry in `shiftplan.toml`. It measures how far a roster breaks it; its `strength` says
whether that is forbidden or what it costs. The same kind may appear several times, for different people.

```text
"""


def text() -> str:
    """Return the page."""
    parts = [HEAD + COMMON + "```\n"]
    parts.append("".join(f"- [`{kind}`](#{kind})\n" for kind in RULES))
    for kind, rule in RULES.items():
        page = described(kind, rule)
        part = f"## {kind}\n\n{page['measure']}\n"
        if page["parameters"]:
            part += "\n| parameter | default | values | meaning |\n|---|---|---|---|\n"
            for p in page["parameters"]:
                default = "" if p["default"] is None else f"`{json.dumps(p['default'], ensure_ascii=False)}`"
                part += f"| `{p['name']}` | {default} | {p['type']} | {p['meaning']} |\n"
        for example in page["examples"]:
            part += f"\n{example['sentence']}\n\n```toml\n{example['toml']}\n```\n"
        parts.append(part)
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(text())
