"""A brief's PDF as a file: an edition's bytes, or the draft typeset."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import CommandError

from briefs import pdf
from briefs.composition import CompositionError, compose
from briefs.management.command import DatabaseCommand
from briefs.models import Address, Brief, Edition
from briefs.models.files import write


class Command(DatabaseCommand):
    help = "Writes the PDF of a brief: the current edition's unless told otherwise."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the brief's address, current or former")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--edition", type=int, metavar="N", help="that edition, as published")
        which.add_argument("--draft", action="store_true", help="the draft as it is now, typeset")

    def handle(
        self,
        *args: Any,
        slug: str,
        output: Path,
        edition: int | None,
        draft: bool,
        **options: Any,
    ) -> None:
        address = Address.objects.select_related("brief").filter(slug=slug).first()
        if address is None:
            raise CommandError(f"There is no brief at the address “{slug}”.")
        if output.exists() and not output.is_file():
            raise CommandError(f"{output} is not a file.")
        content = _typeset(address.brief) if draft else _published(address.brief, edition)
        try:
            write(output, content)
        except OSError as error:
            reason = error.strerror or error
            raise CommandError(f"{output} cannot be written: {reason}.") from error
        self.stdout.write(f"{output}: {len(content)} bytes")


def _typeset(brief: Brief) -> bytes:
    try:
        return pdf.typeset(compose(brief)).content
    except (CompositionError, pdf.TypesettingError) as error:
        raise CommandError(str(error)) from error


def _published(brief: Brief, number: int | None) -> bytes:
    """The bytes of edition `number` (whatever its state), or of the current public one."""
    if number is None:
        edition = Edition.objects.current().filter(brief=brief).first()
        if edition is None:
            raise CommandError("This brief has no public edition; --draft typesets its draft.")
    else:
        edition = Edition.objects.filter(brief=brief, number=number).first()
        if edition is None:
            raise CommandError(f"This brief has no edition {number}.")
    try:
        with default_storage.open(edition.pdf_name) as file:
            content: bytes = file.read()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CommandError(f"The PDF cannot be read from the storage: {reason}.") from error
    if hashlib.sha256(content).hexdigest() != edition.pdf_sha256:
        raise CommandError("The PDF in the storage is not the one that was published.")
    return content
