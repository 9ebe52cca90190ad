"""What every command of this app shares: arguments that are wrong and a database that is not ready
are one clear line each."""

from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, connection

from briefs.models.schema import UNMIGRATED, is_migrated


class OneLineParser(CommandParser):
    """Without the usage, which `--help` prints."""

    def error(self, message: str) -> NoReturn:
        if self.called_from_command_line:
            self.exit(2, f"{self.prog}: {message}; see --help.\n")
        super().error(message)


class DatabaseCommand(BaseCommand):
    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **options)
        parser.__class__ = OneLineParser  # Django takes no other class
        return parser

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
