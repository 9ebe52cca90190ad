"""Forms saved at once, on real parallel connections: PostgreSQL only."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

from briefs.models import Address, Brief, Picture, Topic
from tests.admin.desk import change_url, client_of, filled
from tests.admin.test_cover import picture
from tests.factories import make_brief, make_series, make_user, picture_file
from tests.test_parallel import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 4


@pytest.fixture(autouse=True)
def needs_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite has one writer at a time")


def saved_at_once(url: str, data: dict[str, Any]) -> list[HttpResponse]:
    clients = [client_of(make_user(group="Editors")) for _ in range(TIMES)]
    turns = iter(clients)

    def save() -> HttpResponse:
        return next(turns).post(url, data | {"cover": picture(), "cover_alt": "A red square"})

    return answers(at_once(save, TIMES))


def answers(results: list[Any]) -> list[HttpResponse]:
    assert all(isinstance(result, HttpResponse) for result in results), results
    return results


def new(**fields: Any) -> dict[str, Any]:
    data = filled(make_brief("Model")) | {"seen": "", "slug": "", "title": "Typed for an hour"}
    rows = {"bylines-INITIAL_FORMS": 0, "bylines-TOTAL_FORMS": 0}
    return data | rows | fields


def refused(responses: list[HttpResponse]) -> list[str]:
    return [response.content.decode() for response in responses if response.status_code == 200]


@pytest.mark.parametrize("round_", range(3))
@pytest.mark.parametrize("what", ["address", "number"])
def test_one_address_or_number_given_at_once_is_refused_beside_its_field(
    what: str, round_: int
) -> None:
    series = make_series()
    sentence, given = {
        "address": ("Another brief has or had this address.", {"slug": "chosen"}),
        "number": (
            "Another brief has this number in the series.",
            {"series": series.pk, "series_number": 7},
        ),
    }[what]
    pages = refused(saved_at_once(reverse("admin:briefs_brief_add"), new(**given)))
    assert len(pages) == TIMES - 1
    for page in pages:
        assert sentence in page
        assert 'value="Typed for an hour"' in page
        assert "The picture you chose is kept" in page
    assert Brief.objects.filter(title="Typed for an hour").count() == 1


def test_one_new_topic_named_at_once_is_made_once() -> None:
    data = new(topics="Trade")
    assert refused(saved_at_once(reverse("admin:briefs_brief_add"), data)) == []
    assert Topic.objects.filter(name="Trade").count() == 1
    assert Brief.objects.filter(topics__name="Trade").count() == TIMES


def test_addresses_changed_to_the_same_at_once_are_had_by_one() -> None:
    briefs = [make_brief(f"Brief {number}") for number in range(TIMES)]
    forms = iter([(change_url(brief), filled(brief, slug="chosen")) for brief in briefs])
    clients = iter([client_of(make_user(group="Editors")) for _ in briefs])
    results = at_once(lambda: next(clients).post(*next(forms), follow=True), TIMES)
    pages = [response.content.decode() for response in answers(results)]
    assert sum("Another brief has or had this address." in page for page in pages) == TIMES - 1
    assert Address.objects.filter(slug="chosen").count() == 1


@pytest.mark.parametrize("round_", range(3))
def test_one_picture_sent_by_several_at_once_is_had_once(round_: int) -> None:
    users = [make_user(group="Editors") for _ in range(TIMES)]
    clients = iter([client_of(user) for user in users])
    url = reverse("admin:briefs_brief_picture_upload")
    results = at_once(lambda: next(clients).post(url, {"picture": picture_file()}), TIMES)
    assert {response.status_code for response in answers(results)} == {201}
    assert set(Picture.objects.get().uploaded_by.all()) == set(users)
