from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from briefs import pdf
from briefs.models import Address
from briefs.models.files import store
from tests.factories import STUB_PDF, make_brief, make_edition

pytestmark = pytest.mark.django_db
BEFORE = b"what was there"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    path = tmp_path / "brief.pdf"
    path.write_bytes(BEFORE)
    return path


def render(slug: str, output: Path, *options: str) -> str:
    out = StringIO()
    call_command("render_pdf", slug, "--output", str(output), *options, stdout=out)
    return out.getvalue()


def refusal(slug: str, output: Path, *options: str) -> str:
    """The one line of the error; the file is as it was, and nothing else is there."""
    there = sorted(output.parent.iterdir()) if output.parent.is_dir() else []
    with pytest.raises(CommandError) as caught:
        render(slug, output, *options)
    if output.is_file():
        assert output.read_bytes() == BEFORE
        assert sorted(output.parent.iterdir()) == there
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_current_edition_is_written_as_published(output: Path) -> None:
    make_edition(slug="ties")
    assert render("ties", output) == f"{output}: {len(STUB_PDF)} bytes\n"
    assert output.read_bytes() == STUB_PDF
    assert list(output.parent.iterdir()) == [output]
    assert output.stat().st_mode & 0o777 == 0o644


def test_a_former_address_and_a_number_will_do(output: Path) -> None:
    edition = make_edition(slug="new")
    Address.objects.create(slug="ties", brief_id=edition.brief_id, current=False)
    render("ties", output, "--edition", "1")
    assert output.read_bytes() == STUB_PDF


def test_the_draft_is_typeset(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def typeset(composition):
        seen.append(composition.title)
        return SimpleNamespace(content=b"%PDF draft")

    monkeypatch.setattr(pdf, "typeset", typeset, raising=False)
    make_brief("A Draft", slug="draft")
    render("draft", output, "--draft")
    assert seen == ["A Draft"]
    assert output.read_bytes() == b"%PDF draft"


def test_the_engine_really_typesets_a_draft(output: Path) -> None:
    make_brief("A Draft", slug="draft")
    render("draft", output, "--draft")
    assert output.read_bytes().startswith(b"%PDF-")


def test_what_is_not_there_is_said_in_one_line(output: Path) -> None:
    make_brief(slug="draft")
    assert refusal("none", output) == "There is no brief at the address “none”."
    assert refusal("draft", output, "--edition", "1") == "This brief has no edition 1."
    assert refusal("draft", output) == (
        "This brief has no public edition; --draft typesets its draft."
    )


def test_edition_and_draft_exclude_each_other(output: Path) -> None:
    with pytest.raises(CommandError, match="not allowed with"):
        render("x", output, "--draft", "--edition", "1")


def test_a_draft_that_cannot_be_typeset_is_said(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(composition):
        raise pdf.TypesettingError("Note 3 is longer than a page.")

    monkeypatch.setattr(pdf, "typeset", refuse, raising=False)
    make_brief(slug="draft")
    assert refusal("draft", output, "--draft") == "Note 3 is longer than a page."


def test_bytes_that_were_not_published_are_not_written(output: Path) -> None:
    edition = make_edition(slug="ties")
    store(edition.pdf_name, STUB_PDF + b"%")
    changed = refusal("ties", output)
    default_storage.delete(edition.pdf_name)
    missing = refusal("ties", output)
    store(edition.pdf_name, STUB_PDF)
    assert changed == "The PDF in the storage is not the one that was published."
    assert missing == "The PDF cannot be read from the storage: No such file or directory."


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    make_edition(slug="ties")
    assert refusal("ties", tmp_path) == f"{tmp_path} is not a file."
    nowhere = tmp_path / "none" / "brief.pdf"
    assert refusal("ties", nowhere) == (f"{nowhere} cannot be written: No such file or directory.")
