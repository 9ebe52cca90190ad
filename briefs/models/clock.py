"""The database's clock, which alone decides what is public."""

import datetime as dt

from django.db import connection


def database_now() -> dt.datetime:
    """Now, by the database, aware, in UTC."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')")
            value = dt.datetime.fromisoformat(cursor.fetchone()[0])
            return value.replace(tzinfo=dt.UTC)
        cursor.execute("SELECT STATEMENT_TIMESTAMP()")
        moment: dt.datetime = cursor.fetchone()[0]
        return moment.astimezone(dt.UTC)
