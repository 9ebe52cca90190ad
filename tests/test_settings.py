"""Start-up: what a deployment must say, and what the demo may leave out. Each case is a process of
its own, because settings are read once."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from thinktank import environment

DEPLOYMENT = {
    "SECRET_KEY": "k7Vw-q2ZJr9xT_c4Lh8Nf6Yb1Gm5Ds3Pa0Ue-Ri7Ox4Wt9Kz2Qv",
    "ALLOWED_HOSTS": "briefs.example.org",
    "SITE_URL": "https://briefs.example.org",
    "DATABASE_URL": "sqlite:////nowhere/db.sqlite3",  # no case opens it
}
SHOW = ("shell", "-v0", "--no-imports", "-c")


def manage(
    *arguments: str, env_file: Path | str = "", **values: str
) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "ENV_FILE": str(env_file)} | values,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def assert_refused_with_one_line(result: subprocess.CompletedProcess, word: str) -> None:
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert word in result.stderr


@pytest.mark.parametrize("name", DEPLOYMENT)
def test_a_missing_value_stops_start_up_with_one_line_that_names_it(name: str) -> None:
    values = {key: value for key, value in DEPLOYMENT.items() if key != name}
    assert_refused_with_one_line(manage("check", **values), f"{name} must be set")


@pytest.mark.parametrize("name", DEPLOYMENT)
@pytest.mark.parametrize("value", ["", " \t"])
def test_an_empty_value_is_a_missing_one(name: str, value: str) -> None:
    result = manage("check", **DEPLOYMENT | {name: value})
    assert_refused_with_one_line(result, f"{name} must be set")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "k7Vw-q2ZJr9xT_c4Lh8Nf6Yb1Gm5Ds3Pa0Ue-Ri7Ox4Wt9Kz2"),
        ("SECRET_KEY", "abcd" * 20),
        ("SITE_URL", "http://briefs.example.org"),
        ("SITE_URL", "https://"),
        ("SITE_URL", "https://:443"),
        ("SITE_URL", "https://briefs.example.org:https"),
        ("SITE_URL", "https://briefs.example.org/cms/"),
        ("SITE_URL", "briefs.example.org"),
        ("ALLOWED_HOSTS", ","),
        ("ALLOWED_HOSTS", "https://briefs.example.org"),
        ("ALLOWED_HOSTS", "briefs.example.org example.org"),
        ("DATABASE_URL", "briefs"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("DATABASE_URL", "postgres://"),
        ("DATABASE_URL", "postgres://user@127.0.0.1/"),
        ("DATABASE_URL", "postgres://user@127.0.0.1:port/x"),
        ("DATABASE_URL", "mysql://user@127.0.0.1/x"),
        ("EMAIL_URL", "imap://mail.example.org"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp://mail.example.org:smtp"),
    ],
)
def test_a_value_that_cannot_be_is_named_in_one_line(name: str, value: str) -> None:
    assert_refused_with_one_line(manage("check", **DEPLOYMENT | {name: value}), name)


def test_the_traceback_is_there_for_who_asks() -> None:
    assert "Traceback" in manage("check", "--traceback").stderr


def test_the_deployment_check_has_nothing_to_say(tmp_path: Path) -> None:
    values = DEPLOYMENT | {"DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}"}
    result = manage("check", "--deploy", "--fail-level", "WARNING", **values)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "System check identified no issues (0 silenced).\n"


def test_debug_is_off_unless_set_and_needs_nothing_else_when_on() -> None:
    shows = ("shell", "-v0", "-c", "from django.conf import settings; print(settings.DEBUG)")
    assert manage(*shows, **DEPLOYMENT).stdout.strip() == "False"
    assert manage(*shows, DEBUG="0", **DEPLOYMENT).stdout.strip() == "False"
    assert manage(*shows, DEBUG="1", DATABASE_URL="sqlite://:memory:").stdout.strip() == "True"


def test_the_demo_writes_its_environment_once(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    manage("demo", "--help", env_file=file)
    written = file.read_text()
    assert "DEBUG=1" in written
    assert "SITE_URL=http://localhost:8000" in written
    assert file.stat().st_mode & 0o077 == 0
    manage("demo", "--help", env_file=file)
    assert file.read_text() == written
    check = manage("check", env_file=file, DATABASE_URL="sqlite://:memory:")
    assert check.returncode == 0


def test_the_demos_file_turns_debug_on_for_no_database_on_a_server(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    manage("demo", "--help", env_file=file)
    server = {"DATABASE_URL": "postgres://thinktank@127.0.0.1/thinktank"}
    assert_refused_with_one_line(manage("check", env_file=file, **server), "ALLOWED_HOSTS must")
    shows = ("shell", "-v0", "--no-imports", "-c", "import thinktank.settings as s; print(s.DEBUG)")
    assert manage(*shows, env_file=file, DEBUG="1", **server).stdout.strip() == "True"


def test_another_command_writes_no_environment(tmp_path: Path) -> None:
    assert manage("check", env_file=tmp_path / ".env").returncode == 1
    assert not list(tmp_path.iterdir())


def written(environ: dict[str, str], *arguments: str) -> dict[str, str]:
    environment.write_for_demo(arguments, environ)
    return environment.load(environ)


@pytest.mark.parametrize(
    "deployed",
    [
        {"SECRET_KEY": "k"},
        {"ALLOWED_HOSTS": "briefs.example.org"},
        {"SITE_URL": "https://briefs.example.org"},
        {"DATABASE_URL": "postgres://thinktank@127.0.0.1/thinktank"},
        {"DATABASE_URL": " postgresql:///thinktank"},
        DEPLOYMENT,
    ],
)
def test_the_demo_turns_debug_on_in_no_deployment(tmp_path: Path, deployed: dict[str, str]) -> None:
    file = {"ENV_FILE": str(tmp_path / ".env")}
    assert "DEBUG" not in written(file | deployed)
    assert not list(tmp_path.iterdir())
    # Run from a shell without them, the demo does write; the deployment hears none of it.
    assert written(file)["DEBUG"] == "1"
    assert "DEBUG" not in environment.load(file | deployed)


@pytest.mark.parametrize(
    ("arguments", "url"),
    [
        ([], "http://localhost:8000"),
        (["--serve", "127.0.0.1:9000"], "http://localhost:9000"),
        (["--serve=0.0.0.0:9001"], "http://localhost:9001"),
        (["--serve"], "http://localhost:8000"),
    ],
)
def test_the_demo_takes_its_address_from_where_it_serves(
    tmp_path: Path, arguments: list[str], url: str
) -> None:
    assert written({"ENV_FILE": str(tmp_path / ".env")}, *arguments)["SITE_URL"] == url


def test_secret_keys_of_two_demos_differ(tmp_path: Path) -> None:
    keys = {written({"ENV_FILE": str(tmp_path / name)})["SECRET_KEY"] for name in ("a", "b")}
    assert len(keys) == 2
    assert min(map(len, keys)) >= 50


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "# a comment\nSITE_URL='http://a'\nDATABASE_URL=\"sqlite:///b?x=1\"\nDEBUG=1\n\n"
    )
    environ = {"ENV_FILE": str(file), "SITE_URL": "http://c"}
    loaded = environment.load(environ)
    assert loaded["SITE_URL"] == "http://c"
    assert loaded["DATABASE_URL"] == "sqlite:///b?x=1"
    assert loaded["DEBUG"] == "1"


def test_an_empty_env_file_means_none() -> None:
    assert environment.load({"ENV_FILE": ""}) == {"ENV_FILE": ""}
    assert environment.write_for_demo([], {"ENV_FILE": ""}) is None


def test_mail_goes_as_its_url_says() -> None:
    assert environment.mailer("smtp://localhost")["OPTIONS"]["port"] == 25
    options = environment.mailer("smtp+tls://desk%40x.org:p%3Aw@mail.x.org:2587")["OPTIONS"]
    assert (options["host"], options["port"], options["use_tls"]) == ("mail.x.org", 2587, True)
    assert (options["username"], options["password"]) == ("desk@x.org", "p:w")
    assert environment.mailer("smtps://mail.x.org")["OPTIONS"]["use_ssl"] is True
    assert "OPTIONS" not in environment.mailer("console:")


def database(url: str) -> dict[str, Any]:
    return environment.database(url, in_memory=False)


def test_a_database_url_keeps_its_options() -> None:
    assert database("postgres://u@127.0.0.1/x?sslmode=require")["OPTIONS"] == {
        "pool": {"timeout": 2, "max_size": 20},
        "connect_timeout": 2,
        "sslmode": "require",
    }
    assert database("postgres://u@127.0.0.1/x?pool=false")["OPTIONS"]["pool"] is False
    assert database("postgres://?service=briefs")["OPTIONS"]["service"] == "briefs"
    options = database("sqlite:////srv/x.sqlite3?timeout=5")["OPTIONS"]
    assert (options["timeout"], options["transaction_mode"]) == (5, "IMMEDIATE")


def test_a_database_in_a_file_stands_where_it_says_or_beside_manage_py() -> None:
    assert database("sqlite:////srv/x.sqlite3")["NAME"] == "/srv/x.sqlite3"
    assert database("sqlite:///x.sqlite3")["NAME"] == str(settings.BASE_DIR / "x.sqlite3")


def test_what_sqlite_has_committed_outlives_a_power_cut(tmp_path: Path) -> None:
    show = (
        "from django.db import connection as c; q = c.cursor().execute; "
        "print(*(q(f'PRAGMA {name}').fetchone()[0] for name in ('journal_mode', 'synchronous')))"
    )
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    assert manage(*SHOW, show, **DEPLOYMENT | {"DATABASE_URL": url}).stdout.strip() == "wal 2"


def test_an_empty_directory_is_not_the_working_directory() -> None:
    show = "from django.conf import settings as s; print(s.MEDIA_ROOT, s.STATIC_ROOT)"
    directories = {"MEDIA_ROOT": " ", "STATIC_ROOT": ""}
    assert manage(*SHOW, show, **DEPLOYMENT | directories).stdout.split() == [
        str(settings.BASE_DIR / name) for name in ("media", "staticfiles")
    ]


def test_hosts_are_parted_by_commas() -> None:
    names = ["briefs.example.org", ".example.org", "127.0.0.1", "[::1]", "*"]
    assert environment.hosts(" , ".join(names) + ",") == names


def test_the_sites_address_ends_without_a_slash() -> None:
    assert environment.site_url("https://x.org:8443/") == "https://x.org:8443"


def test_the_server_too_stops_with_one_line() -> None:
    result = subprocess.run(
        [sys.executable, "-c", "import thinktank.wsgi"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "ENV_FILE": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert_refused_with_one_line(result, "SECRET_KEY must be set")


def test_an_error_in_production_reaches_the_journal_and_no_reader() -> None:
    program = (
        "from django.core.handlers.exception import response_for_exception\n"
        "from django.test import RequestFactory\n"
        "request = RequestFactory().get('/', secure=True)\n"
        "try:\n"
        "    raise ValueError('the cause')\n"
        "except ValueError as error:\n"
        "    response = response_for_exception(request, error)\n"
        "print(response.status_code, b'the cause' in response.content)\n"
    )
    shown = manage(*SHOW, program, **DEPLOYMENT)
    assert shown.stdout.strip() == "500 False", shown.stderr
    assert "ValueError: the cause" in shown.stderr
