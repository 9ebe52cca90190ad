"""Migrations go forward and back, also where facts stand in their way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.state import ProjectState

from briefs.models import Edition, triggers
from tests.factories import make_edition

ROOT = Path(__file__).parents[2]


def test_no_migration_is_missing() -> None:
    environment = os.environ | {"DATABASE_URL": "sqlite://:memory:"}
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment | settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db(transaction=True)
def test_every_migration_goes_back_and_forward_again() -> None:
    call_command("migrate", "briefs", "zero", verbosity=0)
    assert "briefs_edition" not in connection.introspection.table_names()
    call_command("migrate", verbosity=0)
    make_edition()
    assert not triggers.missing(connection)


@pytest.mark.django_db(transaction=True)
def test_a_table_of_facts_can_be_altered_while_it_holds_rows() -> None:
    """What a later migration will do, between the signals that `migrate` sends."""
    make_edition(topics=("peace",))
    old = Edition._meta.get_field("title")
    new = models.CharField(max_length=310)
    new.set_attributes_from_name("title")
    state = ProjectState.from_apps(Edition._meta.apps)
    edition = state.apps.get_model("briefs", "Edition")
    new.model = edition
    triggers.lift(connection)
    if connection.vendor == "sqlite":
        connection.disable_constraint_checking()
    with connection.schema_editor() as editor:
        editor.alter_field(edition, edition._meta.get_field("title"), new)
    with connection.schema_editor() as editor:
        editor.alter_field(edition, new, edition._meta.get_field("title"))
    triggers.install(connection)
    assert Edition.objects.get().title == "A Brief"
    assert old.max_length == 300
    assert not triggers.missing(connection)
