"""Every command where the database is not ready: one line, and nothing left behind. Each case is a
process of its own, because the tests' own database always is."""

import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, IntegrityError

from briefs.management.command import DatabaseCommand
from tests.test_settings import DEPLOYMENT, manage

MANUSCRIPT = Path(__file__).parent.parent.parent / "briefs" / "samples" / "resetting-ties.docx"
COMMANDS = [
    ("transition", "x", "publish", "--by", "y"),
    ("import_manuscript", str(MANUSCRIPT)),
    ("verify_editions",),
    ("render_pdf", "x", "--output", "/nowhere/x.pdf"),
    ("rebuild_search",),
]
NOBODY = "postgres://nobody@127.0.0.1:1/none"  # no server listens on port 1


def run(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return manage(*arguments, **DEPLOYMENT | {"DATABASE_URL": database})


def assert_one_line(result: subprocess.CompletedProcess[str], sentence: str) -> None:
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert sentence in result.stderr


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_without_its_tables_each_command_asks_for_migrate(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    result = run(f"sqlite:///{tmp_path / 'new.sqlite3'}", *arguments)
    assert_one_line(result, "run manage.py migrate first")


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_without_a_database_each_command_says_that_none_answers(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    result = run(f"sqlite:///{tmp_path}/nowhere/new.sqlite3", *arguments)
    assert_one_line(result, "The database does not answer: ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("transition",), "the following arguments are required: SLUG, VERB, --by"),
        (("transition", "x", "fly", "--by", "y"), "invalid choice: 'fly'"),
        (("import_manuscript",), "required: FILE"),
        (("render_pdf", "x", "--output"), "--output: expected one argument"),
        (("verify_editions", "--all"), "unrecognized arguments: --all"),
        (("rebuild_search", "now"), "unrecognized arguments: now"),
        (("demo", "--serve", "here"), "“here” is no address like 127.0.0.1:8000"),
    ],
)
def test_arguments_that_are_wrong_get_one_line_and_no_usage(
    arguments: tuple[str, ...], sentence: str
) -> None:
    result = run("sqlite:////nowhere/x.sqlite3", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert sentence in result.stderr


def test_without_a_server_a_command_says_so_at_once() -> None:
    result = manage("verify_editions", **DEPLOYMENT | {"DATABASE_URL": NOBODY})
    assert_one_line(result, "The database does not answer: connection failed")


def test_rebuilding_the_index_first_does_not_stop_the_migrations(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    run(database, "rebuild_search")
    assert run(database, "migrate", "-v0").returncode == 0
    assert run(database, "rebuild_search").stdout == "Search index rebuilt: 0 editions.\n"


def test_a_half_migrated_database_is_not_repaired_either(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    assert run(database, "migrate", "briefs", "0001", "-v0").returncode == 0
    assert_one_line(run(database, "rebuild_search"), "run manage.py migrate first")
    assert run(database, "migrate", "-v0").returncode == 0


@pytest.mark.django_db
@pytest.mark.parametrize("error", [DatabaseError, IntegrityError])
def test_another_refusal_is_told_by_its_first_line(error: type[DatabaseError]) -> None:
    class Command(DatabaseCommand):
        def handle(self, *args: object, **options: object) -> None:
            raise error("disk full\nDETAIL: more")

    with pytest.raises(CommandError, match=r"^The database refused: disk full$"):
        Command().execute(no_color=False, force_color=False, skip_checks=True)
