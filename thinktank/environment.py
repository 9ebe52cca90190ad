"""The settings' source: the process's environment, and the `.env` beside manage.py. Imported before
the settings; must not read them."""

import os
import re
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent
HOST = re.compile(r"\*|\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
SQLITE, POSTGRESQL = (f"django.db.backends.{name}" for name in ("sqlite3", "postgresql"))
DATABASE_OPTIONS: dict[str, dict[str, Any]] = {
    # A database that is down is told within seconds, and holds up no thread for longer.
    POSTGRESQL: {"pool": {"timeout": 2, "max_size": 20}, "connect_timeout": 2},
    # FULL, because a verb that says "published" must outlive a power cut.
    SQLITE: {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    },
}
KEY_LENGTH, KEY_VARIETY = 50, 5
SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def file(environ: Mapping[str, str]) -> Path | None:
    """Where the `.env` is: `ENV_FILE` names another; empty, it says that there is none."""
    name = environ.get("ENV_FILE")
    if name is None:
        return BASE_DIR / ".env"
    return Path(name) if name else None


def load(environ: Mapping[str, str]) -> dict[str, str]:
    """What `environ` says, and for what it does not say, the file.

    A file left by the demo must not turn DEBUG on in a deployment: where the environment describes
    one, DEBUG counts only there."""
    path = file(environ)
    pairs = _parse(path.read_text(encoding="utf-8")) if path and path.is_file() else {}
    if describes_deployment(environ):
        pairs.pop("DEBUG", None)
    return {name: value.strip() for name, value in (pairs | dict(environ)).items()}


def write_for_demo(arguments: Sequence[str], environ: Mapping[str, str]) -> Path | None:
    """The `.env` of a first `manage.py demo`, which is to run without any setting.

    Nothing is written over, nor where the environment describes a deployment: there the demo
    gets the deployment's settings or, for want of one, its refusal."""
    path = file(environ)
    if path is None or path.exists() or describes_deployment(environ):
        return None
    lines = {
        "DEBUG": "1",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": environ.get("SITE_URL") or _site_url(arguments),
    }
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file_:
        file_.write("# Written by `manage.py demo`, for this machine alone.\n")
        file_.writelines(f"{name}={value}\n" for name, value in lines.items())
    return path


def describes_deployment(environ: Mapping[str, str]) -> bool:
    """Does the environment say what only a deployment says? A PostgreSQL database is one: the
    demo's own is a file."""
    if environ.get("SECRET_KEY") or environ.get("ALLOWED_HOSTS"):
        return True
    if environ.get("DATABASE_URL", "").strip().lower().startswith(("postgres", "pgsql")):
        return True
    return urlsplit(environ.get("SITE_URL", "")).scheme == "https"


def _parse(text: str) -> dict[str, str]:
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): _unquoted(value.strip()) for name, value in pairs}


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value


def _site_url(arguments: Sequence[str]) -> str:
    """http://localhost at the port of `--serve ADDR:PORT`."""
    joined = " ".join(arguments).replace("--serve=", "--serve ").split()
    served = joined[joined.index("--serve") + 1 :] if "--serve" in joined else []
    port = served[0].rpartition(":")[2] if served else ""
    return f"http://localhost:{port if port.isdigit() else '8000'}"


# What follows reads one value each. Raises ValueError with the rest of a sentence that begins with
# the name of the setting.


def secret_key(text: str) -> str:
    """As long and varied as `check --deploy` asks (security.W009)."""
    if len(text) < KEY_LENGTH or len(set(text)) < KEY_VARIETY:
        raise ValueError(
            f"must have at least {KEY_LENGTH} characters, {KEY_VARIETY} of them different"
        )
    return text


def hosts(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if not HOST.fullmatch(name):
            raise ValueError(f"must be names of hosts with commas between, and “{name}” is none")
    if not names:
        raise ValueError("must name a host")
    return names


def site_url(text: str) -> str:
    """Scheme, host and port, without a slash at the end."""
    parts = _parts(text, "must look like https://briefs.example.org")
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if parts.scheme not in ("http", "https") or not parts.hostname or more:
        raise ValueError("must look like https://briefs.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def database(url: str, *, in_memory: bool) -> dict[str, Any]:
    """An entry of Django's DATABASES. `in_memory`: whether SQLite may do without a file. A relative
    file is taken from the project's directory."""
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url, conn_health_checks=True))
    except ValueError:
        found = {"ENGINE": ""}
    defaults = DATABASE_OPTIONS.get(found["ENGINE"])
    if defaults is None:
        raise ValueError("must be a URL: postgres://… or sqlite:///…")
    options = found["OPTIONS"] = defaults | found.get("OPTIONS", {})
    if found["ENGINE"] == SQLITE:
        if found["NAME"] != ":memory:":
            found["NAME"] = str(BASE_DIR / found["NAME"])
        elif not in_memory:
            raise ValueError("must name a file: sqlite:////var/lib/thinktank/db.sqlite3")
    elif not (found["NAME"] or options.get("service")):
        raise ValueError("must name a database: postgres://user@host/name")
    return found


def mailer(url: str) -> dict[str, Any]:
    """An entry of Django's MAILERS: `smtp://user:password@host:port`, `smtp+tls://` (STARTTLS),
    `smtps://` or `console:`."""
    parts = _parts(url, "must look like smtp://host")
    backend = f"django.core.mail.backends.{'console' if parts.scheme == 'console' else 'smtp'}"
    if parts.scheme == "console":
        return {"BACKEND": f"{backend}.EmailBackend"}
    if parts.scheme not in SMTP_PORTS or not parts.hostname:
        raise ValueError(
            "must look like smtp://host, smtp+tls://user:password@host:587 or smtps://host"
        )
    options: dict[str, Any] = {
        "host": parts.hostname,
        "port": parts.port or SMTP_PORTS[parts.scheme],
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 20,
    }
    if parts.username:
        options |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    return {"BACKEND": f"{backend}.EmailBackend", "OPTIONS": options}


def _parts(url: str, otherwise: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a ValueError where it is no number
    except ValueError as error:
        raise ValueError(otherwise) from error
    return parts
