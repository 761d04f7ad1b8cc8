"""Every command shown in the documentation runs, in the order shown, and every link leads
somewhere.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from runpy import run_path

import pytest

from tests.cli.tiny import runner

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
ELSEWHERE = ("make ", "git ", "shiftplan tui")
"""Run by CI itself, or by a person at a terminal: tests/tui does what they do."""


def commands(page: Path) -> list[str]:
    """Return the lines after a prompt, but those run elsewhere."""
    lines = [line for block in BLOCK.findall(page.read_text()) for line in block.splitlines()]
    shown = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    return [line for line in shown if not line.startswith(ELSEWHERE)]


@pytest.mark.slow
@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=lambda p: p.name)
def test_every_command_shown_runs(
    page: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    run, folder = runner(capsys), tmp_path
    for line in commands(page):
        words = shlex.split(line, comments=True)
        if words[0] == "cd":
            folder = folder / words[1]
            continue
        assert words[0] == "shiftplan", line
        monkeypatch.chdir(folder)
        done = run(*words[1:])
        assert done.code == 0, f"{line}\n{done.out}\n{done.err}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text()):
        assert (page.parent / target).exists(), target


def test_the_rules_page_says_what_the_rules_say() -> None:
    reference = run_path(str(ROOT / "docs" / "reference.py"))
    assert reference["PAGE"].read_text() == reference["text"](), "run: python docs/reference.py"
