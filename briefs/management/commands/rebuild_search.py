"""Remakes the search index from the published editions."""

from typing import Any

from django.core.management.base import CommandError

from briefs import search
from briefs.management.command import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        "Remake the search index from the editions, repairing it if it is broken. "
        "Changes nothing else, may be run at any time and as often as you like."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = search.rebuild()
        except search.SearchUnavailable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Search index rebuilt: {count} edition{'' if count == 1 else 's'}.")
