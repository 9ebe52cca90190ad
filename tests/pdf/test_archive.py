"""One file that is PDF/A-3a and PDF/UA-1 at once, on hard documents."""

from functools import cache

import page
import pytest

from briefs.pdf import Pdf, typeset
from tests.pdf.hard import HARD

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)


@cache
def pdf(name: str) -> Pdf:
    return typeset(HARD[name]())


def failures(content: bytes) -> list[str]:
    return [
        f"{profile.value}: {failure.rule_id}: {failure.message}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(content, profile=profile).failures
    ]


@pytest.mark.parametrize("name", HARD)
def test_it_is_accessible_and_archival(name: str) -> None:
    assert failures(pdf(name).content) == []


def test_the_checker_sees_what_is_wrong() -> None:
    assert failures(pdf("plain").content.replace(b"pdfuaid:part", b"pdfuaid:tarp"))
