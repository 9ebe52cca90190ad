"""What README.md says is what the code does."""

import re
from pathlib import Path

from django.core.management import load_command_class

from briefs.stages import CONTRIBUTOR_VERBS, EDITOR_VERBS, PUBLISHER_VERBS, VERBS
from tests import structure

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.split(f"## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    lines = (line for line in section(title).splitlines() if line.startswith("| "))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_variable_that_the_settings_read_is_explained() -> None:
    settings = (ROOT / "thinktank/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"""(?:ENV\.get|_required|_read|_flag)\(\s*"([A-Z_0-9]+)\"""", settings))
    explained = {name for row in rows("Deploy") for name in re.findall(r"`([A-Z_0-9]+)`", row[0])}
    assert explained == read | {"ENV_FILE"}


def test_the_table_of_verbs_is_that_of_the_code() -> None:
    table = {verb: row for row in rows("Stages and roles")[1:] for verb in row[0].split(", ")}
    assert table.keys() == VERBS.keys()
    for column, verbs in ((2, CONTRIBUTOR_VERBS), (3, EDITOR_VERBS), (4, PUBLISHER_VERBS)):
        assert {verb for verb, row in table.items() if row[column]} == set(verbs)


def test_every_module_has_its_place_in_the_map() -> None:
    named = {name for row in rows("Modules") for name in re.findall(r"`(\w+)(?:\.py|/)`", row[0])}
    there = {
        path.stem
        for path in (ROOT / "briefs").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert there - named <= {"__init__", "migrations"}
    assert named <= structure.ROW.keys()


def test_every_command_that_is_explained_takes_the_options_that_are_named() -> None:
    for cell, explanation in rows("Commands")[1:]:
        if not (words := re.findall(r"[a-z]\w+", cell)):
            continue
        parser = load_command_class("briefs", words[0]).create_parser("manage.py", words[0])
        named = set(re.findall(r"--[a-z]+", cell + explanation))
        assert named <= parser._option_string_actions.keys(), words[0]


def test_it_is_about_a_page() -> None:
    assert README.count("\n") < 130
