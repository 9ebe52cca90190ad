"""Every edition and its files against their hashes."""

import hashlib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import CommandError

from briefs import pdf, prose
from briefs.composition import Composition, digest, read
from briefs.management.command import DatabaseCommand
from briefs.models import Edition

CHUNK = 100


class Command(DatabaseCommand):
    help = (
        "Compares every edition and PDF with its hash: a line for each fault, exit code 1. With "
        "--rebuild, typesets each again and compares the bytes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild",
            action="store_true",
            help="typeset again where today's engine is the edition's, and say where it is not",
        )

    def handle(self, *args: Any, rebuild: bool, **options: Any) -> None:
        engine = _fingerprint() if rebuild else None
        editions = faulty = 0
        for edition in Edition.objects.whole().order_by("pk").iterator(chunk_size=CHUNK):
            faults = list(self._faults(edition, engine))
            for fault in faults:
                self.stdout.write(f"{_name(edition)}: {fault}")
            editions += 1
            faulty += bool(faults)
        if faulty:
            raise CommandError(f"{faulty} of {editions} editions are not as they were published.")
        self.stdout.write(f"{editions} editions are as they were published.")

    def _faults(self, edition: Any, engine: dict[str, str] | None) -> Iterator[str]:
        try:
            composition = read(edition)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            yield f"its rows cannot be read ({type(error).__name__})"
            return
        if digest(composition) != edition.sha256:
            yield "its text or its rows were changed: their hash is another"
        yield from _file_faults("the PDF", edition.pdf_name, edition.pdf_sha256)
        pictures = [("a picture", shown.address) for shown in prose.pictures(edition.body)]
        front = [("the cover", edition.cover), ("the logo", composition.letterhead.logo)]
        for what, name in front + pictures:
            if name:
                yield from _file_faults(what, name, PurePosixPath(name).stem)
        if engine is not None:
            yield from self._rebuild(edition, composition, engine)

    def _rebuild(
        self, edition: Any, composition: Composition, engine: dict[str, str]
    ) -> Iterator[str]:
        if edition.engine != engine:
            other = ", ".join(_differences(edition.engine, engine))
            self.stdout.write(f"{_name(edition)}: not rebuilt, made with another engine ({other})")
            return
        try:
            rebuilt = pdf.typeset(composition)
        except pdf.TypesettingError as error:
            yield f"cannot be typeset again: {error}"
            return
        if rebuilt.sha256 != edition.pdf_sha256:
            yield "typeset again, the PDF comes out with other bytes"


def _fingerprint() -> dict[str, str]:
    try:
        return pdf.fingerprint()
    except pdf.TypesettingError as error:
        raise CommandError(f"The engine does not run: {error}") from error


def _name(edition: Any) -> str:
    return f"{edition.slug} edition {edition.number}"


def _differences(then: dict[str, str], now: dict[str, str]) -> list[str]:
    return sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))


def _file_faults(what: str, name: str, sha256: str) -> Iterator[str]:
    try:
        with default_storage.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                yield f"{what} was changed: {name}"
    except FileNotFoundError:
        yield f"{what} is missing: {name}"
    except OSError as error:
        yield f"{what} cannot be read: {name} ({error.strerror or type(error).__name__})"
