"""The one style sheet."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

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
