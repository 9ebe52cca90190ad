"""Whether the database has the tables that this code expects."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

UNMIGRATED = "The database is not up to date: run manage.py migrate first."


def waiting_migrations() -> int:
    """How many are not applied. Raises DatabaseError if the database does not answer."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_migrated() -> bool:
    """Raises DatabaseError if the database does not answer."""
    return waiting_migrations() == 0
