"""The desk without its database."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.urls import reverse

from briefs.models import Brief
from tests.admin.desk import change_url, client_of, filled, verb_url
from tests.factories import make_brief, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_database() -> Iterator[None]:
    def refuse(*_question: object) -> None:
        raise OperationalError("connection to postgres://root:secret@db failed")

    with connection.execute_wrapper(refuse):
        yield


def assert_says_when_to_come_back(response: HttpResponse) -> None:
    page = response.content.decode()
    assert response.status_code == 503
    assert (response["Retry-After"], response["Cache-Control"]) == ("30", "no-store")
    assert "kept by your browser" in page
    assert "secret" not in page


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("name", ["index", "login", "briefs_brief_add", "briefs_source_changelist"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_of_the_desk_is_a_server_error(client: Any, name: str, method: str) -> None:
    client.cookies["sessionid"] = "somebody's"
    given = {"username": "dana", "password": "x"}
    response = getattr(client, method)(reverse(f"admin:{name}"), given)
    if (name, method) != ("login", "get"):
        assert_says_when_to_come_back(response)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_brief_that_cannot_be_saved_now(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    brief, client = make_brief(), client_of(make_user(group="Editors"))
    data = filled(brief, title="Typed for an hour")

    def locked(*_args: object, **_options: object) -> None:
        raise error("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(Brief, "save", locked)
        assert_says_when_to_come_back(client.post(change_url(brief), data))
        patch.setattr("briefs.workflow.acting.renew", locked)
        response = client.post(verb_url(brief, "submit"), {"seen": brief.token})
        assert_says_when_to_come_back(response)
    assert client.get(change_url(brief)).status_code == 200


def test_a_session_that_cannot_be_stored_now(monkeypatch: pytest.MonkeyPatch) -> None:
    brief, client = make_brief(), client_of(make_user(group="Editors"))

    def locked(*_args: object, **_options: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(SessionStore, "save", locked)
    data = filled(brief, title="Saved already", attempt="a")
    assert_says_when_to_come_back(client.post(change_url(brief), data))
    assert Brief.objects.get().title == "Saved already"


def test_another_error_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    brief, client = make_brief(), client_of(make_user(group="Editors"))
    client.raise_request_exception = False
    data = filled(brief, title="New")

    def broken(*_args: object, **_options: object) -> None:
        raise ValueError

    monkeypatch.setattr(Brief, "save", broken)
    assert client.post(change_url(brief), data).status_code == 500
