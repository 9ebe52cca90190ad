"""What `make` installs where it is missing, as far as that can be seen without installing it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("bash", "cat", "cksum", "dirname", "env", "head", "id", "sort")


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A PATH that leads to no browser, no apt and no sudo."""
    for name in NEEDED:
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    return tmp_path


def install(path: Path) -> str:
    """What is said while the tests' needs are installed, the environment being there."""
    stamp = ROOT / ".venv/.installed-test"
    if not stamp.exists():
        pytest.skip("the environment was not made by make")
    ran = subprocess.run(
        [".ci/install", "test"],
        cwd=ROOT,
        env={**os.environ, "PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stderr


def test_a_missing_browser_is_missed(bare_path: Path) -> None:
    assert "Chromium is missing" in install(bare_path)


def test_a_browser_that_is_there_is_found(bare_path: Path) -> None:
    (bare_path / "chromium").symlink_to(bare_path / "id")
    assert install(bare_path) == ""
