"""The one style sheet."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from briefs.models import Institute
from briefs.views.styles import CONTRAST_DARK, CONTRAST_LIGHT, NIGHT, PAPER, contrast, legible

pytestmark = pytest.mark.django_db


def address(client: Client) -> str:
    match = re.search(r'rel="stylesheet" href="([^"]+)"', client.get("/about/").text)
    assert match
    return match[1]


def test_the_sheet_may_be_kept_for_ever_under_the_address_of_its_content(client: Client) -> None:
    response = client.get(address(client))
    assert response["Content-Type"].startswith("text/css")
    assert "immutable" in response["Cache-Control"]


def test_another_colour_has_another_address(client: Client) -> None:
    before = address(client)
    Institute.objects.create(accent="#7a1f2b")
    after = address(client)
    assert before != after
    assert "--institute:#7a1f2b" in client.get(after).text


def test_the_address_of_yesterday_gives_the_sheet_of_today_for_a_minute(client: Client) -> None:
    response = client.get("/style/000000000000.css")
    assert response.content == client.get(address(client)).content
    assert response["Cache-Control"] == "public, max-age=60"


def test_the_sheet_is_sent_compressed_to_those_who_take_it(client: Client) -> None:
    plain = client.get("/style/site.css")
    packed = client.get("/style/site.css", headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("br", None),
        ("gzip;q=0", None),
        ("br, gzip; q=0.000", None),
        ("*, gzip;q=0", None),
        ("*;q=0", None),
        ("gzip;q=0.5", "gzip"),
        ("deflate;q=0, GZIP;q=1.0", "gzip"),
        ("*", "gzip"),
    ],
)
def test_the_sheet_is_not_sent_compressed_to_those_who_refuse_it(
    client: Client, accepted: str, encoding: str | None
) -> None:
    response = client.get("/style/site.css", headers={"Accept-Encoding": accepted})
    assert response.get("Content-Encoding") == encoding


def test_the_sheet_that_a_page_has_named_needs_no_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    name = address(client)
    with django_assert_num_queries(0):
        assert "immutable" in client.get(name)["Cache-Control"]


def test_a_sheet_comes_without_a_database_too(client: Client) -> None:
    asked: list[str] = []

    def refuse(_execute: object, sql: str, *_args: object) -> None:
        asked.append(sql)
        raise OperationalError("down")

    with connection.execute_wrapper(refuse):
        assert client.get("/style/site.css").status_code == 200
    assert len(asked) == 1


def test_every_file_that_the_sheet_names_is_there(client: Client) -> None:
    for name in set(re.findall(r'url\("([^"]+)"\)', client.get("/style/site.css").text)):
        assert finders.find(name.removeprefix("/static/")), name


def test_the_sheet_has_no_comment_and_balanced_braces(client: Client) -> None:
    css = client.get("/style/site.css").text
    assert "/*" not in css
    assert css.count("{") == css.count("}")
    assert css.startswith("@layer tokens,")


@pytest.mark.parametrize("colour", ["#ffff00", "#1f4e5f", "#000000", "#ffffff", "#808080"])
def test_any_colour_becomes_legible_on_either_paper(colour: str) -> None:
    light = legible(colour, on=PAPER, ratio=CONTRAST_LIGHT)
    dark = legible(colour, on=NIGHT, ratio=CONTRAST_DARK)
    assert contrast(light, PAPER) >= CONTRAST_LIGHT
    assert contrast(dark, NIGHT) >= CONTRAST_DARK


def test_the_papers_are_those_of_the_tokens(client: Client) -> None:
    css = client.get("/style/site.css").text
    assert f"--paper:{PAPER}" in css
    assert f"--paper:{NIGHT}" in css
