"""Remakes the search index from the published editions."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from briefs import search


class Command(BaseCommand):
    help = (
        "Remake the search index from the editions, repairing it if it is broken. "
        "Changes nothing else, may be run at any time and as often as you like."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = search.rebuild()
        except DatabaseError as error:
            raise CommandError(f"The index could not be rebuilt: {error}") from error
        self.stdout.write(f"Search index rebuilt: {count} edition{'' if count == 1 else 's'}.")
