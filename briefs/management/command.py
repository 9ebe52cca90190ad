"""What every command of this app shares: a database that is not ready is one clear line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection

from briefs.models.schema import UNMIGRATED, is_migrated


class DatabaseCommand(BaseCommand):
    def execute(self, *args: Any, **options: Any) -> Any:
        # One process with one connection: a pool would try for half a minute, and log each try.
        connection.settings_dict["OPTIONS"].pop("pool", None)
        try:
            return super().execute(*args, **options)
        except Error as error:
            raise CommandError(_sentence(error)) from error


def _sentence(error: Error) -> str:
    reason = next(iter(str(error).splitlines()), "") or type(error).__name__
    if connection.in_atomic_block and connection.needs_rollback:
        return f"The database refused: {reason}"
    try:
        migrated = is_migrated()
    except Error:
        return f"The database does not answer: {reason}"
    return f"The database refused: {reason}" if migrated else UNMIGRATED
