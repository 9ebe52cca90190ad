"""Imports at once, on real parallel connections: PostgreSQL only."""

import pytest
from django.db import connection, transaction

from briefs.intake import Intake, import_manuscript
from briefs.models import Address, Author, Brief, Centre, Source
from briefs.models.slugs import create_with_slug
from tests.factories import make_user
from tests.test_parallel import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANUSCRIPT = (
    "# A Small Brief\n\nBy\nAda Author\nFellow\nEmail: ada@example.org\n\n1 May 2025\n\n"
    "First words.[^1]\n\n[^1]: Jo Doe, “Story”, *Dawn*, March 24, 2025, <https://dawn.com/a/>\n"
).encode()


@pytest.fixture(autouse=True)
def needs_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite has one writer at a time")


@pytest.mark.parametrize("round_", range(3))
def test_one_manuscript_imported_four_times_at_once_makes_one_author_and_one_source(
    round_: int,
) -> None:
    user = make_user()
    results = at_once(lambda: import_manuscript(data=MANUSCRIPT, filename="x.md", by=user), times=4)
    assert all(isinstance(result, Intake) for result in results), results
    assert Brief.objects.count() == Address.objects.count() == 4
    assert (Author.objects.count(), Source.objects.count()) == (1, 1)


@pytest.mark.parametrize("round_", range(3))
def test_slugs_made_at_once_differ(round_: int) -> None:
    names = iter("abcd")

    def act() -> Centre:
        with transaction.atomic():
            return create_with_slug(Centre, "Same", fallback="x", name=next(names))

    results = at_once(act, times=4)
    assert sorted(row.slug for row in results) == ["same", "same-2", "same-3", "same-4"]
