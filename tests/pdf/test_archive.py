"""One file that is PDF/A-3a and PDF/UA-1 at once, on hard documents."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import page
import pikepdf
import pytest

from briefs.composition import ComposedSource
from briefs.pdf import typeset
from tests.pdf.compositions import make_letterhead, make_real_brief, with_notes
from tests.pdf.hard import HARD, pdf

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)


def failures(content: bytes) -> list[str]:
    return [
        f"{profile.value}: {failure.rule_id}: {failure.message}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(content, profile=profile).failures
    ]


@pytest.mark.parametrize("name", HARD)
def test_it_is_accessible_and_archival(name: str) -> None:
    assert failures(pdf(name).content) == []


def test_the_sources_are_kept_with_it() -> None:
    csl = {"type": "book", "title": "Ties “and” Knots"}
    source = ComposedSource(key="a-key", csl=csl, html="", text="", notes=(1,))
    made = typeset(make_real_brief(references=(source,)))
    assert failures(made.content) == []
    with pikepdf.open(io.BytesIO(made.content)) as document:
        attached = document.attachments["sources.json"]
        assert json.loads(attached.get_file().read_bytes()) == [{**csl, "id": "a-key"}]
        assert attached.relationship == "/Data"
        assert attached.get_file().creation_date == dt.datetime(2025, 4, 7, 5, tzinfo=dt.UTC)
        assert len(document.Root.AF) == 1


def test_a_catalogue_finds_what_it_needs() -> None:
    letterhead = make_letterhead(name="Peace & <Order>")
    made = typeset(make_real_brief(letterhead=letterhead, number=2))
    assert failures(made.content) == []
    with pikepdf.open(io.BytesIO(made.content)) as document, document.open_metadata() as metadata:
        assert metadata["dc:language"] == {"en"}
        assert metadata["dc:publisher"] == {"Peace & <Order>"}
        assert metadata["dc:identifier"] == "https://issi.example/briefs/resetting-ties/"
        assert metadata["dc:subject"] == {"Afghanistan", "Pakistan"}
        assert metadata["dc:rights"].startswith("© 2025 Peace & <Order>. Creative Commons")
        assert metadata["xmpRights:WebStatement"].startswith("https://creativecommons.org/")
        assert metadata["xmpMM:VersionID"] == "2"


def test_what_has_no_sources_keeps_none() -> None:
    with pikepdf.open(io.BytesIO(pdf("plain").content)) as document:
        assert not document.attachments
        assert "/AF" not in document.Root


def test_links_between_calls_and_notes_say_where_they_lead() -> None:
    brief = with_notes("<p>Un.*</p>", ["Une note."], language="fr")
    with pikepdf.open(io.BytesIO(typeset(brief).content)) as document:
        links = [link for p in document.pages for link in p.get("/Annots", []) if "/Dest" in link]
        assert {str(link.Contents) for link in links} == {"Note 1", "Retour au texte, note 1"}


DIGESTS = """
import django
django.setup()
import sys
from tests.pdf.hard import pdf
print(*(pdf(name).sha256 for name in sys.argv[1:]))
"""


def test_another_process_elsewhere_makes_the_same_bytes(tmp_path: Path) -> None:
    names = ["chinese", "real brief", "figures", "not marked"]
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "HOME": str(tmp_path),
        "LC_ALL": "C",
        "PATH": os.environ["PATH"],
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(Path(__file__).parent.parent.parent),
        "TMPDIR": str(tmp_path),
        "TZ": "Asia/Tokyo",
    }
    made = subprocess.run(
        [sys.executable, "-c", DIGESTS, *names],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert made.stdout.split() == [pdf(name).sha256 for name in names]


def test_the_checker_sees_what_is_wrong() -> None:
    assert failures(pdf("plain").content.replace(b"pdfuaid:part", b"pdfuaid:tarp"))
