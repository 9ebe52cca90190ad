"""One workflow verb, with the same checks as at the desk."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.dateparse import parse_datetime

from briefs import workflow
from briefs.management.command import DatabaseCommand
from briefs.models import Address, Institute, User
from briefs.stages import LATER_KINDS, VERBS, Stage


class Command(DatabaseCommand):
    help = "Carry out a workflow verb on a brief: " + ", ".join(VERBS) + "."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("verb", metavar="VERB", choices=VERBS, help=", ".join(VERBS))
        parser.add_argument("--by", metavar="USER", required=True, help="who does it")
        parser.add_argument("--at", metavar="ISO-8601", help="schedule: when it becomes public")
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
        edition = f", edition {change.edition_number}" if change.edition_number else ""
        self.stdout.write(f"{address.slug}: {before} → {after}{edition}")


def _moment(text: str | None) -> dt.datetime | None:
    """Without an offset it is a time of the institute's zone."""
    if text is None:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"“{text}” is no time like 2026-05-03T09:00+05:00.")
    return moment if moment.tzinfo else moment.replace(tzinfo=Institute.load().zone)
