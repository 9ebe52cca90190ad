"""The database itself holds the rules: each row here is refused by a constraint."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from briefs.models import (
    Address,
    Author,
    Brief,
    Byline,
    Centre,
    Citation,
    Contribution,
    Edition,
    Institute,
    Series,
    Source,
    StageChange,
    Topic,
    Withdrawal,
)
from tests.factories import (
    cite,
    make_author,
    make_brief,
    make_centre,
    make_edition,
    make_series,
    make_source,
    make_user,
    note,
)

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], Any]) -> None:
    """By the database, at the statement or when deferred constraints are checked."""
    with pytest.raises(IntegrityError), transaction.atomic():
        act()
        connection.check_constraints()


def brief_with(**fields: Any) -> Callable[[], Any]:
    brief = make_brief()
    return lambda: Brief.objects.filter(pk=brief.pk).update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"stage": "limbo"},
        {"language": "xx"},
        {"licence": "none"},
        {"series_number": 3},
        {"cover": "images/x.jpg"},
    ],
)
def test_a_brief_is_refused_with(fields: dict[str, Any]) -> None:
    refused(brief_with(**fields))


def test_a_number_is_used_once_in_a_series() -> None:
    series = make_series()
    make_brief("One", series=series, series_number=1)
    refused(brief_with(series=series, series_number=1))


def test_an_author_stands_once_in_a_byline() -> None:
    author = make_author()
    brief = make_brief(authors=[author])
    refused(lambda: Byline.objects.create(brief=brief, author=author))


def test_two_authors_cannot_share_an_address_whatever_its_case() -> None:
    make_author("A", email="a@example.org")
    refused(lambda: make_author("B", email="A@Example.org"))


def test_authors_without_e_mail_may_be_many() -> None:
    make_author("A")
    make_author("B")


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Author, {"name": "", "slug": "x"}),
        (Centre, {"name": "", "slug": "x"}),
        (Series, {"name": "", "slug": "x"}),
        (Source, {"title": ""}),
        (Source, {"title": "x", "type": "rumour"}),
        (Source, {"title": "x", "issued": "last week"}),
        (Source, {"title": "x", "accessed": "2025-1-1"}),
        (Institute, {"id": 2}),
        (Institute, {"id": 1, "accent": "blue"}),
    ],
)
def test_a_row_is_refused(model: Any, fields: dict[str, Any]) -> None:
    refused(lambda: model.objects.create(**fields))


def test_a_centre_has_an_acronym_of_its_own() -> None:
    make_centre("One", "CAMEA")
    refused(lambda: make_centre("Two", "camea", slug="two"))


def test_a_slug_is_given_once_and_for_ever() -> None:
    make_brief("One", slug="one")
    other = make_brief("Two")
    refused(lambda: Address.objects.create(brief=other, slug="one", current=False))


def test_a_brief_has_one_current_address() -> None:
    brief = make_brief()
    refused(lambda: Address.objects.create(brief=brief, slug="another"))


def test_an_address_is_ascii() -> None:
    brief = make_brief()
    refused(lambda: Address.objects.create(brief=brief, slug="برائے", current=False))


def test_edition_numbers_are_unique_for_a_brief() -> None:
    edition = make_edition()
    edition.pk = None
    edition._state.adding = True
    refused(edition.save)


@pytest.mark.parametrize(
    "fields",
    [
        {"number": 0},
        {"kind": "typo"},
        {"number": 2, "kind": "original", "change_note": "x"},
        {"number": 2, "kind": "typo", "change_note": ""},
        {"number": 2, "kind": "rewrite", "change_note": "x"},
        {"sha256": "short"},
        {"pdf_sha256": "Z" * 64},
        {"title": ""},
        {"body": ""},
        {"series_number": 4},
    ],
)
def test_an_edition_is_refused_with(fields: dict[str, Any]) -> None:
    edition = make_edition()
    values = {
        field.attname: getattr(edition, field.attname)
        for field in Edition._meta.concrete_fields
        if field.attname != "id"
    }
    other = make_brief("Other")
    refused(lambda: Edition.objects.create(**values | {"brief_id": other.pk} | fields))


def test_a_brief_is_withdrawn_once_and_with_a_notice() -> None:
    brief = make_brief()
    refused(lambda: Withdrawal.record(brief=brief, notice=""))
    Withdrawal.record(brief=brief, notice="Gone.")
    refused(lambda: Withdrawal.record(brief=brief, notice="Gone again."))


def test_a_stage_change_names_known_stages_and_verbs() -> None:
    brief, user = make_brief(), make_user()
    for verb, stage in (("fiddle", "draft"), ("submit", "limbo")):
        refused(
            lambda verb=verb, stage=stage: StageChange.record(
                brief=brief, verb=verb, from_stage=stage, to_stage="draft", by=user
            )
        )


def test_what_is_in_use_cannot_be_deleted() -> None:
    source = make_source()
    author, centre, series = make_author(), make_centre(), make_series()
    brief = make_brief(
        authors=[author],
        centre=centre,
        series=series,
        topics=("peace",),
        body=f"<p>x{note(cite(source))}</p>",
    )
    StageChange.record(
        brief=brief, verb="submit", from_stage="draft", to_stage="in_review", by=brief.created_by
    )
    topic = Topic.objects.get()
    for row in (source, author, centre, series, topic, brief.created_by, brief):
        with pytest.raises(ProtectedError):
            row.delete()


def test_a_person_contributes_once_and_the_time_moves() -> None:
    brief = make_brief()
    Contribution.note(brief=brief, by=brief.created_by)
    first = Contribution.objects.get().saved_at
    Contribution.note(brief=brief, by=brief.created_by)
    assert Contribution.objects.get().saved_at >= first


def test_citation_rows_follow_the_body() -> None:
    one, two = make_source("One"), make_source("Two")
    brief = make_brief(body=f"<p>a{note(cite(one, 'p. 4'))}b{note(cite(two) + cite(one))}</p>")
    rows = Citation.objects.filter(brief=brief).values_list("position", "source", "locator")
    assert list(rows) == [(1, one.pk, "p. 4"), (2, two.pk, ""), (3, one.pk, "")]
    brief.body = f"<p>a{note(cite(two))}</p>"
    brief.save()
    assert list(rows.all()) == [(1, two.pk, "")]
    one.delete()


@pytest.mark.parametrize(("name", "slug"), [
    ("Arms Control", "arms-control"), ("تجارت", "tjrt"), ("!!!", "topic"), ("中国", "zhongguo"),
])  # fmt: skip
def test_a_topic_has_an_ascii_address_whatever_its_name(name: str, slug: str) -> None:
    topic = Topic.objects.create(name=name)
    assert topic.slug.isascii()
    assert topic.slug == slug
    assert Topic.objects.create(name=f"{name}.").slug == f"{slug}-1"


def test_a_topic_without_an_address_is_refused() -> None:
    topic = Topic.objects.create(name="Trade")
    refused(lambda: Topic.objects.filter(pk=topic.pk).update(slug=""))
