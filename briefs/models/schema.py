"""Whether the database has the tables that this code expects."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

UNMIGRATED = "The database is not up to date: run manage.py migrate first."


def is_migrated() -> bool:
    """Whether every migration is applied. Raises DatabaseError if the database does not answer."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
