"""A draft brief from a Word file, or from another that an author sends."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from briefs import prose
from briefs.intake import Intake, IntakeError, import_manuscript, system_user
from briefs.management.command import DatabaseCommand
from briefs.models import Centre, Series, User


class Command(DatabaseCommand):
    help = "Make a draft brief from a manuscript (.docx .odt .md .html .txt)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--centre", metavar="SLUG", help="the centre that publishes it")
        parser.add_argument("--series", metavar="SLUG", help="the series it belongs to")
        parser.add_argument("--by", metavar="USER", help="who imports it (default: the system)")
        parser.add_argument("--json", action="store_true", help="print the manuscript as read")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        try:
            intake = import_manuscript(
                data=data,
                filename=path.name,
                by=_user(options["by"]),
                centre=_by_slug(Centre, options["centre"]),
                series=_by_slug(Series, options["series"]),
            )
        except IntakeError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_as_json(intake) if options["json"] else _as_text(intake))


def _user(username: str | None) -> User:
    if username is None:
        return system_user()
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"There is no user “{username}”.")
    if not user.is_active or not user.has_perm("briefs.add_brief"):
        raise CommandError(f"{username} may not add briefs.")
    return user


def _by_slug(model: Any, slug: str | None) -> Any:
    if slug is None:
        return None
    row = model.objects.filter(slug=slug).first()
    if row is None:
        raise CommandError(f"There is no {model._meta.verbose_name} “{slug}”.")
    return row


def _as_text(intake: Intake) -> str:
    made, known = len(intake.made), len(intake.known)
    lines = [
        f"Brief    {intake.brief.slug}",
        f"Notes    {len(intake.manuscript.notes)}",
        f"Sources  {made + known} ({made} new, {known} known)",
        f"Lost     {len(intake.lost) or 'nothing'}",
        *(f"  lost: {words}" for words in intake.lost),
        *(f"  warning: {sentence}" for sentence in intake.warnings),
    ]
    return "\n".join(lines)


def _as_json(intake: Intake) -> str:
    manuscript = intake.manuscript
    document = {
        "title": manuscript.title,
        "title_as_printed": manuscript.title_as_printed,
        "byline": [
            {
                "name": entry.name,
                "role": entry.role,
                "affiliation": entry.affiliation,
                "email": entry.email,
            }
            for entry in manuscript.byline
        ],
        "centre": {"name": manuscript.centre_name, "acronym": manuscript.centre_acronym},
        "institute_acronym": manuscript.institute_acronym,
        "date": manuscript.dated.isoformat() if manuscript.dated else None,
        "disclaimer": manuscript.disclaimer,
        "paragraphs": [
            {"text": text, "calls": [{"note": note, "offset": offset} for note, offset in calls]}
            for text, calls in prose.paragraphs(manuscript.body)
        ],
        "footnotes": [
            {
                "number": note.number,
                "text_as_printed": note.text_as_printed,
                "sources": [
                    segment.csl
                    for segment in intake.parsed[note.number]
                    if not isinstance(segment, str)
                ],
            }
            for note in manuscript.notes
        ],
        "slug": intake.brief.slug,
        "lost": list(intake.lost),
        "warnings": intake.warnings,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
