"""``shiftplan import``: a published problem becomes a plan folder, or a sentence says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.test_curtois_qu import TINY

from .tiny import Run, runner


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "Tiny.txt"
    path.write_text(TINY)
    return path


@pytest.mark.slow
def test_what_import_writes_is_a_right_plan_that_solves(
    run: Run, source: Path, tmp_path: Path
) -> None:
    root = tmp_path / "plans" / "tiny"
    done = run("import", "curtois-qu", source, root)
    assert done.code == 0
    assert sorted(done.out.split()) == sorted(str(p) for p in root.iterdir())
    assert done.err == f"Next: shiftplan solve -C {root}\n"
    assert run("check", "-C", root).code == 0
    assert run("solve", "-C", root, "--time-limit", "5").code == 0


def test_import_tells_scripts_what_it_wrote(run: Run, source: Path, tmp_path: Path) -> None:
    shown = run("import", "curtois-qu", source, tmp_path / "plan", "--json").json()
    assert sorted(shown["files"]) == sorted(p.name for p in (tmp_path / "plan").iterdir())


def test_import_refuses_a_folder_that_has_a_plan(run: Run, source: Path, tmp_path: Path) -> None:
    run("import", "curtois-qu", source, tmp_path / "plan")
    done = run("import", "curtois-qu", source, tmp_path / "plan")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"error: {tmp_path / 'plan'} has a plan already. Name another folder.\n"


def test_import_names_the_line_that_is_wrong(run: Run, source: Path, tmp_path: Path) -> None:
    source.write_text(TINY.replace("L,600,E", "L,600,D"))
    done = run("import", "curtois-qu", source, tmp_path / "plan")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"error: {source}:7: cannot follow: 'D' is not one of the shifts. Known: E, L.\n"
    )
    assert not (tmp_path / "plan").exists()


def test_import_says_that_a_file_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("import", "curtois-qu", tmp_path / "none.txt", tmp_path / "plan")
    assert done.code == 2
    assert (
        done.err
        == f"error: {tmp_path / 'none.txt'}: the file cannot be read: No such file or directory.\n"
    )


def test_an_unknown_family_is_reported_with_the_nearest(
    run: Run, source: Path, tmp_path: Path
) -> None:
    done = run("import", "curtois-q", source, tmp_path / "plan")
    assert done.code == 2
    assert done.err == "error: there is no importer for 'curtois-q'. Did you mean 'curtois-qu'?\n"
