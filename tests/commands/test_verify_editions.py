import hashlib
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from briefs import pdf
from briefs.models import Edition, triggers
from briefs.models.files import store
from tests.factories import STUB_PDF, cite, make_brief, make_edition, make_source, note

pytestmark = pytest.mark.django_db


def verify(*options: str) -> tuple[list[str], str]:
    """Lines of output, and the error."""
    out = StringIO()
    try:
        call_command("verify_editions", *options, stdout=out)
    except CommandError as error:
        assert error.returncode == 1
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


def tamper(edition: Edition, **values: object) -> None:
    """Around the ORM and the triggers, as only somebody with the database's password could."""
    columns = ", ".join(f"{name} = %s" for name in values)
    change(f"UPDATE briefs_edition SET {columns} WHERE id = %s", [*values.values(), edition.pk])


def change(sql: str, parameters: list[object]) -> None:
    connection.check_constraints()  # PostgreSQL alters no table while deferred triggers wait
    triggers.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    connection.check_constraints()
    triggers.install(connection)


def destroy(edition: Edition) -> None:
    default_storage.delete(edition.pdf_name)


def stub_engine(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    document = SimpleNamespace(content=content, sha256=hashlib.sha256(content).hexdigest(), pages=1)
    monkeypatch.setattr(pdf, "fingerprint", dict, raising=False)
    monkeypatch.setattr(pdf, "typeset", lambda composition: document, raising=False)


def test_editions_that_are_as_published_are_counted() -> None:
    source = make_source()
    brief = make_brief(body=f"<p>Words.{note(cite(source))}</p>", topics=("Trade", "Borders"))
    make_edition(brief)
    make_edition(brief)
    assert verify() == (["2 editions are as they were published."], "")


def test_a_changed_text_is_a_fault() -> None:
    edition = make_edition(slug="ties")
    make_edition(slug="sound")
    tamper(edition, body="<p>Other words.</p>")
    lines, error = verify()
    assert lines == ["ties edition 1: its text or its rows were changed: their hash is another"]
    assert error == "1 of 2 editions are not as they were published."


def test_a_changed_byline_is_a_fault() -> None:
    edition = make_edition(slug="ties")
    change("UPDATE briefs_editionbyline SET name = 'Other' WHERE edition_id = %s", [edition.pk])
    assert len(verify()[0]) == 1


def test_rows_that_cannot_be_read_are_a_fault() -> None:
    tamper(make_edition(slug="ties"), letterhead="{}")
    assert verify()[0] == ["ties edition 1: its rows cannot be read (TypeError)"]


def test_a_missing_pdf_is_a_fault() -> None:
    edition = make_edition(slug="ties")
    destroy(edition)
    assert verify()[0] == [f"ties edition 1: the PDF is missing: {edition.pdf_name}"]


def test_a_changed_pdf_is_a_fault() -> None:
    edition = make_edition(slug="ties")
    store(edition.pdf_name, STUB_PDF + b"%")
    lines, _ = verify()
    store(edition.pdf_name, STUB_PDF)
    assert lines == [f"ties edition 1: the PDF was changed: {edition.pdf_name}"]


def test_a_missing_cover_is_a_fault() -> None:
    name = f"images/ab/{'ab' * 32}.png"
    make_edition(slug="ties", cover=name, cover_alt="A bridge.")
    assert verify()[0] == [f"ties edition 1: the cover is missing: {name}"]


def test_rebuilding_compares_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    make_edition(slug="ties")
    stub_engine(monkeypatch, STUB_PDF)
    assert verify("--rebuild") == (["1 editions are as they were published."], "")
    stub_engine(monkeypatch, STUB_PDF + b"%")
    lines, error = verify("--rebuild")
    assert lines == ["ties edition 1: typeset again, the PDF comes out with other bytes"]
    assert error


def test_rebuilding_says_where_the_engine_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    make_edition(slug="ties")
    stub_engine(monkeypatch, b"other")
    monkeypatch.setattr(pdf, "fingerprint", lambda: {"weasyprint": "71"}, raising=False)
    lines, error = verify("--rebuild")
    assert lines == [
        "ties edition 1: not rebuilt, made with another engine (weasyprint)",
        "1 editions are as they were published.",
    ]
    assert not error


def test_an_edition_that_cannot_be_typeset_again_is_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(composition: object) -> None:
        raise pdf.TypesettingError("A note is lost.")

    make_edition(slug="ties")
    stub_engine(monkeypatch, b"")
    monkeypatch.setattr(pdf, "typeset", refuse, raising=False)
    assert verify("--rebuild")[0] == ["ties edition 1: cannot be typeset again: A note is lost."]


def test_many_editions_cost_a_few_queries(django_assert_max_num_queries) -> None:
    brief = make_brief()
    for _ in range(20):
        make_edition(brief)
    with django_assert_max_num_queries(6):
        verify()
