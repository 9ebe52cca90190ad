"""What monitors ask."""

from typing import Any

import pytest
from django.core.files.storage import Storage
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from briefs.models import schema
from briefs.views import probes


@pytest.mark.django_db
def test_probes_by_address_without_tls_are_answered(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["briefs.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    for path in ("/healthz", "/readyz"):
        for host in ("127.0.0.1:8000", "[::1]", "a b", ""):
            response = client.get(path, headers={"Host": host})
            assert (response.status_code, response.content) == (200, b"ok\n"), host
            assert not response.cookies
    assert client.get("/about/", headers={"Host": "127.0.0.1:8000"}, secure=True).status_code == 400


def test_probes_are_only_read(client: Client) -> None:
    for path in ("/healthz", "/readyz"):
        refused = client.post(path)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")
    assert client.head("/healthz").content == b""


def test_the_process_is_up_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_ready_site_says_so(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_is_named_without_its_password(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse(*args) -> None:
        raise error("connection to postgres://root:secret@db failed")

    monkeypatch.setattr(schema, "MigrationExecutor", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"database: does not answer\n")


@pytest.mark.django_db
def test_migrations_that_wait_are_counted(client: Client) -> None:
    for leaf in MigrationLoader(connection).graph.leaf_nodes("briefs"):
        MigrationRecorder(connection).record_unapplied(*leaf)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"migrations: 1 not applied\n"


@pytest.mark.django_db
def test_a_storage_that_cannot_be_written_is_named(client: Client, settings, tmp_path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("not a directory")
    settings.MEDIA_ROOT = blocker / "media"
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"storage: cannot be written\n")


@pytest.mark.django_db
def test_a_storage_elsewhere_is_asked_whether_it_answers(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Elsewhere(Storage):
        answers = True

        def exists(self, name: str) -> bool:
            if not self.answers:
                raise RuntimeError("AccessKeyId=secret")
            return False

    monkeypatch.setattr(probes, "default_storage", Elsewhere())
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(Elsewhere, "answers", False)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"storage: cannot be written\n")
