"""One workflow verb, with the same checks as at the desk."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from briefs import workflow
from briefs.management.command import DatabaseCommand
from briefs.models import Address, Edition, Institute, StageChange, User
from briefs.stages import LATER_KINDS, VERBS, Stage


class Command(DatabaseCommand):
    help = "Carry out a workflow verb on a brief: " + ", ".join(VERBS) + "."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("verb", metavar="VERB", choices=VERBS, help=", ".join(VERBS))
        parser.add_argument("--by", metavar="USER", required=True, help="who does it")
        parser.add_argument(
            "--at",
            metavar="ISO-8601",
            help="schedule: when it becomes public; without an offset by the institute's clock",
        )
        parser.add_argument("--kind", choices=LATER_KINDS, help="correct, schedule")
        parser.add_argument("--comment", metavar="TEXT", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        address = Address.objects.filter(slug=options["slug"]).select_related("brief").first()
        if address is None:
            raise CommandError(f"There is no brief at “{options['slug']}”.")
        user = User.objects.filter(username=options["by"]).first()
        if user is None:
            raise CommandError(f"There is no user “{options['by']}”.")
        try:
            change = workflow.perform(
                options["verb"],
                brief=address.brief,
                by=user,
                at=_moment(options["at"]),
                kind=options["kind"],
                comment=options["comment"],
            )
        except workflow.TransitionError as error:
            raise CommandError(str(error)) from error
        before, after = Stage(change.from_stage).label, Stage(change.to_stage).label
        self.stdout.write(f"{address.slug}: {before} → {after}{_of_edition(change)}")


def _of_edition(change: StageChange) -> str:
    """What became of the edition that the verb was about."""
    number = change.edition_number
    if not number:
        return ""
    if change.verb == "cancel":
        return f"; edition {number} is taken back"
    if change.verb != "schedule":
        return f", edition {number}"
    zone = Institute.load().zone
    edition = Edition.objects.get(brief=change.brief_id, number=number)
    moment = edition.public_from.astimezone(zone)
    precision = "seconds" if moment.second else "minutes"
    return f", edition {number}, public from {moment.isoformat(timespec=precision)} ({zone})"


def _moment(text: str | None) -> dt.datetime | None:
    """Without an offset it is a time of the institute's zone, as at the desk."""
    if text is None:
        return None
    if _is_date(text):
        raise CommandError(f"“{text}” has no time of day; write it like 2026-05-03T09:00.")
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"“{text}” is no time like 2026-05-03T09:00+05:00.")
    with timezone.override(Institute.load().zone):
        try:
            return moment if moment.tzinfo else from_current_timezone(moment)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
