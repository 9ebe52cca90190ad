"""Triggers that refuse, against raw SQL too, to change, delete or add to a fact. Both databases.

Installed after every migrate, idempotently, and lifted before one that has work to do: SQLite
rebuilds a table to alter it, and cannot while triggers name it."""

from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

MESSAGE = "is a fact: it is neither changed nor deleted"
FULL = "is a fact: nothing is added to it"
KEPT = "is kept for ever: its brief was frozen"
WHOLE = "is kept for ever: it is not emptied"
NOW = {"sqlite": "STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')", "postgresql": "clock_timestamp()"}
EDITION = "briefs_edition"
ADDRESS = "briefs_address"


@dataclass(frozen=True)
class Facts:
    """A table of facts. `edition` is the column that leads to an edition: one that is pending may be
    deleted, and its rows once it is gone (foreign keys are checked at the end), lest one be put in
    another's place; `count` is the column of the edition that says how many rows it has; `unique`
    the keys by which SQLite's INSERT OR REPLACE would put one row in place of another."""

    table: str
    unique: tuple[tuple[str, ...], ...] = ()
    edition: str = ""
    count: str = ""


FACTS = (
    Facts(EDITION, (("brief_id", "number"),), edition="id"),
    Facts(
        "briefs_editionbyline",
        (("edition_id", "position"), ("edition_id", "author_id")),
        edition="edition_id",
        count="byline_count",
    ),
    Facts(
        "briefs_editiontopic",
        (("edition_id", "topic_id"),),
        edition="edition_id",
        count="topic_count",
    ),
    Facts(
        "briefs_editionsource",
        (("edition_id", "position"), ("edition_id", "source_id")),
        edition="edition_id",
        count="source_count",
    ),
    Facts(
        "briefs_editionpicture",
        (("edition_id", "picture_id"),),
        edition="edition_id",
        count="picture_count",
    ),
    Facts("briefs_stagechange"),
    Facts("briefs_withdrawal", (("brief_id",),)),
)
TABLES = (*(facts.table for facts in FACTS), ADDRESS)
ACTS = ("update", "delete", "truncate", "insert")


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on every table of facts, once all of them exist."""
    with connection.cursor() as cursor:
        if not set(TABLES) <= set(connection.introspection.table_names(cursor)):
            return
        with transaction.atomic(using=connection.alias):
            make = {"sqlite": _install_sqlite, "postgresql": _install_postgresql}
            for facts in FACTS:
                make[connection.vendor](cursor, facts)
            _keep_addresses(cursor, connection.vendor)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away again."""
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for table in TABLES:
            if connection.vendor == "postgresql":
                for suffix in ("fact", "whole", "new"):
                    cursor.execute(f"DROP FUNCTION IF EXISTS {table}_{suffix}() CASCADE")
            elif table in existing:
                for act in ACTS:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables of facts and addresses that stand without one of their triggers."""
    sql = {
        "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT c.relname, t.tgname FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgenabled = 'A'",
    }
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        cursor.execute(sql[connection.vendor])
        found = set(cursor.fetchall())
    return [
        table
        for table, acts in _acts(connection.vendor).items()
        if table in existing and not {(table, f"{table}_no_{act}") for act in acts} <= found
    ]


def _acts(vendor: str) -> dict[str, set[str]]:
    """By table: what a trigger refuses."""
    if vendor == "sqlite":
        return {table: {"update", "delete", "insert"} for table in TABLES}
    acts = {table: {"update", "delete", "truncate"} for table in TABLES}
    for facts in FACTS:
        acts[facts.table] |= {"insert"} if facts.edition else set()
    return acts


def _may_go(facts: Facts, vendor: str) -> str:
    """Whether the old row is an edition that waits for its time, or belonged to one that is gone."""
    if facts.table == EDITION:
        return f"OLD.public_from > {NOW[vendor]}"
    return f"NOT EXISTS (SELECT 1 FROM {EDITION} e WHERE e.id = OLD.{facts.edition})"


def _is_surplus(facts: Facts) -> str:
    """Whether the new row would be more than its edition has, or come after a withdrawal."""
    if facts.table == EDITION:
        return "EXISTS (SELECT 1 FROM briefs_withdrawal w WHERE w.brief_id = NEW.brief_id)"
    return (
        f"(SELECT COUNT(*) FROM {facts.table} r WHERE r.edition_id = NEW.edition_id) >= "
        f"(SELECT e.{facts.count} FROM {EDITION} e WHERE e.id = NEW.edition_id)"
    )


def _install_sqlite(cursor: CursorWrapper, facts: Facts) -> None:
    fixed = f"WHEN NOT ({_may_go(facts, 'sqlite')})" if facts.edition else ""
    keys = (("id",), *facts.unique)
    same = " OR ".join(
        f"EXISTS (SELECT 1 FROM {facts.table} r WHERE "
        + " AND ".join(f"r.{column} = NEW.{column}" for column in key)
        + ")"
        for key in keys
    )
    surplus = f" OR {_is_surplus(facts)}" if facts.edition else ""
    for act, condition, message in (
        ("update", "", MESSAGE),
        ("delete", fixed, MESSAGE),
        ("insert", f"WHEN {same}{surplus}", FULL),
    ):
        _sqlite_trigger(cursor, facts.table, act, condition, message)


def _sqlite_trigger(
    cursor: CursorWrapper, table: str, act: str, condition: str, message: str
) -> None:
    name = f"{table}_no_{act}"
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    cursor.execute(
        f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{table} {message}'); END"
    )


def _install_postgresql(cursor: CursorWrapper, facts: Facts) -> None:
    table = facts.table
    going = surplus = ""
    if facts.edition:
        may_go = _may_go(facts, "postgresql")
        going = f"IF TG_OP = 'DELETE' THEN IF {may_go} THEN RETURN OLD; END IF; END IF;"
        surplus = f"IF NOT ({_is_surplus(facts)}) THEN RETURN NEW; END IF;"
    _postgresql_trigger(cursor, table, ("update", "delete"), "fact", going, MESSAGE)
    _postgresql_trigger(cursor, table, ("truncate",), "whole", "", MESSAGE)
    if surplus:
        _postgresql_trigger(cursor, table, ("insert",), "new", surplus, FULL)


def _postgresql_trigger(
    cursor: CursorWrapper, table: str, acts: tuple[str, ...], name: str, body: str, message: str
) -> None:
    """`ENABLE ALWAYS`: session_replication_role does not disarm it. The search path is that of the
    table: a temporary one of the same name does not deceive it."""
    cursor.execute(
        "SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = %s::regclass", [table]
    )
    (schema,) = cursor.fetchone()
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {schema}, pg_temp AS $$ "
        f"BEGIN {body} RAISE EXCEPTION '{table} {message}' USING ERRCODE = '23001'; END $$"
    )
    scope = "STATEMENT" if name == "whole" else "ROW"
    for act in acts:
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            f"FOR EACH {scope} EXECUTE FUNCTION {table}_{name}()"
        )
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{act}")


def _keep_addresses(cursor: CursorWrapper, vendor: str) -> None:
    """An address under which an edition was frozen is neither deleted nor given away."""
    frozen, moved = _was_frozen("OLD"), "(NEW.slug <> OLD.slug OR NEW.brief_id <> OLD.brief_id)"
    if vendor == "sqlite":
        _keep_addresses_sqlite(cursor, frozen, moved)
        return
    body = (
        f"IF NOT {frozen} THEN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END IF; "
        f"IF TG_OP = 'UPDATE' THEN IF NOT {moved} THEN RETURN NEW; END IF; END IF;"
    )
    _postgresql_trigger(cursor, ADDRESS, ("update", "delete"), "fact", body, KEPT)
    _postgresql_trigger(cursor, ADDRESS, ("truncate",), "whole", "", WHOLE)


def _keep_addresses_sqlite(cursor: CursorWrapper, frozen: str, moved: str) -> None:
    """OR REPLACE, of an INSERT or an UPDATE, deletes what is in its way without a DELETE trigger."""
    in_the_way = (
        "(r.id = NEW.id OR r.slug = NEW.slug"
        " OR (r.brief_id = NEW.brief_id AND r.current AND NEW.current))"
    )
    replaced = (
        f"EXISTS (SELECT 1 FROM {ADDRESS} r WHERE {in_the_way} AND {_was_frozen('r')}{{others}})"
    )
    others = replaced.format(others=" AND r.id <> OLD.id")
    for act, condition in (
        ("delete", frozen),
        ("update", f"({frozen} AND {moved}) OR {others}"),
        ("insert", replaced.format(others="")),
    ):
        _sqlite_trigger(cursor, ADDRESS, act, f"WHEN {condition}", KEPT)


def _was_frozen(row: str) -> str:
    """As `Brief.was_frozen` asks, of the brief of this row."""
    return (
        f"(EXISTS (SELECT 1 FROM {EDITION} e WHERE e.brief_id = {row}.brief_id)"
        f" OR EXISTS (SELECT 1 FROM briefs_stagechange s"
        f" WHERE s.brief_id = {row}.brief_id AND s.edition_number IS NOT NULL))"
    )
