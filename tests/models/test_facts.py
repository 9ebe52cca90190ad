"""Facts refuse to be changed or deleted: by instance, by queryset, in bulk, and by raw SQL."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from briefs.checks import facts_are_held
from briefs.models import (
    Address,
    Brief,
    Edition,
    EditionByline,
    EditionPicture,
    EditionSource,
    EditionTopic,
    StageChange,
    Withdrawal,
    triggers,
)
from briefs.models.clock import database_now
from briefs.models.facts import FactError
from briefs.stages import Stage
from tests.factories import (
    cite,
    figure,
    make_author,
    make_brief,
    make_edition,
    make_picture,
    make_source,
    make_topic,
    make_user,
    note,
)

pytestmark = pytest.mark.django_db
ROWS = [EditionByline, EditionTopic, EditionSource, EditionPicture]
FACTS = [Edition, *ROWS, StageChange, Withdrawal]
COLUMN = {
    Edition: "title",
    EditionByline: "name",
    EditionTopic: "name",
    EditionSource: "text",
    EditionPicture: "address",
    StageChange: "comment",
    Withdrawal: "notice",
}


def make_facts(public_from: dt.datetime | None = None) -> Edition:
    """One row of every kind."""
    source = make_source()
    edition = make_edition(
        body=f"<p>Text{note(cite(source))}.</p>{figure(make_picture())}",
        topics=("peace",),
        public_from=public_from,
    )
    StageChange.record(
        brief_id=edition.brief_id,
        verb="publish",
        from_stage=Stage.APPROVED,
        to_stage=Stage.PUBLISHED,
        by=make_user(),
    )
    Withdrawal.record(brief_id=edition.brief_id, notice="Taken away.")
    return edition


def raw(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("model", FACTS)
class TestFacts:
    def test_refuse_update_by_instance(self, model: type[Model]) -> None:
        make_facts()
        row = model._base_manager.get()
        with pytest.raises(FactError):
            row.save()

    def test_refuse_deletion_by_instance(self, model: type[Model]) -> None:
        make_facts()
        with pytest.raises(FactError):
            model._base_manager.get().delete()

    @pytest.mark.parametrize("manager", ["_default_manager", "_base_manager"])
    def test_refuse_acts_on_querysets(self, model: type[Model], manager: str) -> None:
        make_facts()
        rows: Any = getattr(model, manager)
        for act in (
            lambda: rows.update(pk=7),
            lambda: rows.filter(pk__gt=0).delete(),
            lambda: rows.bulk_update([rows.get()], [COLUMN[model]]),
            lambda: rows.update_or_create(pk=rows.get().pk, defaults={}),
            lambda: rows.bulk_create(
                [rows.get()],
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=[COLUMN[model]],
            ),
        ):
            with pytest.raises(FactError):
                act()

    def test_refuse_raw_sql(self, model: type[Model]) -> None:
        make_facts()
        table = model._meta.db_table
        before = list(model._base_manager.values())
        with pytest.raises(DatabaseError, match="is a fact"):
            raw(f"UPDATE {table} SET {COLUMN[model]} = 'forged'")
        with pytest.raises(DatabaseError, match="is a fact"):
            raw(f"DELETE FROM {table}")
        assert list(model._base_manager.values()) == before

    def test_refuse_truncation(self, model: type[Model]) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has no TRUNCATE")
        make_facts()
        with pytest.raises(DatabaseError):
            raw(f"TRUNCATE {model._meta.db_table} CASCADE")
        assert model._base_manager.count() == 1


def test_a_pending_edition_may_be_deleted_but_not_changed() -> None:
    make_facts(public_from=database_now() + dt.timedelta(hours=1))
    edition = Edition.objects.get()
    with pytest.raises(FactError):
        edition.save()
    with pytest.raises(DatabaseError, match="is a fact"):
        raw("UPDATE briefs_edition SET public_from = '2020-01-01 00:00:00'")
    edition.delete()
    assert not Edition.objects.exists()
    assert not EditionSource.objects.exists()


def test_a_pending_edition_may_be_deleted_by_queryset() -> None:
    make_edition(public_from=database_now() + dt.timedelta(hours=1))
    Edition.objects.pending().delete()
    assert not Edition.objects.exists()


def test_deleting_pending_and_public_editions_together_deletes_none() -> None:
    make_edition(public_from=database_now() + dt.timedelta(hours=1))
    make_edition(make_brief("Other"))
    with pytest.raises(FactError):
        Edition.objects.all().delete()
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("model", ROWS)
def test_rows_of_a_pending_edition_go_only_with_it(model: type[Model]) -> None:
    source, table = make_source(), model._meta.db_table
    soon = database_now() + dt.timedelta(hours=1)
    body = f"<p>x{note(cite(source))}</p>{figure(make_picture())}"
    make_edition(body=body, topics=("war",), public_from=soon)
    with pytest.raises(DatabaseError, match="is a fact"):
        raw(f"DELETE FROM {table}")
    assert model._base_manager.count() == 1
    gone, by_model = Edition.objects.get().delete()
    assert (gone, by_model[model._meta.label]) == (5, 1)
    assert not model._base_manager.exists()


@pytest.mark.parametrize("model", FACTS)
def test_no_row_is_put_in_the_place_of_another(model: type[Model]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    make_facts()
    row = model._base_manager.values().get()
    columns = [field.column for field in model._meta.concrete_fields]
    copied = ", ".join("'forged'" if column == COLUMN[model] else column for column in columns)
    table = model._meta.db_table
    for key in ("id", "NULL"):  # over the same key; over another unique key
        chosen = copied.replace("id", key, 1) if columns[0] == "id" else copied
        if key == "NULL" and model is StageChange:
            continue  # a second change of the same kind is another fact
        with pytest.raises(DatabaseError, match="is a fact"):
            raw(
                f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table}"
            )
    assert model._base_manager.values().get() == row


def test_nothing_is_added_to_an_edition() -> None:
    edition = make_facts()
    author, topic, source = make_author("Late"), make_topic("Late"), make_source("Late")
    picture = make_picture(7)
    for add in (
        lambda: EditionByline.record(edition=edition, author=author, position=9, name="Late"),
        lambda: EditionTopic.record(edition=edition, topic=topic, name="Late"),
        lambda: EditionSource.record(
            edition=edition, source=source, position=9, csl={}, html="", text="", notes=[]
        ),
        lambda: EditionPicture.record(edition=edition, picture=picture, address="late"),
    ):
        with pytest.raises(DatabaseError, match="nothing is added"), transaction.atomic():
            add()


def test_no_edition_comes_after_a_withdrawal() -> None:
    make_facts()
    with pytest.raises(DatabaseError, match="nothing is added"), transaction.atomic():
        make_edition(Brief.objects.get())


def test_an_address_under_which_an_edition_was_frozen_stays() -> None:
    make_edition(make_brief(slug="frozen"))
    other = make_brief("Other", slug="free")
    for act in (
        lambda: Address.objects.filter(slug="frozen").delete(),
        lambda: Address.objects.filter(slug="frozen").update(slug="else"),
        lambda: Address.objects.filter(slug="frozen").update(brief=other, current=False),
        lambda: raw("DELETE FROM briefs_address WHERE slug = 'frozen'"),
    ):
        with pytest.raises(DatabaseError, match="kept for ever"), transaction.atomic():
            act()
    Address.objects.filter(slug="frozen").update(current=False)
    Address.objects.filter(slug="free").update(slug="freer")
    Address.objects.filter(slug="freer").delete()


def test_an_address_that_was_only_scheduled_stays_too() -> None:
    brief = make_brief(slug="promised")
    for number in (None, 1):
        Address.objects.filter(brief=brief).update(slug="promised")
        StageChange.record(
            brief=brief,
            verb="cancel" if number else "submit",
            from_stage=Stage.SCHEDULED,
            to_stage=Stage.APPROVED,
            by=brief.created_by,
            edition_number=number,
        )
    with pytest.raises(DatabaseError, match="kept for ever"):
        raw("UPDATE briefs_address SET slug = 'else'")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO briefs_address (slug, brief_id, current) VALUES ('frozen', {}, 0)",
        "INSERT OR REPLACE INTO briefs_address (slug, brief_id, current) VALUES ('x', {frozen}, 1)",
        "INSERT OR REPLACE INTO briefs_address SELECT id, 'x', {}, 0 FROM frozen",
        "UPDATE OR REPLACE briefs_address SET slug = 'frozen' WHERE brief_id = {}",
        "UPDATE OR REPLACE briefs_address SET brief_id = {frozen} WHERE brief_id = {}",
        "UPDATE OR REPLACE briefs_address SET id = (SELECT id FROM frozen) WHERE brief_id = {}",
    ],
)
def test_no_address_is_put_in_the_place_of_one_that_is_kept(statement: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("OR REPLACE is SQLite's")
    kept, other = make_edition(make_brief(slug="frozen")), make_brief("Other", slug="free")
    before = list(Address.objects.order_by("pk").values())
    with pytest.raises(DatabaseError, match="kept for ever"):
        frozen = "WITH frozen AS (SELECT id FROM briefs_address WHERE slug = 'frozen') "
        raw(frozen + statement.format(other.pk, frozen=kept.brief_id))
    assert list(Address.objects.order_by("pk").values()) == before


def test_addresses_refuse_truncation() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    make_edition()
    raw("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="kept for ever"):
        raw("TRUNCATE briefs_address")


def test_a_temporary_table_of_the_same_name_deceives_no_trigger() -> None:
    edition = make_facts()
    schema = "public" if connection.vendor == "postgresql" else "main"
    if connection.vendor == "postgresql":
        raw("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("briefs_edition", "briefs_stagechange"):
        raw(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM {table} WHERE id < 0")
    for table in ("editionbyline", "editiontopic", "editionsource", "edition", "address"):
        with pytest.raises(DatabaseError, match="is a fact|is kept for ever"):
            raw(f"DELETE FROM {schema}.briefs_{table}")
    for table in ("briefs_edition", "briefs_stagechange"):
        raw(f"DROP TABLE {'pg_temp' if schema == 'public' else 'temp'}.{table}")
    assert Edition.objects.get() == edition


def test_replication_mode_does_not_disarm_the_triggers() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's setting")
    make_facts()
    with pytest.raises(DatabaseError, match="is a fact"):
        raw("SET LOCAL session_replication_role = replica; DELETE FROM briefs_stagechange")


def test_missing_triggers_are_told_by_a_check() -> None:
    assert not facts_are_held(databases=["default"])
    triggers.lift(connection)
    warned = facts_are_held(databases=["default"])
    assert {warning.id for warning in warned} == {"briefs.W001"}
    assert len(warned) == len(FACTS) + 1
    triggers.install(connection)
    assert not facts_are_held(databases=["default"])


@pytest.mark.parametrize("table", ["briefs_edition", "briefs_withdrawal", "briefs_address"])
@pytest.mark.parametrize("act", ["update", "delete", "truncate", "insert"])
def test_a_single_trigger_that_is_missing_is_told_too(table: str, act: str) -> None:
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    try:
        raw(f"DROP TRIGGER {table}_no_{act}{on_table}")
    except DatabaseError:
        pytest.skip("this database has no need of it")
    assert triggers.missing(connection) == [table]
