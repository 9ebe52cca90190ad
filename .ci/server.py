"""Asks a PostgreSQL server what the tests need: `answers URL` exits 0 where the role may make
databases, `drop URL PREFIX` drops what an interrupted run left. Used by .ci/postgres."""

import sys

import dj_database_url
import psycopg
from psycopg import sql

CREATOR = "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
LEFT = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"


def connect(url: str) -> psycopg.Connection:
    """To the maintenance database, as Django does: the one named in the URL need not exist."""
    parsed = dj_database_url.parse(url)
    options = {name: value for name, value in parsed.get("OPTIONS", {}).items() if name != "pool"}
    login = {"host": parsed["HOST"], "user": parsed["USER"], "password": parsed["PASSWORD"]}
    login = {name: value for name, value in login.items() if value}
    port = parsed["PORT"] or None
    options.setdefault("connect_timeout", 3)
    return psycopg.connect(dbname="postgres", port=port, autocommit=True, **login, **options)


def answers(url: str) -> bool:
    with connect(url) as connection:
        row = connection.execute(CREATOR).fetchone()
    return bool(row and row[0])


def drop(url: str, prefix: str) -> bool:
    with connect(url) as connection:
        for (name,) in connection.execute(LEFT, [prefix]).fetchall():
            statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(statement.format(sql.Identifier(name)))
    return True


if __name__ == "__main__":
    command = {"answers": answers, "drop": drop}[sys.argv[1]]
    try:
        sys.exit(0 if command(*sys.argv[2:]) else 1)
    except (psycopg.Error, ValueError) as error:
        sys.exit(str(error))
