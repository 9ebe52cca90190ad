"""Start-up: what a deployment must say, and what the demo may leave out. Each case is a process of
its own, because settings are read once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from thinktank import environment

DEPLOYMENT = {
    "SECRET_KEY": "k7Vw-q2ZJr9xT_c4Lh8Nf6Yb1Gm5Ds3Pa0Ue-Ri7Ox4Wt9Kz2Qv",
    "ALLOWED_HOSTS": "briefs.example.org",
    "SITE_URL": "https://briefs.example.org",
    "DATABASE_URL": "sqlite://:memory:",
}


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
def test_an_empty_value_is_a_missing_one(name: str) -> None:
    assert_refused_with_one_line(manage("check", **DEPLOYMENT | {name: ""}), f"{name} must be set")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "http://briefs.example.org"),
        ("DATABASE_URL", "briefs"),
        ("EMAIL_URL", "imap://mail.example.org"),
    ],
)
def test_a_value_that_cannot_be_is_named_in_one_line(name: str, value: str) -> None:
    assert_refused_with_one_line(manage("check", **DEPLOYMENT | {name: value}), name)


def test_the_traceback_is_there_for_who_asks() -> None:
    assert "Traceback" in manage("check", "--traceback").stderr


def test_the_deployment_check_has_nothing_to_say() -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", **DEPLOYMENT)
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


def test_a_database_url_keeps_its_options() -> None:
    show = "from django.conf import settings as s; print(s.DATABASES['default']['OPTIONS'])"
    url = "postgres://u@127.0.0.1/x?sslmode=require"
    result = manage(
        "shell", "-v0", "--no-imports", "-c", show, **DEPLOYMENT | {"DATABASE_URL": url}
    )
    assert result.stdout.strip() == "{'pool': True, 'sslmode': 'require'}"


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
