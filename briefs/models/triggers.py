"""Triggers that refuse, against raw SQL too, to change or delete a fact. Both databases.

Installed after every migrate (SQLite's table rebuilds drop them), idempotently. `lift` is for the
teardown of tests, whose flush deletes everything."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# table → column that leads to the edition whose pending state allows deletion (None: never).
FACTS: dict[str, str | None] = {
    "briefs_edition": "id",
    "briefs_editionbyline": "edition_id",
    "briefs_editiontopic": "edition_id",
    "briefs_editionsource": "edition_id",
    "briefs_stagechange": None,
    "briefs_withdrawal": None,
}
MESSAGE = "is a fact: it is neither changed nor deleted"


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on every table of facts that exists."""
    make = {"sqlite": _install_sqlite, "postgresql": _install_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table, column in FACTS.items():
            if table in tables and "briefs_edition" in tables:
                make(cursor, table, column)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away again."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table in tables & set(FACTS):
            suffix = "" if connection.vendor == "sqlite" else f" ON {table}"
            for act in ("update", "delete", "truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{suffix}")


def _install_sqlite(cursor: CursorWrapper, table: str, column: str | None) -> None:
    now = "STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')"
    pending = (
        f"WHEN NOT EXISTS (SELECT 1 FROM briefs_edition e "
        f"WHERE e.id = OLD.{column} AND e.public_from > {now})"
        if column
        else ""
    )
    for act, condition in (("update", ""), ("delete", pending)):
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
        cursor.execute(
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{table} {MESSAGE}'); END"
        )


def _install_postgresql(cursor: CursorWrapper, table: str, column: str | None) -> None:
    pending = (
        f"IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM briefs_edition e "
        f"WHERE e.id = OLD.{column} AND e.public_from > clock_timestamp()) "
        f"THEN RETURN OLD; END IF;"
        if column
        else ""
    )
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {table}_fact() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {pending} RAISE EXCEPTION '{table} {MESSAGE}' USING ERRCODE = '23001'; END $$"
    )
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {table}_whole() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} {MESSAGE}' USING ERRCODE = '23001'; END $$"
    )
    for act, scope, function in (
        ("update", "ROW", "fact"),
        ("delete", "ROW", "fact"),
        ("truncate", "STATEMENT", "whole"),
    ):
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            f"FOR EACH {scope} EXECUTE FUNCTION {table}_{function}()"
        )
